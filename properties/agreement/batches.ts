import { WireError } from '../../harness/protocol/decode.ts'
import { createPacker } from '../../harness/protocol/packet.ts'
import type { Recording, TraceHeader } from '../../oracle/trace/trace.ts'
import type { Hand, Judged } from './hands/hand.ts'
import type { Batch } from './lane.ts'
import type { Origin, Sourced } from './source.ts'

/** Who makes the batches of a campaign, and hears of them. */
export interface Batches {
  /** Scenarios that this thread has, and judges. */
  own(sourced: readonly Sourced[]): Batch
  /** The scenarios of these origins, the `first` and following of the hand, which it makes and judges; rules to avoid. */
  of(hand: Hand, first: number, origins: readonly Origin[], avoid: readonly string[]): Promise<Batch>
}

export interface Hearing {
  /** A recording that has to be judged. */
  readonly receive: (sourced: Sourced, recording: Recording, header: TraceHeader) => void
  /** What a hand judged. What does not conform is also received. */
  readonly judged: (judged: Judged) => void
  /** Makes a generated scenario here; none if its index makes none. */
  readonly make: (origin: Origin, avoid: readonly string[]) => readonly Sourced[]
}

export function createBatches({ receive, judged, make }: Hearing): Batches {
  const packer = createPacker()
  const own = (sourced: readonly Sourced[]): Batch => {
    const { packet, read } = packer.pack(sourced.map(({ scenario }) => scenario))
    return {
      sourced,
      packet,
      async receive(reply, header) {
        let recordings: readonly Recording[]
        try {
          recordings = read(reply)
        } catch (error) {
          if (error instanceof WireError) return error.message
          throw error
        }
        for (const [at, recording] of recordings.entries()) receive(sourced[at] as Sourced, recording, header)
        return ''
      },
      again: () => sourced.map((each) => own([each])),
    }
  }
  return {
    own,
    async of(hand, first, origins, avoid) {
      const { id, packet } = await hand.make(first, origins.length, avoid)
      return {
        sourced: [],
        packet,
        async receive(reply, header) {
          const answer = await hand.judge(id, reply)
          judged(answer)
          for (const { origin, recording } of answer.odd)
            receive({ origin, scenario: recording.scenario }, recording, header)
          return answer.garbage
        },
        again: () => origins.flatMap((origin) => make(origin, avoid)).map((each) => own([each])),
      }
    },
  }
}
