import { formOf } from '../../model/vocabulary/forms.ts'
import type { Step } from '../../model/vocabulary/scenario.ts'
import { printStep } from '../../model/vocabulary/text/print.ts'
import type { Lane, Story, StoryEvent, StoryStep } from './story.ts'

/** A step and what came of it, in the words of `describeOutcome` and `describeObserved`. */
export interface ToldStep extends Pick<StoryStep, 'objects' | 'rules' | 'deviation'> {
  readonly step: Step
  readonly words: string
}

/** The story of steps that are told in words. */
export function storyOf(title: string, told: readonly ToldStep[], problem: string): Story {
  const steps = told.map(storyStep)
  return { title, lanes: lanesOf(steps), steps, problem }
}

function storyStep({ step, words, objects, rules, deviation }: ToldStep, at: number): StoryStep {
  const isDriver = formOf(step.call.name).pseudo === true
  const events = eventsInWords(words)
  const made = madeBy(step, events)
  return {
    ...{ number: at + 1, actor: step.actor, isDriver, objects, rules, deviation },
    call: isDriver ? driverWords(step) : printStep(step).slice(step.actor.length + 2),
    events: [...events, ...made],
  }
}

function driverWords(step: Step): string {
  if (step.call.name === 'tick') return 'a second passes'
  if (step.call.name === 'expires') return `the deadline of ${step.actor} passes`
  return printStep(step)
}

/** `A returns 0; B returns -1 EIDRM`, taken apart. */
export const eventsInWords = (words: string): readonly StoryEvent[] =>
  words.split('; ').flatMap((part): StoryEvent[] => {
    const [, actor = '', rest = ''] = /^(\w+) (.*)$/.exec(part) ?? []
    const is = kinds.find(([begin]) => rest.startsWith(begin))?.[1]
    return is === undefined ? [] : [{ actor, is, words: rest }]
  })

const kinds: readonly (readonly [string, StoryEvent['is']])[] = [
  ['returns', 'returns'],
  ['blocks', 'blocks'],
  ['ends', 'ends'],
  ['stops', 'stops'],
  ['continues', 'continues'],
  ['is hit by', 'faults'],
  ['stays asleep', 'stays'],
  ['could not', 'stays'],
]

/** The process or thread that the step has made. */
function madeBy({ actor, call }: Step, events: readonly StoryEvent[]): readonly StoryEvent[] {
  const makes = formOf(call.name).makes
  if (!('as' in call) || (makes !== 'process' && makes !== 'thread')) return []
  const own = events.find((event) => event.actor === actor)
  const isMade = own?.is === 'blocks' || (own?.is === 'returns' && !own.words.startsWith('returns -1'))
  return isMade ? [{ actor: call.as, is: 'made', words: 'begins' }] : []
}

/** In the order in which they first act or are acted upon; who was made right of the others. */
function lanesOf(steps: readonly StoryStep[]): readonly Lane[] {
  const lanes = new Map<string, Lane>()
  for (const { number, actor, isDriver, call, events } of steps) {
    const isNobodys = isDriver && call === driverWords({ actor, call: { name: 'tick' } })
    const made = events.flatMap((event) => (event.is === 'made' ? [event.actor] : []))
    for (const each of [...(isNobodys ? [] : [actor]), ...events.map((event) => event.actor)])
      if (!lanes.has(each)) lanes.set(each, { actor: each, madeIn: made.includes(each) ? number : 0 })
  }
  const all = [...lanes.values()]
  const roots = all.filter(({ madeIn }) => madeIn === 0).sort((a, b) => (a.actor < b.actor ? -1 : 1))
  return [...roots, ...all.filter(({ madeIn }) => madeIn > 0)]
}
