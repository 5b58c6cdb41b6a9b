import { Command } from 'commander'
import { type CatalogueRule, rules } from '../model/catalogue/rules.ts'
import type { RunRecord } from '../oracle/run.ts'
import { readRun } from '../reports/read-run.ts'
import { paint, type Style } from '../reports/style.ts'
import { whyUntested } from '../reports/why-untested.ts'
import { counted, numberWords } from '../reports/wrap.ts'
import { exitStatus } from './exit-status.ts'
import { chooseFamilies, families } from './families.ts'
import { type Counts, countsOf, none } from './rule-counts.ts'
import { ruleLines } from './rule-lines.ts'
import { holds } from './rule-profiles.ts'
import type { Subcommand } from './subcommand.ts'

interface RulesOptions {
  readonly json?: true
  readonly run?: string
  readonly untested?: string | true
}

/** `rules`: the catalogue of rules, which of them the model has, and how far a run reached them. */
export const rulesCommand: Subcommand = (io, done) =>
  new Command('rules')
    .description('List the rules: what they say, what each profile makes of them, and which are exercised.')
    .argument('[family...]', `only the rules of these families: ${families.join(', ')}, common`)
    .option('--run <run>', 'say how often a run (its folder or run.json) exercised and met each rule')
    .option(
      '--untested [run]',
      'only the rules that the run did not exercise, and why; without a run, those that none does',
    )
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample: ipc-oracle rules messages --untested runs/nightly')
    .action(async (words: string[], { run: runPath, untested, json }: RulesOptions) => {
      const path = runPath ?? (untested === true ? undefined : untested)
      const run = path === undefined ? null : await readRun(path)
      const counts = run === null ? null : countsOf(run)
      const chosen = chooseRules(words, untested === undefined ? null : run)
      const listed = untested === undefined ? chosen : chosen.filter((rule) => isUntested(rule, counts))
      if (json === true) io.out(rulesJson(listed, counts, run))
      else
        io.out(
          untested === undefined ? rulesText(listed, counts, io.style) : untestedText(listed, run, io.style),
        )
      done(exitStatus.conforms)
    })

/** The rules of the families in `words`; where none is named, of those in the run, or all. */
function chooseRules(words: readonly string[], run: RunRecord | null): readonly CatalogueRule[] {
  const named = words.filter((word) => word !== 'common')
  const chosen: readonly string[] = [
    ...(named.length === words.length && words.length > 0 ? [] : ['common']),
    ...(words.length === 0
      ? (run?.families ?? families)
      : named.length === 0
        ? []
        : chooseFamilies(named, 'rules')),
  ]
  return rules.filter(({ family }) => chosen.includes(family))
}

const isUntested = ({ id, reason }: CatalogueRule, counts: Counts | null) =>
  counts === null ? reason !== null : (counts.get(id)?.exercised ?? 0) === 0

const rulesJson = (listed: readonly CatalogueRule[], counts: Counts | null, run: RunRecord | null) =>
  `${JSON.stringify({ rules: listed.map((rule) => ruleRecord(rule, counts, run)) }, null, 2)}\n`

const ruleRecord = (rule: CatalogueRule, counts: Counts | null, run: RunRecord | null) => {
  const { id, also, family, strength, sentence, cites, reason } = rule
  const count = counts?.get(id) ?? none
  return {
    ...{ id, also, family, strength, profiles: holds(rule), sentence, cites },
    status: reason === null ? 'implemented' : 'not exercised',
    reason: reason ?? (counts !== null && count.exercised === 0 ? whyUntested(rule, run) : null),
    ...(counts === null ? {} : count),
  }
}

function rulesText(listed: readonly CatalogueRule[], counts: Counts | null, style: Style): string {
  const lines = listed.flatMap((rule) => [...ruleLines(rule, counts, style), ''])
  const implemented = listed.filter(({ reason }) => reason === null).length
  return `${lines.join('\n')}${counted(listed.length, 'rule')}, ${numberWords(implemented)} of them implemented\n`
}

/** One line a rule, with the explanation. */
function untestedText(listed: readonly CatalogueRule[], run: RunRecord | null, style: Style): string {
  const { bold, dim } = paint(style)
  const lines = listed.map((rule) => `${bold(rule.id.padEnd(ID_COLUMNS))}  ${dim(whyUntested(rule, run))}`)
  return `${[...lines, counted(listed.length, 'rule')].join('\n')}\n`
}

const ID_COLUMNS = 38
