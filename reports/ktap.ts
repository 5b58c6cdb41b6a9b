import type { Format } from './format.ts'
import { type Outcome, type Test, testTree, together } from './test-tree.ts'

/**
 * KTAP version 1 (Documentation/dev-tools/ktap.rst of the kernel): the tests of a target hold those of its families, and these
 * one for each rule. `# Subtest:` names what follows, as KUnit does it, and the last line counts, as kselftest does it.
 */
export const ktapFormat: Format = {
  name: 'ktap',
  summary: 'KTAP version 1, as the tests of the kernel print it',
  render: (run) => {
    const parts = testTree(run).map(({ name, groups }) =>
      nested(
        name,
        groups.map((group) => nested(group.name, group.tests.map(result))),
      ),
    )
    return `${[...header(parts), ...numbered(parts), totals(parts)].join('\n')}\n`
  },
}

/** A test: the lines before its result, the result without its number, and the outcomes that it counts for. */
interface Block {
  readonly before: readonly string[]
  readonly outcome: Outcome
  readonly name: string
  readonly reason: string
  readonly outcomes: readonly Outcome[]
}

const result = ({ name, outcome, reason, details }: Test): Block => ({
  before: details.map(diagnostic),
  outcome,
  name,
  reason: outcome === 'failed' ? '' : reason,
  outcomes: [outcome],
})

function nested(name: string, blocks: readonly Block[]): Block {
  const outcomes = blocks.flatMap((block) => block.outcomes)
  const outcome = together(outcomes)
  return {
    before: [...header(blocks, name), ...numbered(blocks)].map((line) => `  ${line}`),
    outcome: outcome === 'expected' ? 'passed' : outcome === 'error' ? 'failed' : outcome,
    name,
    reason: '',
    outcomes,
  }
}

const header = (blocks: readonly Block[], name?: string): readonly string[] => [
  'KTAP version 1',
  ...(name === undefined ? [] : [`# Subtest: ${described(name)}`]),
  `1..${blocks.length}`,
]

const numbered = (blocks: readonly Block[]): readonly string[] =>
  blocks.flatMap(({ before, outcome, name, reason }, index) => [
    ...before,
    `${sign(outcome)} ${index + 1} ${described(name)}${directive(outcome, reason)}`,
  ])

const sign = (outcome: Outcome) => (outcome === 'failed' || outcome === 'error' ? 'not ok' : 'ok')

function directive(outcome: Outcome, reason: string): string {
  const word = { passed: '', failed: '', expected: 'XFAIL', skipped: 'SKIP', error: 'ERROR' }[outcome]
  return word === '' ? '' : ` # ${word} ${oneLine(reason)}`.trimEnd()
}

/** What was seen may hold anything; a line of it must not look like a result. */
const diagnostic = (line: string) => `# ${oneLine(line)}`.trimEnd()

const described = (name: string) => oneLine(name).replaceAll('#', '')

const oneLine = (text: string) => text.replaceAll(/\p{Cc}+/gu, ' ')

function totals(blocks: readonly Block[]): string {
  const outcomes = blocks.flatMap((block) => block.outcomes)
  const count = (outcome: Outcome) => outcomes.filter((each) => each === outcome).length
  return `# Totals: pass:${count('passed')} fail:${count('failed')} xfail:${count('expected')} xpass:0 skip:${count('skipped')} error:${count('error')}`
}
