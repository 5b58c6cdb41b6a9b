import { decodeResult, WireError } from '../../../harness/protocol/decode.ts'
import { createEncoder, type Request } from '../../../harness/protocol/encode.ts'
import {
  createPacker,
  type Packet,
  type Reply,
  type Span,
  takenApart,
} from '../../../harness/protocol/packet.ts'
import type { Profile } from '../../../model/profile.ts'
import { judge } from '../../../oracle/judge.ts'
import type { Recording, TraceHeader } from '../../../oracle/trace/trace.ts'
import type { Origin, Sourced } from '../source.ts'
import { createTally, type RuleCounts, ruleNumber } from '../tally.ts'
import { isAsForeseen } from './as-foreseen.ts'
import { createForeteller, type Foretold } from './foretold.ts'

/** Makes scenarios and judges their recordings, here or in a thread of its own: what takes the processor's time. */
export interface Hand {
  /** Makes the scenarios `first` up to `first + count`, in which these rules are avoided. */
  make(first: number, count: number, avoid?: readonly string[]): Promise<Made>
  /** Judges the reply to a packet that it made; what conforms is counted, the rest handed out. */
  judge(id: number, reply: Reply): Promise<Judged>
  /** How often each rule was exercised and met in what conformed. */
  counts(): Promise<RuleCounts>
  close(): Promise<void>
}

export interface Made {
  readonly id: number
  readonly packet: Packet
}

export interface Judged {
  readonly scenarios: number
  /** Steps of the scenarios that conform. */
  readonly steps: number
  /** What does not conform. */
  readonly odd: readonly { readonly origin: Origin; readonly recording: Recording }[]
  /** Why the reply is not the protocol, else ''. */
  readonly garbage: string
}

/** The nth scenario (from 0) that falls to the hands; undefined if it has no steps. */
export type Generate = (nth: number, avoid: readonly string[]) => Sourced | undefined

/** A scenario on its way: only its number where all that can be answered is foretold. */
interface Sent {
  readonly nth: number
  readonly foretold?: Foretold
  readonly kept?: { readonly sourced: Sourced; readonly request: Request }
}

interface Batch {
  readonly sent: readonly Sent[]
  readonly avoid: readonly string[]
}

export function createHand(generate: Generate, header: TraceHeader, profile: Profile): Hand {
  const packer = createPacker()
  const foreteller = createForeteller(header, ruleNumber)
  const tally = createTally()
  const waiting = new Map<number, Batch>()
  let id = 0

  /** What was answered, and what the model said about it. */
  const recall = ({ nth, kept }: Sent, avoid: readonly string[], span: Span) => {
    const sourced = kept?.sourced ?? generate(nth, avoid)
    if (sourced === undefined) throw new Error(`scenario ${nth} cannot be made again`)
    const request = kept?.request ?? createEncoder().add(sourced.scenario, 0)
    return { ...sourced, recording: decodeResult({ ...span, request }) }
  }
  return {
    async make(first, count, avoid = []) {
      const made: (Sent & { readonly place?: number })[] = []
      try {
        // All that is done with a scenario is done while the processor's cache has it.
        for (let nth = first; nth < first + count; nth++) {
          const sourced = generate(nth, avoid)
          if (sourced === undefined || sourced.scenario.steps.length === 0) continue
          const { foresight } = sourced
          const request = packer.add(sourced.scenario)
          const place = foresight?.profile === profile ? foreteller.add(foresight, request) : undefined
          made.push(place === undefined ? { nth, kept: { sourced, request } } : { nth, place })
        }
      } catch (error) {
        packer.take()
        foreteller.take()
        throw error
      }
      const foretold = foreteller.take()
      const sent = made.map(
        (each): Sent =>
          each.place === undefined ? each : { nth: each.nth, foretold: foretold[each.place] as Foretold },
      )
      waiting.set(++id, { sent, avoid })
      return { id, packet: packer.take() }
    },
    async judge(id, reply) {
      const { sent, avoid } = waiting.get(id) ?? { sent: [], avoid: [] }
      waiting.delete(id)
      const before = tally.steps()
      const odd: Judged['odd'][number][] = []
      try {
        const spans = takenApart(reply, sent.length)
        // All are read before any is counted: what is not the protocol counts for nothing.
        const seen = sent.map((each, at) => {
          const span = spans[at] as Span
          const isForeseen = each.foretold !== undefined && isAsForeseen(span, each.foretold, header)
          return isForeseen ? each.foretold : recall(each, avoid, span)
        })
        for (const each of seen) {
          if (!('recording' in each)) {
            tally.addForeseen(each)
            continue
          }
          const { origin, recording, foresight } = each
          const judgement = judge(recording, header, profile, foresight)
          if (judgement.verdict === 'conforms') tally.add(judgement)
          else odd.push({ origin, recording })
        }
      } catch (error) {
        if (!(error instanceof WireError)) throw error
        return { scenarios: 0, steps: 0, odd: [], garbage: error.message }
      }
      return { scenarios: sent.length, steps: tally.steps() - before, odd, garbage: '' }
    },
    counts: async () => tally.counts(),
    close: async () => {},
  }
}
