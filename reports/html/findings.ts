import type { ElementContent } from 'hast'
import { h } from 'hastscript'
import { profiles } from '../../model/profile.ts'
import type { DeviationRecord, OverlapRecord, TargetRecord } from '../../oracle/run.ts'
import { findingPicture } from '../diagram/finding-picture.ts'
import { type Interval, intervals } from '../intervals.ts'
import { markedScenario } from '../marked-scenario.ts'
import type { ReportedRun } from '../reported-run.ts'
import { familyOfRule } from '../rule-results.ts'
import { webLink } from '../web-link.ts'
import { counted } from '../wrap.ts'
import { ready } from './page.ts'
import { scrolled } from './scrolled.ts'

/** The id of the findings of the `nth` target (from 0). */
export const findingsId = (nth: number): string => `findings-${nth + 1}`

/** Every finding of every target, the unexpected first. */
export function findingsSection(run: ReportedRun): readonly ElementContent[] {
  const { targets } = run
  if (targets.every(({ deviations }) => deviations.length === 0)) return [h('p', 'Nothing deviates.')]
  return [filters(run), ...targets.flatMap((target, at) => findingsOf(target, at, run))]
}

function findingsOf(target: TargetRecord, nth: number, run: ReportedRun): readonly ElementContent[] {
  const { name, deviations } = target
  if (deviations.length === 0) return []
  const sorted = [...deviations].sort((a, b) => Number(a.expected) - Number(b.expected))
  return [
    h('h3', { id: findingsId(nth) }, `${name}: ${counted(deviations.length, 'finding')}`),
    ...sorted.map((found, at) => finding(target, found, `finding-${nth + 1}-${at + 1}`, run)),
  ]
}

function filters({ targets }: ReportedRun): ElementContent {
  const named = targets.filter(({ deviations }) => deviations.length > 0).map(({ name }) => name)
  const families = [
    ...new Set(targets.flatMap(({ deviations }) => deviations.map(({ rule }) => familyOfRule(rule)))),
  ]
  const choice = (name: string, words: string, values: readonly string[]) =>
    h('label', [
      words,
      h('select', { name }, [
        h('option', { value: '' }, 'all'),
        ...values.map((value) => h('option', { value }, value)),
      ]),
    ])
  return h('form', { dataFilters: '.finding', hidden: true, ariaLabel: 'Which findings are shown' }, [
    h('label', ['with these words', h('input', { type: 'search', name: 'text' })]),
    ...(named.length > 1 ? [choice('target', 'target', named)] : []),
    ...(families.length > 1 ? [choice('family', 'family', families)] : []),
    choice('kind', 'expected or not', ['unexpected', 'expected']),
    h('output', { class: 'muted' }),
  ])
}

function finding(target: TargetRecord, found: DeviationRecord, id: string, run: ReportedRun): ElementContent {
  const { rule, sentence, expected, seen } = found
  const text = [rule, target.name, sentence, found.scenario, found.observed].join(' ').toLowerCase()
  return h(
    'details',
    {
      ...{ id, class: 'finding', open: !expected },
      ...{ dataTarget: target.name, dataFamily: familyOfRule(rule) },
      ...{ dataKind: expected ? 'expected' : 'unexpected', dataText: text },
    },
    [
      h('summary', [
        h('code', { class: expected ? 'expected' : 'deviates' }, rule),
        ` on ${target.name}, ${counted(seen, 'scenario')}${expected ? ', expected' : ''}`,
        h('span', { class: 'sentence' }, sentence),
      ]),
      facts(found),
      found.overlap === undefined ? diagram(found, id, run) : overlapTable(found.overlap),
      h('h4', 'Scenario'),
      h(
        'pre',
        { dataCopy: 'the scenario', tabIndex: 0 },
        markedScenario(found.scenario, found.step).join('\n'),
      ),
      ...program(found),
      ...(found.replay === ''
        ? []
        : [h('h4', 'Replay'), h('pre', { dataCopy: 'the command', tabIndex: 0 }, found.replay)]),
    ],
  )
}

function facts({
  observed,
  allowed,
  cites,
  rules,
  rule,
  blame,
  reason,
  link,
}: DeviationRecord): ElementContent {
  const others = rules.filter((each) => each !== rule)
  const fact = (term: string, ...words: (string | ElementContent)[]) => [h('dt', term), h('dd', words)]
  return h('dl', [
    ...fact('observed', h('strong', { class: 'deviates' }, observed)),
    ...fact('allowed', allowed.join(', or ')),
    ...(cites.length === 0 ? [] : fact('source', cites.join('; '))),
    ...(others.length === 0 ? [] : fact('see also', others.slice(0, OTHERS_MAX).join(', '))),
    ...(blame === undefined ? [] : fact('blame', blame.sentence)),
    ...(reason === undefined ? [] : fact('expected, because', reason, ...linked(link))),
  ])
}

const OTHERS_MAX = 8

function linked(link = ''): readonly (string | ElementContent)[] {
  if (link === '') return []
  const href = webLink(link)
  return [' ', href === undefined ? link : h('a', { href }, link)]
}

/** The finding's C program, and what came of it. */
function program({ reproducer }: DeviationRecord): readonly ElementContent[] {
  if (reproducer === undefined) return []
  const { text = '', confirmed, reason, tried } = reproducer
  const outcomes = tried.map(({ on, status }) => `${on}: ${outcome(status)}`)
  const words = [...(confirmed || reason === '' ? [] : [reason]), ...outcomes].join('; ')
  return [
    h('h4', 'C program'),
    h('p', { class: 'muted' }, words),
    ...(text === ''
      ? []
      : [
          h('details', [
            h('summary', 'Stand-alone, without this suite'),
            h('pre', { dataCopy: 'the program', tabIndex: 0 }, text),
          ]),
        ]),
  ]
}

function outcome(status: number | null): string {
  if (status === 1) return 'it deviates'
  if (status === 0) return 'as allowed'
  return status === 77 ? 'it could not be tried' : 'it did not run'
}

/** The intervals of calls that overlapped, and one order of as many of them as can be explained. */
function overlapTable(overlap: OverlapRecord): ElementContent {
  const cells = (row: Interval) => [row.place, row.time, row.actor, row.call, row.came]
  const head = ['order', 'microseconds', 'actor', 'call', 'what came of it']
  const table = h('table', [
    h('caption', 'The shortest part that no order of effects explains'),
    h(
      'thead',
      h(
        'tr',
        head.map((words) => h('th', { scope: 'col' }, words)),
      ),
    ),
    h(
      'tbody',
      intervals(overlap).map((row) =>
        h(
          'tr',
          cells(row).map((cell) => h('td', cell)),
        ),
      ),
    ),
  ])
  return scrolled('Intervals of the calls', table)
}

/** The scenario as a picture; where the model cannot follow it, why not. */
function diagram(found: DeviationRecord, id: string, { profile }: ReportedRun): ElementContent {
  const options = { id: `${id}-diagram`, style: false, title: '' }
  const picture = findingPicture(found, profiles[profile], options)
  return 'svg' in picture
    ? scrolled('Space-time diagram', ready(picture.svg))
    : h('p', { class: 'muted' }, `There is no diagram: ${picture.obstacle}`)
}
