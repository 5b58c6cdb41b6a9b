import { type OverlappingProgram, type OverlappingRun, withRest } from '../../oracle/trace/timed-call.ts'
import {
  type Calls,
  type Cursor,
  decodeEvent,
  need,
  next,
  outputPlans,
  problems,
  WireError,
} from './decode.ts'
import { createEncoder, type Overlap, type Request } from './encode.ts'
import { type Packet, type Reply, takenApart } from './packet.ts'

export type Repeated = Pick<Overlap, 'repetitions' | 'seed' | 'jitter'>

/** A program as a packet, and how to read its reply. */
export interface PackedProgram {
  readonly packet: Packet
  /** Throws `WireError` if that is not the protocol. */
  readonly read: (reply: Reply) => Repetitions
}

export interface Repetitions {
  /** Fewer than were asked for where the reply had no room for more. */
  readonly runs: readonly OverlappingRun[]
  /** Why the last of them has not come to its end; empty if it has. */
  readonly problem: string
}

/** Writes a program whose calls overlap down, to be repeated so often. Throws `ScenarioError` if it is wrong in itself. */
export function packProgram(program: OverlappingProgram, repeated: Repeated, number: number): PackedProgram {
  const encoder = createEncoder()
  const { scenario, first, last } = program
  const request = encoder.add(scenario, number, { first, last, ...repeated })
  return {
    packet: { bytes: encoder.take(), requests: 1, first: number, patience: repeated.repetitions * PATIENCE },
    read(reply) {
      const [span] = takenApart(reply, 1)
      if (span === undefined) throw new WireError('an empty reply')
      return decodeRepetitions({ words: span.words, at: span.from, end: span.to }, request, program)
    },
  }
}

/** Seconds that a repetition may take beside what any reply may. */
const PATIENCE = 0.02

/** The steps that overlap. */
type Together = Pick<OverlappingProgram, 'first' | 'last'>

function decodeRepetitions(cursor: Cursor, request: Request, together: Together): Repetitions {
  need(cursor, 3, 'the head of a result')
  next(cursor) // Its number, which was looked at when it came.
  const problem = problems[next(cursor)]
  if (problem === undefined) throw new WireError('an unknown status')
  const count = next(cursor)
  if (count < 0 || count > cursor.end - cursor.at) throw new WireError(`${count} repetitions`)
  const runs: OverlappingRun[] = []
  for (let run = 0; run < count; run++) runs.push(decodeRun(cursor, request, together))
  if (cursor.at !== cursor.end) throw new WireError('words too many behind the last repetition')
  return { runs, problem }
}

function decodeRun(cursor: Cursor, request: Request, together: Together): OverlappingRun {
  need(cursor, 5, 'the head of a repetition')
  const started = next(cursor) >>> 0
  const ended = next(cursor) >>> 0
  const lives = { ended: named(next(cursor), request), stopped: named(next(cursor), request) }
  const count = next(cursor)
  if (count < 0 || count > request.scenario.steps.length)
    throw new WireError(`${count} calls in a repetition`)
  const calls: OverlappingRun['calls'][number][] = []
  const clock: Clock = { base: undefined }
  for (let at = 0; at < count; at++) calls.push(withRest(decodeCall(cursor, request, clock), together))
  return { started, ended, calls, lives }
}

/** The actors of the slots that are bits of a word. */
const named = (bits: number, { actors }: Request) => actors.filter((_, slot) => (bits >> slot) & 1)

/** The first reading: the others are told from there, so that they are exact as numbers. */
interface Clock {
  base: bigint | undefined
}

const RETURNED = 1
const WAS_ASLEEP = 2
const ENDED = 4

function decodeCall(
  cursor: Cursor,
  { scenario, actors }: Request,
  clock: Clock,
): OverlappingRun['calls'][number] {
  need(cursor, 10, 'a call')
  const step = next(cursor)
  const slot = next(cursor)
  const flags = next(cursor)
  const begin = time(cursor, clock)
  const end = time(cursor, clock)
  const asleepAt = time(cursor, clock)
  const words = next(cursor)
  const made = scenario.steps[step]
  const actor = actors[slot]
  if (made === undefined || actor === undefined || words < 0)
    throw new WireError(`a call of step ${step} by slot ${slot}`)
  need(cursor, words, 'what came of a call')
  const asleep = (flags & WAS_ASLEEP) === 0 ? {} : { asleepAt }
  const common = { step, actor, call: made.call, begin, ...asleep }
  if ((flags & ENDED) !== 0) return { ...common, end, seen: { is: 'ended', actor } }
  if ((flags & RETURNED) === 0) return { ...common, end: 'never', seen: null }
  const seen = decodeSeen(cursor, slot, words, actors, made.call.name)
  return { ...common, end, seen }
}

function decodeSeen(cursor: Cursor, slot: number, words: number, actors: readonly string[], name: string) {
  const calls: Calls = []
  calls[slot] = outputPlans.get(name)
  const from = cursor.at
  // The slot is not said twice.
  const own: Cursor = {
    words: Int32Array.of(slot, ...cursor.words.subarray(from, from + words)),
    at: 0,
    end: words + 1,
  }
  const seen = decodeEvent(own, actors, calls, slot)
  if (own.at !== own.end) throw new WireError('words too many behind a call')
  cursor.at = from + words
  return seen
}

function time(cursor: Cursor, clock: Clock): number {
  const low = next(cursor) >>> 0
  const high = next(cursor)
  const nanoseconds = (BigInt(high) << 32n) | BigInt(low)
  if (nanoseconds === 0n) return 0
  clock.base ??= nanoseconds - BigInt(MARGIN)
  return Number(nanoseconds - clock.base)
}

/** Nanoseconds before the first call, whichever of the calls is told first. */
const MARGIN = 10_000_000_000
