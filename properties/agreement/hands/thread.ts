import { setPriority } from 'node:os'
import { parentPort, Worker } from 'node:worker_threads'
import type { Hand } from './hand.ts'

/** A request to the hand in a thread, and its answer; answers come in the order of the requests. */
type Request = { [K in keyof Hand]: { readonly ask: K; readonly with: Parameters<Hand[K]> } }[keyof Hand]

/** Megabytes: hardly anything outlives the making of a batch, so that the cost of a collection does not grow with the room. */
const YOUNG = 96

/** Starts a module as a thread that answers as a hand (`serveHand`). */
export function startHand(module: URL, data: unknown): Hand {
  const worker = new Worker(module, {
    workerData: data,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG },
  })
  const waiting: { resolve: (answer: never) => void; reject: (error: Error) => void }[] = []
  let problem: Error | undefined
  worker.on('message', (answer) => waiting.shift()?.resolve(answer as never))
  worker.on('error', (error: Error) => {
    problem = error
    for (const { reject } of waiting.splice(0)) reject(error)
  })
  const ask = <T>(request: Request, transfer: readonly ArrayBuffer[] = []): Promise<T> =>
    new Promise((resolve, reject) => {
      if (problem !== undefined) return reject(problem)
      waiting.push({ resolve, reject })
      worker.postMessage(request, transfer)
    })
  return {
    make: (...with_) => ask({ ask: 'make', with: with_ }),
    judge: (...with_) => ask({ ask: 'judge', with: with_ }, [with_[1].buffer]),
    counts: () => ask({ ask: 'counts', with: [] }),
    async close() {
      await worker.terminate()
    },
  }
}

/** How nice a hand is: the thread that keeps the probe busy goes first. */
const NICE = 5

/** Answers what `startHand` asks; called once in the thread. */
export function serveHand(hand: Hand): void {
  setPriority(0, NICE)
  parentPort?.on('message', async (request: Request) => {
    const answer = await (hand[request.ask] as (...words: unknown[]) => Promise<unknown>)(...request.with)
    const packet = (answer as { packet?: { bytes: Uint8Array<ArrayBuffer> } }).packet
    parentPort?.postMessage(answer, packet === undefined ? [] : [packet.bytes.buffer])
  })
}
