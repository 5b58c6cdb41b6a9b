import { Command } from 'commander'
import { clauses, familyOf } from '../model/catalogue.ts'
import type { Clause } from '../model/rule.ts'
import type { RunRecord } from '../oracle/run.ts'
import { readRun } from '../reports/read-run.ts'
import { paint, type Style } from '../reports/style.ts'
import { counted, hanging, numberWords } from '../reports/wrap.ts'
import { exitStatus } from './exit-status.ts'
import { chooseFamilies, families } from './families.ts'
import type { Subcommand } from './subcommand.ts'
import { UsageError } from './usage-error.ts'

interface RulesOptions {
  readonly json?: true
  readonly run?: string
  readonly untested?: string | true
}

/** `rules`: the catalogue of the model's rules, and how far a run reached them. */
export const rulesCommand: Subcommand = (io, done) =>
  new Command('rules')
    .description('List the rules of the model: id, strength, sentence, sources.')
    .argument('[family...]', `only the rules of these families: ${families.join(', ')}, common`)
    .option('--run <run>', 'say how often a run (its folder or run.json) exercised and met each rule')
    .option('--untested [run]', 'only the rules that the run did not exercise')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample: ipc-oracle rules messages --untested runs/nightly')
    .action(async (words: string[], options: RulesOptions) => {
      const counts = await countsOf(options)
      const listed = catalogue(words).filter(
        ({ id }) => options.untested === undefined || (counts?.[id]?.exercised ?? 0) === 0,
      )
      io.out(options.json === true ? rulesJson(listed, counts) : rulesText(listed, counts, io.style))
      done(exitStatus.conforms)
    })

type Counts = RunRecord['targets'][number]['rules']['counts']

/** Every clause once, sorted by id. */
function catalogue(words: readonly string[]): readonly Clause[] {
  const chosen: readonly string[] =
    words.length === 0
      ? [...families, 'common']
      : [
          ...words.filter((word) => word === 'common'),
          ...chosenAmong(words.filter((word) => word !== 'common')),
        ]
  return clauses
    .filter(({ id }) => chosen.includes(familyOf(id) ?? ''))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
}

const chosenAmong = (words: readonly string[]) => (words.length === 0 ? [] : chooseFamilies(words, 'rules'))

/** How often each rule was exercised and met over all targets of the run; null without a run. */
async function countsOf({ run, untested }: RulesOptions): Promise<Counts | null> {
  const path = run ?? (untested === true ? undefined : untested)
  if (path === undefined) {
    if (untested === undefined) return null
    throw new UsageError('--untested needs a run: `ipc-oracle rules --untested RUN`, its folder or run.json.')
  }
  const counts: Record<string, { exercised: number; met: number }> = {}
  for (const { rules } of (await readRun(path)).targets)
    for (const [id, { exercised, met }] of Object.entries(rules.counts ?? {})) {
      const sum = counts[id] ?? { exercised: 0, met: 0 }
      counts[id] = { exercised: sum.exercised + exercised, met: sum.met + met }
    }
  return counts
}

const rulesJson = (listed: readonly Clause[], counts: Counts | null) =>
  `${JSON.stringify(
    {
      rules: listed.map(({ id, strength, sentence, cites }) => ({
        ...{ id, family: familyOf(id), strength, sentence, cites },
        ...(counts === null ? {} : { exercised: 0, met: 0, ...counts[id] }),
      })),
    },
    null,
    2,
  )}\n`

function rulesText(listed: readonly Clause[], counts: Counts | null, style: Style): string {
  const { bold, dim } = paint(style)
  const lines = listed.flatMap((clause) => {
    const { exercised = 0, met = 0 } = counts?.[clause.id] ?? {}
    const often = counts === null ? '' : `, exercised ${numberWords(exercised)}, met ${numberWords(met)}`
    return [`${bold(clause.id)}  ${dim(`${clause.strength}${often}`)}`, ...clauseLines(clause, style), '']
  })
  return `${lines.join('\n')}${counted(listed.length, 'rule')}\n`
}

/** The sentence of a clause and where it comes from. */
export const clauseLines = ({ sentence, cites }: Clause, style: Style): readonly string[] => [
  ...hanging('    ', sentence, style.columns),
  ...cites.flatMap((source) => hanging('    - ', source, style.columns).map(paint(style).dim)),
]
