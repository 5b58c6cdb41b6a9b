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
  /**
   * The packet, and how to read its reply (throws `WireError` if that is not the protocol).
   * Throws `ScenarioError` if a scenario is wrong in itself.
   */
  pack(scenarios: readonly Scenario[]): Packed
}

export interface Packed {
  readonly packet: Packet
  readonly requests: readonly Request[]
  readonly read: (reply: Reply) => Recording[]
}

/** Where the answer to a request is. */
export type Span = Omit<Answer, 'request'>

export function createPacker(): Packer {
  const encoder = createEncoder()
  let number = 0
  return {
    pack(scenarios) {
      try {
        const first = number
        const requests = scenarios.map((scenario) => encoder.add(scenario, number++ & 0x7fffffff))
        const patience = scenarios.reduce((sum, scenario) => sum + patienceFor(scenario), 0)
        const read = (reply: Reply) =>
          takenApart(reply, requests.length).map((span, at) =>
            decodeResult({ ...span, request: requests[at] as Request }),
          )
        return {
          packet: { bytes: encoder.take(), requests: requests.length, first, patience },
          requests,
          read,
        }
      } catch (error) {
        encoder.take()
        throw error
      }
    },
  }
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
