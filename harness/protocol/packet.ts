import type { Scenario } from '../../model/vocabulary/scenario.ts'
import type { Recording } from '../../oracle/trace/trace.ts'
import { type Answer, decodeResult, WireError } from './decode.ts'
import { createEncoder, type Request } from './encode.ts'
import { patienceFor } from './patience.ts'

/** Requests that are ready to be sent; only bytes, so that whoever sends them need not know the scenarios. */
export interface Packet {
  /** Their frames, in this machine's byte order. */
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly requests: number
  /** The number of the first request; the others count on. */
  readonly first: number
  /** Seconds that the scenarios may take by their own wish. */
  readonly patience: number
}

/** What answers a packet: for each request the length of its result in words and the result. */
export type Reply = Int32Array<ArrayBuffer>

/** Writes scenarios down as packets. */
export interface Packer {
  /** Puts a scenario into the next packet. Throws `ScenarioError` if it is wrong in itself; it is left out then. */
  add(scenario: Scenario): Request
  /** The packet of all that were added since the last one. */
  take(): Packet
  /**
   * The packet of these scenarios, and how to read its reply (throws `WireError` if that is not the protocol).
   * Throws `ScenarioError` if a scenario is wrong in itself.
   */
  pack(scenarios: readonly Scenario[]): Packed
}

export interface Packed {
  readonly packet: Packet
  readonly read: (reply: Reply) => Recording[]
}

/** Where the answer to a request is. */
export type Span = Omit<Answer, 'request'>

export function createPacker(): Packer {
  const encoder = createEncoder()
  let first = 0
  let next = 0
  let patience = 0
  const packer: Packer = {
    add(scenario) {
      const request = encoder.add(scenario, next & 0x7fffffff)
      next++
      patience += patienceFor(scenario)
      return request
    },
    take() {
      const packet = { bytes: encoder.take(), requests: next - first, first, patience }
      first = next
      patience = 0
      return packet
    },
    pack(scenarios) {
      try {
        const requests = scenarios.map(packer.add)
        const read = (reply: Reply) =>
          takenApart(reply, requests.length).map((span, at) =>
            decodeResult({ ...span, request: requests[at] as Request }),
          )
        return { packet: packer.take(), read }
      } catch (error) {
        packer.take()
        throw error
      }
    },
  }
  return packer
}

/** Takes a reply to so many requests apart. Throws `WireError` if it answers fewer or more. */
export function takenApart(reply: Reply, requests: number): readonly Span[] {
  let at = 0
  const spans = Array.from({ length: requests }, () => {
    const from = at + 1
    at = from + (reply[at] ?? 0)
    return { words: reply, from, to: at }
  })
  if (at !== reply.length) throw new WireError(`${reply.length - at} words that answer nothing`)
  return spans
}
