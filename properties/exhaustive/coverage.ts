import type { CoveredScope } from '../../oracle/run.ts'
import type { Alphabet } from './alphabet.ts'

/** The programs of one length, and how many of them were judged so far. */
export interface Round {
  readonly alphabet: Alphabet
  /** Calls of each program. */
  readonly length: number
  readonly programs: number
  readonly judged: number
  /** Of the programs that are one call shorter: those after which nobody can make a call, and calls that were left out. */
  readonly ended: number
  readonly leftOut: number
}

/** What the rounds of one alphabet, the shortest programs first, come to. `length`: what was asked for. */
export function coveredScope(alphabet: Alphabet, rounds: readonly Round[], length: number): CoveredScope {
  const sum = (count: (round: Round) => number) => rounds.reduce((total, round) => total + count(round), 0)
  const programs = sum((round) => round.programs)
  const ran = sum(({ judged }) => judged)
  const complete = rounds.length === length && ran === programs
  const scope = {
    family: alphabet.family,
    complete,
    length,
    programs,
    ran,
    lengths: rounds.map((round) => ({ length: round.length, programs: round.programs, ran: round.judged })),
    ended: sum(({ ended }) => ended),
    leftOut: sum(({ leftOut }) => leftOut),
  }
  return { ...scope, sentence: `${alphabet.family}: ${howFar(scope)} ${within(alphabet)}${remarks(scope)}.` }
}

type Scope = Omit<CoveredScope, 'sentence'>

function howFar({ complete, length, lengths, programs }: Scope): string {
  if (complete) return `all ${number(programs)} programs of at most ${calls(length)}`
  const unfinished = lengths.findIndex((each) => each.ran < each.programs)
  const whole = lengths.slice(0, unfinished < 0 ? lengths.length : unfinished)
  const all = whole.reduce((total, each) => total + each.programs, 0)
  const some = rest(lengths[whole.length], whole.length)
  if (whole.length === 0) return some
  return `all ${number(all)} programs of at most ${calls(whole.length)} and ${some}`
}

function rest(begun: Scope['lengths'][number] | undefined, whole: number): string {
  if (begun !== undefined && begun.ran > 0)
    return `${share(begun)} of the ${number(begun.programs)} programs of ${calls(begun.length)}`
  return `none of ${whole === 0 ? 'the programs' : 'those'} of ${calls(whole + 1)}`
}

const within = ({ calls, actors, forks, scene }: Alphabet) =>
  `over ${calls.length} kinds of calls by ${who(actors.length, forks)}${scene}`

const who = (actors: number, forks: number) =>
  `${actors === 1 ? '1 actor' : `${actors} actors`}${forks === 0 ? '' : ` and at most ${forks === 1 ? '1 child' : `${forks} descendants`}`}`

function remarks({ ended, leftOut }: Scope): string {
  return [
    ...(ended === 0 ? [] : [`; after ${number(ended)} shorter ones nobody can make a call`]),
    ...(leftOut === 0
      ? []
      : [`; ${number(leftOut)} calls were left out because it is open whether they can be made`]),
  ].join('')
}

const calls = (count: number) => (count === 1 ? '1 call' : `${count} calls`)
const number = (count: number) => count.toLocaleString('en-US')
/** Rounded down, so that what is not whole never looks so. */
const share = ({ ran, programs }: { readonly ran: number; readonly programs: number }) =>
  `${(Math.floor((ran / programs) * 1000) / 10).toLocaleString('en-US')} %`
