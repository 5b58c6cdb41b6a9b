import type { Scenario } from '../../model/vocabulary/scenario.ts'
import type { Recording } from '../../oracle/trace/trace.ts'
import { decodeResult, WireError } from '../protocol/decode.ts'
import type { Request } from '../protocol/encode.ts'
import type { Frame } from '../protocol/frames.ts'
import { patienceFor } from './patience.ts'

/** The batches that were sent and are not answered in full, oldest first. */
export interface InFlight {
  /** Resolves when every request of the batch has been answered. */
  add(requests: readonly Request[]): Promise<Recording[]>
  /** Takes a result frame as the answer to the oldest request. Throws `WireError` if it cannot be that. */
  answer(frame: Frame): void
  reject(problem: Error): void
  scenarios(): Scenario[]
  isEmpty(): boolean
  /** Seconds that the scenarios under way may take by their own wish. */
  patience(): number
}

interface Batch {
  readonly requests: readonly Request[]
  readonly recordings: Recording[]
  readonly patience: number
  readonly resolve: (recordings: Recording[]) => void
  readonly reject: (problem: Error) => void
}

export function createInFlight(): InFlight {
  const batches: Batch[] = []
  return {
    add: (requests) =>
      new Promise((resolve, reject) => {
        let patience = 0
        for (const { scenario } of requests) patience += patienceFor(scenario)
        batches.push({ requests, recordings: [], patience, resolve, reject })
      }),
    answer({ words, from, to }) {
      const batch = batches[0]
      const request = batch?.requests[batch.recordings.length]
      if (batch === undefined || request === undefined) throw new WireError('a result that nobody asked for')
      batch.recordings.push(decodeResult(words, from, to, request))
      if (batch.recordings.length < batch.requests.length) return
      batches.shift()
      batch.resolve(batch.recordings)
    },
    reject(problem) {
      for (const batch of batches.splice(0)) batch.reject(problem)
    },
    scenarios: () =>
      batches.flatMap(({ requests, recordings }) =>
        requests.slice(recordings.length).map(({ scenario }) => scenario),
      ),
    isEmpty: () => batches.length === 0,
    patience: () => batches.reduce((sum, batch) => sum + batch.patience, 0),
  }
}
