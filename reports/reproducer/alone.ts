import type { Step } from '../../model/vocabulary/scenario.ts'
import { checkOf } from './checks.ts'
import { clockLine, indented, ownStatements } from './statements.ts'
import { endOf, type Story } from './story.ts'
import { pid } from './words.ts'

/** The main function of a story that takes no process but one; `preparing`: what it does before the scenario. */
export function aloneMain(story: Story, preparing: readonly string[]): string {
  const body = story.steps.flatMap((_, at) => ['', ...mainStep(story, at)])
  const opening = body.includes('await_arrival();') ? ['open_gate(arrivals);'] : []
  return `int main(void)
{
${[...opening, ...preparing, ...body].map(indented).join('\n')}

	finish(0);
}
`
}

function mainStep(story: Story, at: number): readonly string[] {
  const { actor, call } = story.scenario.steps[at] as Step
  if (call.name === '_exit')
    return [...(endsAtOnce(story, actor) ? [] : [`pass(gate_${actor});`]), `await_end(${pid(actor)});`]
  if (call.name !== 'fork') return ownStep(story, at)
  const end = endOf(story, call.as)
  const told = end >= 0 && !endsAtOnce(story, call.as)
  const ending = story.scenario.steps[end]?.call
  const status = ending?.name === '_exit' ? ending.status : 0
  return [
    clockLine(at),
    ...(told ? [`open_gate(gate_${call.as});`] : []),
    `value = ${pid(call.as)} = fork();`,
    'if (value == 0)',
    `\t${end < 0 ? 'stay();' : told ? `end_when_told(gate_${call.as}, ${status});` : `_exit(${status});`}`,
    ...ownChecks(story, at).map((line) => line.replaceAll(`value == ${pid(call.as)}`, 'value > 0')),
    ...(endsAtOnce(story, call.as) ? [] : ['await_arrival();']),
  ]
}

/** A child need not be told to end where that comes next. */
const endsAtOnce = (story: Story, child: string): boolean => {
  const { steps } = story.scenario
  const end = endOf(story, child)
  const before = steps[end - 1]?.call
  return before?.name === 'fork' && before.as === child
}

/** The children of the main process, and what tells them to end. */
export const childrenOf = (story: Story): readonly string[] => {
  const [, ...children] = story.actors
  const told = children.filter((child) => endOf(story, child) >= 0 && !endsAtOnce(story, child))
  return [
    ...(children.length === 0
      ? []
      : [`static pid_t ${children.map((child) => `pid_${child}`).join(', ')};\n`]),
    ...(told.length === 0 ? [] : [`static int ${told.map((child) => `gate_${child}[2]`).join(', ')};\n`]),
  ]
}

/** A call of whoever looks at what came of it. */
export const ownStep = (story: Story, at: number): readonly string[] => [
  ...ownStatements(story, at),
  ...ownChecks(story, at),
]

/** What came of the own call. */
export function ownChecks(story: Story, at: number): readonly string[] {
  const step = story.scenario.steps[at]
  if (step === undefined) return []
  return checkOf(story, at).map((line) => withoutActor(line, step.actor))
}

/** Where each process looks at its own calls only: `value` is what the last one returned. */
const withoutActor = (line: string, actor: string): string =>
  replacedCalls(
    line
      .replaceAll(`returned_any(${actor}) && value(${actor}) >= 0`, 'value >= 0')
      .replaceAll(`value(${actor})`, 'value')
      .replaceAll(`returned_any(${actor})`, 'value != -1')
      .replaceAll(new RegExp(`\\bfailed\\(${actor}, (\\w+)\\)`, 'g'), 'value == -1 && errno == $1'),
    `returned(${actor}, `,
  )

/** `returned(A, X)` becomes `value == X`, whatever parentheses X has. */
function replacedCalls(line: string, beginning: string): string {
  const from = line.indexOf(beginning)
  if (from < 0) return line
  const inside = from + beginning.length
  let depth = 1
  let to = inside
  for (; depth > 0 && to < line.length; to++) depth += line[to] === '(' ? 1 : line[to] === ')' ? -1 : 0
  const replaced = `${line.slice(0, from)}value == ${line.slice(inside, to - 1)}${line.slice(to)}`
  return replacedCalls(replaced, beginning)
}
