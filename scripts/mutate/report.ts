import { deaths, type Fate, type Tried } from './try-mutants.ts'

/** How many mutants came to what; `score` in percent, after taking off the equivalents. */
export interface Score extends Readonly<Record<Exclude<Fate, 'timeout'>, number>> {
  readonly mutants: number
  readonly timeouts: number
  readonly equivalent: number
  readonly score: number
}

const isAlive = ({ fate }: Tried) => !deaths.includes(fate)

/** What is named only, as what is noted only, changes no verdict: it counts neither for nor against. */
export function scoreOf(tried: readonly Tried[], equivalents: Readonly<Record<string, string>>): Score {
  const counted = tried.filter((each) => !(isAlive(each) && each.mutant.name in equivalents))
  const count = (fate: Fate) => counted.filter((each) => each.fate === fate).length
  const killed = counted.filter((each) => !isAlive(each)).length
  const of = counted.length - count('cites')
  return {
    mutants: tried.length,
    killed,
    timeouts: count('timeout'),
    misread: count('misread'),
    untrue: count('untrue'),
    mistyped: count('mistyped'),
    unreached: count('unreached'),
    silent: count('silent'),
    cites: count('cites'),
    linux: count('linux'),
    posix: count('posix'),
    equivalent: tried.length - counted.length,
    score: of === 0 ? 100 : (100 * killed) / of,
  }
}

export const survivorsOf = (
  tried: readonly Tried[],
  equivalents: Readonly<Record<string, string>>,
): readonly Tried[] => tried.filter((each) => isAlive(each) && !(each.mutant.name in equivalents))

export const summary = ({ mutants, killed, score, equivalent, ...fates }: Score): string =>
  [
    `killed ${killed} of ${mutants - equivalent - fates.cites} (${score.toFixed(1)} %), of these ${fates.timeouts} do not end, ${fates.misread} contradict only named scenarios, ${fates.untrue} only unit tests, ${fates.mistyped} only do not compile`,
    `of the others ${fates.linux} change what profile linux says, ${fates.posix} what only profile posix says, ${fates.silent} nothing that was asked; ${fates.unreached} were not reached`,
    `not counted: ${fates.cites} that only name other rules, ${equivalent} equivalent`,
  ].join('\n')

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
  `  ${line} ${operator} (${words[fate]})\n    - ${before}\n    + ${after}${reason && `\n${indented(reason)}`}`

const words: Readonly<Record<Fate, string>> = {
  killed: 'contradicted by a recording',
  misread: 'contradicted by a named scenario',
  untrue: 'contradicted by a unit test',
  mistyped: 'does not compile',
  timeout: 'does not end',
  unreached: 'not reached',
  silent: 'no answer changes',
  cites: 'only other rules are named',
  linux: 'nobody looks at what differs',
  posix: 'what differs in profile posix, Linux does not do',
}

const indented = (text: string) => text.replace(/^/gm, '        ')
