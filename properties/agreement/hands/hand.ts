import { decodeResult, WireError } from '../../../harness/protocol/decode.ts'
import { createPacker, type Packed, type Packet, type Reply } from '../../../harness/protocol/packet.ts'
import type { Profile } from '../../../model/profile.ts'
import { judge } from '../../../oracle/judge.ts'
import type { Recording, TraceHeader } from '../../../oracle/trace/trace.ts'
import type { Origin, Sourced } from '../source.ts'
import { createTally, type RuleCounts } from '../tally.ts'
import { isAsForeseen } from './as-foreseen.ts'

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

export function createHand(generate: Generate, header: TraceHeader, profile: Profile): Hand {
  const packer = createPacker()
  const tally = createTally()
  const waiting = new Map<number, { sourced: readonly Sourced[]; answers: Packed['answers'] }>()
  let id = 0
  return {
    async make(first, count, avoid = []) {
      const sourced: Sourced[] = []
      for (let index = first; index < first + count; index++) {
        const each = generate(index, avoid)
        if (each !== undefined && each.scenario.steps.length > 0) sourced.push(each)
      }
      const { packet, answers } = packer.pack(sourced.map(({ scenario }) => scenario))
      waiting.set(++id, { sourced, answers })
      return { id, packet }
    },
    async judge(id, reply) {
      const { sourced = [], answers } = waiting.get(id) ?? {}
      waiting.delete(id)
      const before = tally.steps()
      const odd: Judged['odd'][number][] = []
      try {
        const recordings = (answers?.(reply) ?? []).map((answer, at) => {
          const foresight = sourced[at]?.foresight
          const isForeseen = foresight?.profile === profile && isAsForeseen(answer, foresight, header)
          return isForeseen ? foresight : decodeResult(answer)
        })
        for (const [at, seen] of recordings.entries()) {
          if (!('scenario' in seen)) {
            tally.addForeseen(seen)
            continue
          }
          const { origin = '', foresight } = sourced[at] ?? {}
          const judgement = judge(seen, header, profile, foresight)
          if (judgement.verdict === 'conforms') tally.add(judgement)
          else odd.push({ origin, recording: seen })
        }
      } catch (error) {
        if (!(error instanceof WireError)) throw error
        return { scenarios: 0, steps: 0, odd: [], garbage: error.message }
      }
      return { scenarios: sourced.length, steps: tally.steps() - before, odd, garbage: '' }
    },
    counts: async () => tally.counts(),
    close: async () => {},
  }
}
