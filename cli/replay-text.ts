import type { Profile } from '../model/profile.ts'
import { deviationText } from '../reports/deviation-text.ts'
import { paint, type Style } from '../reports/style.ts'
import { row } from '../reports/table.ts'
import { counted, hanging, numberWords } from '../reports/wrap.ts'
import type { StepWords } from './judged-scenario.ts'
import type { Replayed } from './replay-scenario.ts'

/** A replayed scenario for a person: every step with what was seen, allowed, and why; then the verdict. */
export function replayText(replayed: Replayed, profile: Profile, style: Style): string {
  const { target, kernel, arch, libc, title, steps, deviations, unmet, runs, overlapped } = replayed
  const { bold, red } = paint(style)
  const { columns } = style
  return `${[
    `${bold(title === '' ? 'Scenario' : title)} on ${target}: ${kernel}, ${arch}, ${libc}`,
    '',
    ...(overlapped === undefined
      ? [...stepTable(steps, style), '', ...steppedDeviations(replayed, style)]
      : [
          ...waysText(replayed, style),
          ...deviations.flatMap((found) => [...deviationText(found, '', style), '']),
        ]),
    ...unmet.flatMap((sentence) => [
      ...hanging('', `the file expects something else in ${sentence}`, columns).map(red),
      '',
    ]),
    ...verdictLines(replayed, profile, counted(runs, 'run'), style),
  ].join('\n')}\n`
}

function steppedDeviations({ deviations }: Replayed, style: Style): readonly string[] {
  const { columns } = style
  const { red } = paint(style)
  return deviations.flatMap(({ step, rule, sentence, cites }) => [
    ...hanging('', `step ${step + 1} deviates: ${rule}`, columns).map(red),
    ...hanging('  ', sentence, columns),
    ...cites.flatMap((source) => hanging('  - ', source, columns)),
    '',
  ])
}

/** What came of the calls that overlapped, and how often. */
function waysText({ overlapped = [], steps, deviations }: Replayed, style: Style): readonly string[] {
  const { dim } = paint(style)
  const shown = overlapped.slice(0, WAYS_MAX)
  const width = Math.max(...shown.map(({ seen }) => numberWords(seen).length), 4)
  const more = overlapped.length - shown.length
  return [
    ...(deviations.length > 0 ? [] : [...steps.map(({ call }) => `  ${call}`), '']),
    dim(`${counted(overlapped.length, 'way')} in which the calls that overlap came out, in their order:`),
    ...shown.flatMap(({ came, seen }) =>
      hanging(`  ${numberWords(seen).padStart(width)}  `, came, style.columns),
    ),
    ...(more === 0 ? [] : [`  and ${numberWords(more)} more`]),
    '',
  ]
}

const WAYS_MAX = 20

function stepTable(steps: readonly StepWords[], style: Style): readonly string[] {
  const { bold, dim } = paint(style)
  const free = Math.max(style.columns - INDENT - 4, 60)
  const widths = [Math.floor(free * 0.3), Math.floor(free * 0.35), Math.floor(free * 0.35)]
  const indented = (cells: readonly string[]) =>
    row(cells, widths).map((line) => `${' '.repeat(INDENT)}${line}`)
  return [
    ...indented(['observed', 'allowed', 'rules'])
      .map((line) => `step${line.slice(4)}`)
      .map(dim),
    ...steps.flatMap(({ step, call, observed, allowed, rules, deviates }) => {
      const marker = deviates ? '>' : ' '
      const cells = [observed || 'not begun', allowed.join(', or '), rules.join(' ')]
      const lines = [`${marker}${String(step).padStart(3)}  ${call}`, ...indented(cells)]
      return deviates ? lines.map(bold) : lines
    }),
  ]
}

const INDENT = 6

function verdictLines(
  { verdict, target, reason, deviations, unmet }: Replayed,
  profile: Profile,
  runs: string,
  style: Style,
): readonly string[] {
  const { bold, red, green, yellow } = paint(style)
  const colour = { conforms: green, deviates: red, inconclusive: yellow }[verdict]
  const sentence =
    verdict === 'inconclusive'
      ? `Inconclusive after ${runs}: ${reason}.`
      : verdict === 'conforms'
        ? `${target} conforms to profile ${profile.name} in ${runs}.`
        : deviations.length > 0
          ? `${target} deviates from profile ${profile.name} (${runs}).`
          : `${target} does what profile ${profile.name} allows, but not what the file expects (${counted(unmet.length, 'line')}).`
  return hanging('', sentence, style.columns).map((line) => bold(colour(line)))
}
