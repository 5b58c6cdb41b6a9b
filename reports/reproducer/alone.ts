import { printCall } from '../../model/vocabulary/text/print.ts'
import { checkOf, quoted } from './checks.ts'
import { indented, statements } from './statements.ts'
import type { Story } from './story.ts'

/** The main function of a story that takes no process but one. */
export function aloneMain(story: Story): string {
  const body = story.steps.flatMap(({ step }, at) => [
    '',
    `begin(${at + 1}, ${quoted(`${'as' in step.call ? `${step.call.as} = ` : ''}${printCall(step.call)}`)});`,
    ...statements(story, at, ''),
    ...checkOf(story, at).map((line) => withoutActor(line, step.actor)),
  ])
  return `int main(void)
{
	prepare();
${body.map(indented).join('\n')}

	finish(0);
}
`
}

/** Where each process looks at its own calls only. */
export const withoutActor = (line: string, actor: string): string =>
  line
    .replaceAll(new RegExp(`\\b(returned|failed)\\(${actor}, `, 'g'), '$1(')
    .replaceAll(new RegExp(`\\b(returned_any|value)\\(${actor}\\)`, 'g'), '$1()')
