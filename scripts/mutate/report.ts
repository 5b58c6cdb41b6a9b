import type { Tried } from './try-mutants.ts'

/** How many mutants came to what; `score` in percent, after taking off the equivalents. */
export interface Score {
  readonly mutants: number
  readonly killed: number
  readonly timeouts: number
  readonly survived: number
  readonly unreached: number
  readonly open: number
  readonly equivalent: number
  readonly score: number
}

/** `open` mutants and equivalents count neither for nor against. */
export function scoreOf(tried: readonly Tried[], equivalents: Readonly<Record<string, string>>): Score {
  const isEquivalent = ({ mutant, fate }: Tried) =>
    mutant.name in equivalents && (fate === 'survived' || fate === 'unreached')
  const counted = tried.filter((each) => !isEquivalent(each))
  const count = (fate: Tried['fate']) => counted.filter((each) => each.fate === fate).length
  const killed = count('killed') + count('timeout')
  const of = counted.length - count('open')
  return {
    mutants: tried.length,
    killed,
    timeouts: count('timeout'),
    survived: count('survived'),
    unreached: count('unreached'),
    open: count('open'),
    equivalent: tried.length - counted.length,
    score: of === 0 ? 100 : (100 * killed) / of,
  }
}

export const survivorsOf = (
  tried: readonly Tried[],
  equivalents: Readonly<Record<string, string>>,
): readonly Tried[] =>
  tried.filter(
    ({ mutant, fate }) => (fate === 'survived' || fate === 'unreached') && !(mutant.name in equivalents),
  )

export const summary = ({ killed, timeouts, survived, unreached, open, equivalent, score }: Score): string =>
  [
    `killed ${killed} of ${killed + survived + unreached} (${score.toFixed(1)} %), timeouts ${timeouts}`,
    `${survived} survived, ${unreached} were not reached`,
    `not counted: ${open} that matter in profile posix only, ${equivalent} equivalent`,
  ].join('; ')

/** The survivors by file, each with what it changes. */
export function survivorLines(survivors: readonly Tried[]): string {
  const files = [...new Set(survivors.map(({ mutant }) => mutant.file))].sort()
  return files
    .map((file) => {
      const here = survivors.filter(({ mutant }) => mutant.file === file).sort(byLine)
      return [file, ...here.map(lineOf)].join('\n')
    })
    .join('\n')
}

const byLine = (a: Tried, b: Tried) => a.mutant.line - b.mutant.line

const lineOf = ({ mutant: { line, operator, before, after }, fate, reason }: Tried) =>
  `  ${line} ${operator}${fate === 'unreached' ? ' (not reached)' : reason && ` (${reason})`}\n    - ${before}\n    + ${after}`
