import { type Contradiction, contradictionsAmong } from '../properties/claims/contradictions.ts'
import type { Examination } from '../properties/claims/examine.ts'
import {
  type ClaimVerdict,
  type ExaminedClaim,
  isAsLedger,
  type Tried,
} from '../properties/claims/verdict.ts'
import { paint, type Style } from '../reports/style.ts'
import { counted, hanging } from '../reports/wrap.ts'

/** What was found out about the claims, for people: each claim, contradictions, what was not tried, the verdict. */
export function claimsText({ header, claims }: Examination, style: Style): string {
  const { bold } = paint(style)
  const { target, kernel, arch, libc } = header
  const tried = claims.filter(({ verdict }) => verdict !== 'not tried')
  const untried = claims.filter(({ verdict }) => verdict === 'not tried')
  const contradictions = contradictionsAmong(claims)
  return `${[
    `${bold('Claims of the notes')} on ${target}: ${kernel}, ${arch}, ${libc}`,
    '',
    ...tried.flatMap((each) => [...claimLines(each, style), '']),
    ...section('Where the notes contradict each other', style, contradictions, contradictionLines),
    ...section('Not tried', style, untried, untriedLines),
    ...verdictLines(target, claims, style),
  ].join('\n')}\n`
}

function claimLines(examined: ExaminedClaim, style: Style): readonly string[] {
  const { bold, red, dim } = paint(style)
  const { claim, verdict, speaksFor, speaksAgainst, reasons } = examined
  return [
    `${bold(claim.id)}  ${coloured(verdict, style)}  ${dim(notesWords(claim.notes))}`,
    ...hanging('    ', claim.sentence, style.columns),
    ...(isAsLedger(examined) === false ? [red(`    The ledger says: ${claim.verdict}.`)] : []),
    ...trialLines(speaksFor, 'for', style),
    ...trialLines(speaksAgainst, 'against', style),
    ...reasons.flatMap((reason) => hanging('    ', reason, style.columns)),
  ]
}

/** A supporting trial that did not come out as expected shows what the claim says, and what happened instead. */
function trialLines(tried: Tried | null, how: 'for' | 'against', style: Style): readonly string[] {
  if (tried === null) return []
  const { dim } = paint(style)
  const { trial, outcome } = tried
  return [
    ...hanging(`    ${how}: `, `${trial.title}.`, style.columns),
    ...trial.lines.map((line) => dim(`        ${line}`)),
    ...(outcome.is === 'as expected' ? [] : hanging('      not seen: ', outcome.why, style.columns)),
  ]
}

function contradictionLines({ one, other, better }: Contradiction, style: Style): readonly string[] {
  const sides = [one, other].map(
    ({ claim, verdict }) => `${claim.id} (${notesWords(claim.notes)}) ${verdictWords[verdict]}`,
  )
  const right =
    better === null
      ? ''
      : `: ${better.claim.id} is ${better.verdict === 'holds' ? 'right' : 'nearer the truth'}`
  return hanging('  ', `${sides.join(', ')}${right}.`, style.columns)
}

const verdictWords: Readonly<Record<ClaimVerdict, string>> = {
  holds: 'holds',
  'does not hold': 'does not hold',
  imprecise: 'is imprecise',
  undecided: 'is undecided',
  'not tried': 'was not tried',
}

const untriedLines = ({ claim, reasons }: ExaminedClaim, style: Style): readonly string[] =>
  hanging(`  ${claim.id.padEnd(10)}`, reasons.join(' '), style.columns)

const section = <T>(
  title: string,
  style: Style,
  items: readonly T[],
  lines: (item: T, style: Style) => readonly string[],
): readonly string[] =>
  items.length === 0 ? [] : [paint(style).bold(title), ...items.flatMap((item) => lines(item, style)), '']

function verdictLines(target: string, claims: readonly ExaminedClaim[], style: Style): readonly string[] {
  const { red, green, yellow } = paint(style)
  const counts = (['holds', 'does not hold', 'imprecise', 'undecided', 'not tried'] as const)
    .map((verdict) => ({ verdict, count: claims.filter((each) => each.verdict === verdict).length }))
    .filter(({ count }) => count > 0)
    .map(({ verdict, count }) => `${count} ${count === 1 ? verdict : plurals[verdict]}`)
  const differing = claims.filter((each) => isAsLedger(each) === false).map(({ claim }) => claim.id)
  const undecided = claims.filter(({ verdict }) => verdict === 'undecided').length
  const sum = `${target}: ${counts.join(', ')}.`
  if (differing.length > 0)
    return hanging(
      '',
      `${sum} ${counted(differing.length, 'verdict')} unlike the ledger's: ${differing.join(', ')}.`,
      style.columns,
    ).map(red)
  if (undecided > 0 || claims.every(({ verdict }) => verdict === 'not tried'))
    return hanging('', `${sum} Inconclusive.`, style.columns).map(yellow)
  return hanging('', `${sum} Every verdict is the ledger's.`, style.columns).map(green)
}

const plurals: Readonly<Record<ClaimVerdict, string>> = {
  holds: 'hold',
  'does not hold': 'do not hold',
  imprecise: 'are imprecise',
  undecided: 'are undecided',
  'not tried': 'were not tried',
}

function coloured(verdict: ClaimVerdict, style: Style): string {
  const { red, green, yellow } = paint(style)
  return verdict === 'holds' ? green(verdict) : verdict === 'does not hold' ? red(verdict) : yellow(verdict)
}

const notesWords = (notes: readonly number[]) =>
  notes.length === 1 ? `note ${notes[0]}` : `notes ${notes.slice(0, -1).join(', ')} and ${notes.at(-1)}`
