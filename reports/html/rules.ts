import type { ElementContent } from 'hast'
import { h } from 'hastscript'
import type { ReportedRun } from '../reported-run.ts'
import { familyResults, type RuleResult } from '../rule-results.ts'
import { counted, numberWords } from '../wrap.ts'
import { scrolled } from './scrolled.ts'

/** For each family a table of its rules by targets; then what was not exercised, with the reasons. */
export function ruleSection(run: ReportedRun): readonly ElementContent[] {
  const columns = run.targets
    .filter(({ skipped }) => skipped === undefined)
    .map((target) => ({ name: target.name, families: familyResults(target, run) }))
  const families = [...new Set(columns.flatMap((column) => column.families.map(({ family }) => family)))]
  return [
    ...families.map((family) =>
      familyTable(
        family,
        columns.map(({ name, families: all }) => ({
          name,
          results: all.find((each) => each.family === family)?.results ?? [],
        })),
      ),
    ),
    untested(columns),
  ]
}

interface Column {
  readonly name: string
  readonly results: readonly RuleResult[]
}

function familyTable(family: string, columns: readonly Column[]): ElementContent {
  const byRule = new Map<string, RuleResult>()
  for (const { results } of columns)
    for (const result of results) if (!byRule.has(result.rule)) byRule.set(result.rule, result)
  const lookups = columns.map(({ results }) => new Map(results.map((result) => [result.rule, result])))
  const rules = [...byRule.values()].sort((a, b) => (a.rule < b.rule ? -1 : 1))
  return h('details', { id: `rules-${family}` }, [
    h('summary', `${family}: ${counted(rules.length, 'rule')}`),
    scrolled(
      `Rules of ${family}`,
      h('table', [
        h('caption', 'For each target how often a rule was met, of how often it was exercised.'),
        h('thead', [
          h('tr', [
            h('th', { scope: 'col' }, 'rule'),
            h('th', { scope: 'col' }, 'what it says'),
            ...columns.map(({ name }) => h('th', { scope: 'col' }, name)),
          ]),
        ]),
        h(
          'tbody',
          rules.map(({ rule, sentence, cites }) =>
            h('tr', [
              h('th', { scope: 'row', class: 'id' }, h('code', rule)),
              h('td', [sentence, h('br'), h('small', { class: 'muted' }, cites.join('; '))]),
              ...lookups.map((results) => cell(results.get(rule))),
            ]),
          ),
        ),
      ]),
    ),
  ])
}

const words: Readonly<Record<RuleResult['is'], string>> = {
  met: 'met',
  deviates: 'deviates',
  expected: 'deviates as expected',
  untested: 'not exercised',
  unsettled: 'not settled',
}

function cell(result: RuleResult | undefined): ElementContent {
  if (result === undefined) return h('td', { class: 'muted' }, 'left out')
  const { is, met, exercised } = result
  const times = exercised === 0 ? '' : ` ${numberWords(met)} of ${numberWords(exercised)}`
  return h('td', { class: is === 'untested' ? 'muted' : is }, `${words[is]}${times}`)
}

function untested(
  columns: readonly { readonly name: string; readonly families: ReturnType<typeof familyResults> }[],
): ElementContent {
  const all = new Map<string, { rule: string; reason: string; on: string[] }>()
  for (const { name, families } of columns)
    for (const { results } of families)
      for (const { rule, is, reason } of results) {
        if (is !== 'untested' && is !== 'unsettled') continue
        const key = `${rule} ${reason}`
        const entry = all.get(key) ?? { rule, reason, on: [] }
        entry.on.push(name)
        all.set(key, entry)
      }
  if (all.size === 0) return h('p', 'Every rule was exercised.')
  return h('details', { id: 'untested' }, [
    h('summary', `Not exercised, and why: ${counted(all.size, 'rule')}`),
    scrolled(
      'Rules that were not exercised',
      h('table', [
        h('thead', [
          h(
            'tr',
            ['rule', 'why', 'on'].map((word) => h('th', { scope: 'col' }, word)),
          ),
        ]),
        h(
          'tbody',
          [...all.values()].map(({ rule, reason, on }) =>
            h('tr', [h('th', { scope: 'row' }, h('code', rule)), h('td', reason), h('td', on.join(', '))]),
          ),
        ),
      ]),
    ),
  ])
}
