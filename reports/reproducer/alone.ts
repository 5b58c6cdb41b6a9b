import { checkOf } from './checks.ts'
import { indented, ownStatements } from './statements.ts'
import type { Story } from './story.ts'

/** The main function of a story that takes no process but one; `preparing`: what it does before the scenario. */
export function aloneMain(story: Story, preparing: readonly string[]): string {
  const body = story.steps.flatMap((_, at) => ['', ...ownStep(story, at)])
  return `int main(void)
{
${[...preparing, ...body].map(indented).join('\n')}

	finish(0);
}
`
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
