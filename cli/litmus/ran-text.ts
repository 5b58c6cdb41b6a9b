import type { Profile } from '../../model/profile.ts'
import { deviationText } from '../../reports/deviation-text.ts'
import { paint, type Style } from '../../reports/style.ts'
import { counted, hanging, numberWords } from '../../reports/wrap.ts'
import { conditionWords } from './condition-line.ts'
import { histogramLines } from './histogram.ts'
import type { RanEnd, RanLitmus } from './ran-litmus.ts'

/** What a target showed of a litmus test, for a person: a histogram, what is not allowed, and the observation. */
export function ranText(ran: RanLitmus, profile: Profile, style: Style, overlaps = false): string {
  const { test, target, ends, runs, complete, strayed, inconclusive } = ran
  const { bold, red, yellow } = paint(style)
  const wrong = ends.filter(({ deviation }) => deviation !== null)
  const unseen = ends.filter(({ count }) => count === 0).length
  const much = overlaps
    ? `all columns at once${unseen === 0 ? '' : `; ${counted(unseen, 'end')} of them allowed and never seen`}`
    : complete
      ? 'every order of the calls'
      : 'a sample of the orders of the calls'
  return `${[
    ...hanging(
      '',
      `${test.name} on ${target.target}: ${target.kernel}, ${target.arch}, ${target.libc}`,
      style.columns,
    ).map(bold),
    ...(test.description === '' ? [] : hanging('', test.description, style.columns)),
    `Histogram (${counted(ends.length, 'end')}; ${counted(runs, 'run')}, ${much})`,
    ...histogramLines(
      test,
      ends.map((each) => ({ ...each, ...markOf(each) })),
      style,
    ),
    ...wrong.flatMap(({ deviation }) =>
      deviation === null ? [] : ['', ...deviationText(deviation, '', style)],
    ),
    ...(strayed === 0
      ? []
      : hanging(
          '',
          `${counted(strayed, 'run')} went another allowed way than planned, and were not counted.`,
          style.columns,
        )),
    ...inconclusive.flatMap((reason) => hanging('', `Inconclusive: ${reason}.`, style.columns).map(yellow)),
    ...hanging('Condition   ', conditionWords(test), style.columns),
    ...hanging('Observation ', observationWords(ran, profile, overlaps), style.columns).map(
      wrong.length > 0 ? red : bold,
    ),
  ].join('\n')}\n\n`
}

const markOf = ({ deviation }: RanEnd): { readonly wrong?: '!' | '?' } =>
  deviation === null ? {} : { wrong: deviation.expected ? '?' : '!' }

/** What a file claims is about calls that are made one at a time. */
function observationWords(
  { test, ends, runs, observation, claim }: RanLitmus,
  { name }: Profile,
  overlaps: boolean,
): string {
  const holding = ends.filter(({ holds }) => holds).reduce((sum, { count }) => sum + count, 0)
  const claimed =
    claim === null ? '' : `; profile ${name} allows${overlaps ? ', one call at a time' : ''}: ${claim}`
  return `${test.name} ${observation} ${numberWords(holding)} ${numberWords(runs - holding)}${claimed}`
}
