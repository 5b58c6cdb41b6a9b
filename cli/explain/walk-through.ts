import { ruleOf } from '../../model/catalogue/rules.ts'
import type { Profile } from '../../model/profile.ts'
import type { ScenarioText } from '../../model/vocabulary/text/parse.ts'
import { printStep } from '../../model/vocabulary/text/print.ts'
import { type FollowedStep, follow } from '../../oracle/explanation/follow.ts'
import { otherSleepWords } from '../../oracle/explanation/object-states.ts'
import { paint } from '../../reports/style.ts'
import { hanging } from '../../reports/wrap.ts'
import type { Io } from '../io.ts'
import { clauseOf } from './explained-scenario.ts'
import { clauseText } from './scenario-text.ts'

/** Walks through a scenario with a person, who says after each step how it goes on. Ends with the input. */
export async function walkThrough(text: ScenarioText, profiles: readonly Profile[], io: Io): Promise<void> {
  const { title } = text.scenario
  const { bold } = paint(io.style)
  if (title !== '') io.out(`${hanging('', title, io.style.columns).map(bold).join('\n')}\n`)
  let taken: readonly FollowedStep[] = []
  show(taken, text, profiles, io)
  for await (const typed of io.input()) {
    const word = typed.trim().toLowerCase()
    if (io.isTalking !== true) io.out(`${word}\n`)
    if (isFor('quit', word)) return
    const next = nextStep(taken, text, profiles)
    if (isFor('rules', word)) io.out(rulesOf(typeof next === 'string' ? taken.at(-1) : next, io))
    else if (isFor('help', word) || word === '?') io.out(`${help}\n`)
    else {
      const moved = move(word, taken, next)
      if (typeof moved === 'string') io.out(`${hanging('', moved, io.style.columns).join('\n')}\n`)
      else taken = moved
      if (typeof moved !== 'string') {
        show(taken, text, profiles, io)
        continue
      }
    }
    io.out(PROMPT)
  }
  io.out('\n')
}

const PROMPT = '? '

const help = [
  'next, n or nothing   go on with the outcome that is marked >',
  '1, 2, 3 …            go on with that outcome',
  'back, b              take the last step back',
  'rules, r             what the rules of this step say',
  'quit, q              end',
].join('\n')

/** Whether the word, or its first letter, was typed. */
const isFor = (command: string, word: string) => word === command || word === command[0]

/** The steps after what was typed, or why that cannot be. */
function move(
  word: string,
  taken: readonly FollowedStep[],
  next: FollowedStep | string,
): readonly FollowedStep[] | string {
  if (isFor('back', word)) return taken.length === 0 ? 'This is the first step.' : taken.slice(0, -1)
  const isNumber = /^\d+$/.test(word)
  if (word !== '' && !isFor('next', word) && !isNumber)
    return `\`${word}\` is no command; \`help\` lists them.`
  if (typeof next === 'string') return `${next} \`back\` takes a step back, \`quit\` ends.`
  if (!isNumber) return [...taken, next]
  const chosen = next.allowed[Number(word) - 1]
  if (chosen === undefined) return `There is no outcome ${word}: choose from 1 to ${next.allowed.length}.`
  return [
    ...taken,
    chosen === next.followed
      ? next
      : { ...next, followed: chosen, outcome: chosen.outcome, because: 'chosen' },
  ]
}

/** The step that comes next, or why there is none: a sentence. */
function nextStep(
  taken: readonly FollowedStep[],
  text: ScenarioText,
  profiles: readonly Profile[],
): FollowedStep | string {
  const { steps, problem } = follow(text, profiles, taken)
  const next = steps[taken.length]
  if (next !== undefined) return next
  return problem === '' ? 'This is the end of the scenario.' : `It ends here: ${problem}.`
}

/** What was taken last and left behind, and what may come next. */
function show(
  taken: readonly FollowedStep[],
  text: ScenarioText,
  profiles: readonly Profile[],
  io: Io,
): void {
  const { bold, dim } = paint(io.style)
  const { columns } = io.style
  const last = taken.at(-1)
  const next = nextStep(taken, text, profiles)
  const of = text.scenario.steps.length
  const lines = [
    ...(last === undefined
      ? []
      : [...hanging('  -> ', last.followed.words, columns), ...stateLines(last, io)]),
    '',
    ...(typeof next === 'string'
      ? hanging('', next, columns)
      : [
          ...hanging(`Step ${next.number} of ${of}  `, printStep(next.step), columns).map(bold),
          ...outcomeLines(next, io),
          ...expectationLines(next, io),
        ]),
    dim(typeof next === 'string' ? 'back, rules, quit' : choices(next)),
  ]
  io.out(`${lines.join('\n')}\n${PROMPT}`)
}

function stateLines({ followed, outcome }: FollowedStep, io: Io): readonly string[] {
  const states = [...followed.states, ...otherSleepWords(outcome.world)]
  return states.flatMap((state) => hanging('     ', state, io.style.columns)).map(paint(io.style).dim)
}

function outcomeLines({ allowed, followed }: FollowedStep, { style }: Io): readonly string[] {
  const { dim } = paint(style)
  return allowed.flatMap((each, at) => {
    const { words, states, profiles, outcome } = each
    const isAlike = allowed.some((other) => other !== each && other.words === words)
    const left = isAlike ? ` – leaves ${states.join('; ') || 'no object'}` : ''
    const mark = each === followed ? '>' : ' '
    return [
      ...hanging(`  ${mark} ${at + 1}  `, `${words}${left}`, style.columns),
      ...hanging('       ', `${profiles.join(', ')}: ${outcome.rules.join(' ')}`, style.columns).map(dim),
    ]
  })
}

const expectationLines = ({ unmet }: FollowedStep, { style }: Io) =>
  unmet.flatMap(({ line, text }) =>
    hanging('  ', `Line ${line} of the file expects what is not allowed: ${text}`, style.columns).map(
      paint(style).red,
    ),
  )

const choices = ({ allowed }: FollowedStep) =>
  [
    'next',
    ...(allowed.length > 1 ? [`1-${allowed.length} another outcome`] : []),
    ...['back', 'rules', 'quit', 'help'],
  ].join(', ')

function rulesOf(step: FollowedStep | undefined, { style }: Io): string {
  const ids = new Set(step?.allowed.flatMap(({ outcome }) => outcome.rules))
  const lines = [...ids].flatMap((id) => {
    const rule = ruleOf(id)
    return rule === undefined ? [] : clauseText(clauseOf(rule), style)
  })
  return lines.length === 0 ? 'No rule was used.\n' : `${lines.join('\n')}\n`
}
