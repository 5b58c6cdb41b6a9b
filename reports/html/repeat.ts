import type { ElementContent } from 'hast'
import { h } from 'hastscript'
import type { ReportedRun } from '../reported-run.ts'

/** The command, and under which conditions each target was run. */
export const repeatSection = ({ command, targets }: ReportedRun): readonly ElementContent[] => [
  h('pre', { dataCopy: 'the command', tabIndex: 0 }, command.split('; ').join('\n')),
  h(
    'dl',
    targets
      .filter(({ conditions }) => conditions.length > 0)
      .flatMap(({ name, conditions }) => [h('dt', name), h('dd', conditions.join('; '))]),
  ),
]
