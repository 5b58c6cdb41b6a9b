import type { World } from '../../model/world.ts'
import type { Sourced } from '../agreement/source.ts'
import type { Alphabet } from './alphabet.ts'
import type { Round } from './coverage.ts'
import { continuations, emptyProgram, type Program, programs, scenarioOf } from './programs.ts'
import { type Stage, stageOf } from './templates.ts'

/** A program as a scenario that is to be run, and the round that it is part of. */
export interface Numbered extends Sourced {
  readonly round: Round
}

/** All programs of some alphabets, the shorter ones first. */
export interface Rounds {
  /** At most `count` programs of one round; none when there are no more. */
  next(count: number): readonly Numbered[]
  judged(program: Numbered): void
  /** The rounds of an alphabet that were begun, the shortest programs first. */
  of(alphabet: Alphabet): readonly Round[]
  /** How much was judged of all that there is, 0…1; the longer programs are estimated until they are counted. */
  share(): number
}

interface OpenRound extends Round {
  judged: number
  /** What follows its programs: the next round of its alphabet. */
  readonly next: Tally
}

interface Tally {
  programs: number
  ended: number
  leftOut: number
}

export function createRounds(alphabets: readonly Alphabet[], start: World): Rounds {
  const stages = new Map(alphabets.map((alphabet) => [alphabet, stageOf(alphabet)]))
  const begun: OpenRound[] = []
  const of = (alphabet: Alphabet) => begun.filter((round) => round.alphabet === alphabet)
  const source = all()

  function* all(): Generator<readonly Numbered[], undefined, number> {
    const longest = Math.max(0, ...alphabets.map(({ length }) => length))
    for (let length = 1; length <= longest; length++)
      for (const [alphabet, stage] of stages) if (length <= alphabet.length) yield* roundOf(stage, length)
    return undefined
  }

  function* roundOf(stage: Stage, length: number): Generator<readonly Numbered[], undefined, number> {
    const { alphabet } = stage
    const empty = emptyProgram(stage, start)
    const tally = begun.findLast((round) => round.alphabet === alphabet)?.next ?? counted(stage, empty)
    const round: OpenRound = { alphabet, length, ...tally, judged: 0, next: nothing() }
    begun.push(round)
    let some: Numbered[] = []
    let index = 0
    let wanted = 1
    for (const program of programs(stage, empty, length)) {
      if (length < alphabet.length) count(stage, program, round.next)
      const origin = `n:${alphabet.family}, round ${begun.length}, program ${index++}`
      some.push({ origin, ...scenarioOf(stage, start, program), round })
      if (some.length < wanted) continue
      wanted = yield some
      some = []
    }
    if (some.length > 0) yield some
  }

  return {
    next: (count) => source.next(count).value ?? [],
    judged({ round }) {
      ;(round as OpenRound).judged++
    },
    of,
    share() {
      const total = alphabets.reduce((sum, alphabet) => sum + estimate(alphabet.length, of(alphabet)), 0)
      return begun.reduce((sum, { judged }) => sum + judged, 0) / Math.max(1, total)
    },
  }
}

const nothing = (): Tally => ({ programs: 0, ended: 0, leftOut: 0 })

/** Counts what may follow a program. */
function count(stage: Stage, program: Program, tally: Tally): void {
  const { possible, leftOut } = continuations(stage, program)
  tally.programs += possible.length
  tally.leftOut += leftOut
  if (possible.length === 0) tally.ended++
}

function counted(stage: Stage, program: Program): Tally {
  const tally = nothing()
  count(stage, program, tally)
  return tally
}

/** Programs of an alphabet; those that were not counted are as many times more as in the step before. */
function estimate(length: number, rounds: readonly Round[]): number {
  const counts = rounds.map(({ programs }) => programs)
  while (counts.length < length) {
    const last = counts.at(-1) ?? 10
    counts.push(last * Math.max(1, last / (counts.at(-2) ?? 1)))
  }
  return counts.reduce((sum, count) => sum + count, 0)
}
