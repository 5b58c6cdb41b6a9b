import { rootActors, type Step } from '../../model/vocabulary/scenario.ts'
import { ownChecks, ownStep } from './alone.ts'
import { clockLine, indented } from './statements.ts'
import type { Story } from './story.ts'

/** The functions of actors who hand on the turn; the first of them is the main function. */
export function turnsAndMain(story: Story): string {
  const [first = '', ...others] = story.actors
  // Children before those that make them.
  const functions = others
    .toReversed()
    .map((actor) => `static _Noreturn void actor_${actor}(void)\n{\n${text(bodyOf(story, actor))}}\n\n`)
  const begun = others
    .filter((actor) => (rootActors as readonly string[]).includes(actor))
    .flatMap((actor) => forking(first, actor))
  const opening = story.steps[0]?.step.actor === first ? [] : [`pass(${story.steps[0]?.step.actor});`]
  const main = text(['PREPARE', ...begun, ...opening, ...bodyOf(story, first)])
  return `${functions.join('')}int main(void)\n{\n${main}}\n`
}

const text = (lines: readonly string[]) =>
  lines
    .slice(lines[0] === '' ? 1 : 0)
    .map((line) => `${indented(line)}\n`)
    .join('')

const forking = (parent: string, child: string) => [
  'value = fork();',
  `if (is_child(${parent}, ${child}))`,
  `\tactor_${child}();`,
]

function bodyOf(story: Story, actor: string): readonly string[] {
  const { steps, actors } = story
  const isMain = actor === actors[0]
  const body = steps.flatMap(({ step }, at) => {
    if (step.actor !== actor) return []
    const before = steps[at - 1]?.step
    const next = steps[at + 1]?.step.actor
    const isFirst = before === undefined && isMain
    return [
      '',
      ...(before?.call.name === '_exit' ? [`await_end(${before.actor});`] : []),
      ...(before?.actor === actor || before?.call.name === '_exit' || isFirst ? [] : [`turn(${actor});`]),
      ...callOf(story, at),
      ...(next === undefined || next === actor || step.call.name === '_exit' ? [] : [`pass(${next});`]),
    ]
  })
  const isLast = steps.at(-1)?.step.actor === actor
  if (isLast) return [...body, '', 'finish(0);']
  return [...body, '', ...(isMain ? [`turn(${actor});`] : []), 'for (;;)', '\tpause();']
}

/** The call, and the look at what came of it. */
function callOf(story: Story, at: number): readonly string[] {
  const { actor, call } = story.scenario.steps[at] as Step
  const checks = ownChecks(story, at)
  const begin = clockLine(at)
  if (call.name === 'fork') return [begin, ...forking(actor, call.as), ...checks]
  if (call.name !== '_exit') return ownStep(story, at)
  return [
    begin,
    `end(${call.status});`,
    'value = 0;',
    ...checks.map((line) => line.replaceAll(`ended(${actor})`, '0')),
  ]
}
