import type { ElementContent } from 'hast'
import { h } from 'hastscript'
import { type MatrixRow, matrixOf } from '../matrix.ts'
import type { ReportedRun } from '../reported-run.ts'
import { numberWords } from '../wrap.ts'
import { findingsId } from './findings.ts'
import { scrolled } from './scrolled.ts'

/** Targets by families: what became of the rules; then what kept the run from being whole. */
export const overviewSection = (run: ReportedRun): readonly ElementContent[] => [
  matrixTable(run),
  ...problems(run),
  ...stale(run),
]

function matrixTable(run: ReportedRun): ElementContent {
  const rows = matrixOf(run)
  const families = [...new Set(rows.flatMap(({ cells }) => cells.map(({ family }) => family)))]
  return scrolled(
    'Targets and families',
    h('table', [
      h('caption', 'How many rules of each family were met, deviate, or were not exercised on each target.'),
      h('thead', [
        h('tr', [
          h('th', { scope: 'col' }, 'target'),
          ...families.map((family) => h('th', { scope: 'col' }, family)),
          h('th', { scope: 'col' }, 'scenarios'),
          h('th', { scope: 'col' }, 'seconds'),
        ]),
      ]),
      h(
        'tbody',
        rows.map((row, at) => {
          const target = run.targets[at]
          const about = [target?.kernel, target?.arch, target?.libc, target?.version]
            .filter(Boolean)
            .join(', ')
          return h('tr', [
            h('th', { scope: 'row' }, [row.target, h('br'), h('small', { class: 'muted' }, about)]),
            ...(row.idle === ''
              ? families.map((family) => h('td', ...counts(row, at, family)))
              : [h('td', { colSpan: families.length, class: 'unsettled' }, row.idle)]),
            h('td', { class: 'number' }, numberWords(target?.scenarios ?? 0)),
            h('td', { class: 'number' }, (target?.seconds ?? 0).toFixed(1)),
          ])
        }),
      ),
    ]),
  )
}

function counts({ cells }: MatrixRow, nth: number, family: string): readonly ElementContent[] {
  const cell = cells.find((each) => each.family === family)
  if (cell === undefined) return [h('span', { class: 'muted' }, 'left out')]
  const { met, deviating, unsettled, missing } = cell
  const line = (number: number, words: string, name: string) =>
    number === 0 ? [] : [h('div', { class: name }, `${numberWords(number)} ${words}`)]
  return [
    ...(deviating === 0
      ? []
      : [
          h(
            'div',
            { class: 'deviates' },
            h('a', { href: `#${findingsId(nth)}` }, `${numberWords(deviating)} deviating`),
          ),
        ]),
    ...line(met, 'met', 'met'),
    ...line(unsettled, 'not exercised', 'muted'),
    ...line(missing, 'of missing calls', 'muted'),
  ]
}

/** What kept the run from being judged in full. */
function problems({ targets, problems: own = [] }: ReportedRun): readonly ElementContent[] {
  const all = [
    ...own,
    ...targets.flatMap(({ name, errors, inconclusive }) => [
      ...errors.map((error) => `${name}: ${error}`),
      ...inconclusive.map(({ reason }) => `${name}: a scenario was left open: ${reason}`),
    ]),
  ]
  if (all.length === 0) return []
  return [
    h('h3', 'Not settled'),
    h(
      'ul',
      all.map((each) => h('li', each)),
    ),
  ]
}

const stale = ({ staleExpectations = [] }: ReportedRun): readonly ElementContent[] =>
  staleExpectations.length === 0
    ? []
    : [
        h('h3', 'Expected deviations that no longer occur'),
        h(
          'ul',
          staleExpectations.map(({ at, text }) => h('li', [`Delete ${at}: `, h('code', text)])),
        ),
      ]
