import { Worker } from 'node:worker_threads'
import type { Finding, Ready, ThreadData, Trial } from './judge-thread.ts'

/** A thread that judges; it is started again after it was stuck. */
export interface JudgeThread {
  /** Starts it; what it says about the model as it is. */
  ready(): Promise<Ready>
  /** Tries one mutant; 'timeout' if nothing was finished for `limit` milliseconds, or memory ran out. */
  judge(trial: Trial, limit: number): Promise<Finding | 'timeout'>
  close(): Promise<void>
}

/** Megabytes: more than an honest model needs by far. */
const MEMORY = 3000
/** Milliseconds between two looks at the pulse of a thread. */
const LOOK = 250

export function openThread(data: Omit<ThreadData, 'pulse'>): JudgeThread {
  const pulse = new SharedArrayBuffer(4)
  const beat = new Int32Array(pulse)
  let worker: Worker | undefined
  let odd: Promise<Ready> | undefined
  const start = () => {
    worker = new Worker(new URL('./judge-thread.js', import.meta.url), {
      workerData: { ...data, pulse } satisfies ThreadData,
      resourceLimits: { maxOldGenerationSizeMb: MEMORY },
    })
    odd = readyOf(worker)
    return odd
  }
  const end = async () => {
    await worker?.terminate()
    worker = undefined
    odd = undefined
  }
  const ready = () => odd ?? start()
  return {
    ready,
    async judge(trial, limit) {
      await ready()
      if (worker === undefined) return 'timeout'
      const answer = await answerOf(worker, trial, limit, () => Atomics.load(beat, 0))
      if (answer === 'timeout') await end()
      return answer
    },
    close: end,
  }
}

const readyOf = (worker: Worker): Promise<Ready> =>
  new Promise((resolve, reject) => {
    const ended = () => reject(new Error('the thread was ended'))
    worker.once('error', reject)
    worker.once('exit', ended)
    worker.once('message', (ready: Ready) => {
      worker.off('error', reject).off('exit', ended)
      resolve(ready)
    })
  })

function answerOf(
  worker: Worker,
  trial: Trial,
  limit: number,
  beats: () => number,
): Promise<Finding | 'timeout'> {
  return new Promise((resolve, reject) => {
    let before = beats()
    let since = performance.now()
    const watch = setInterval(() => {
      const now = beats()
      if (now !== before) {
        before = now
        since = performance.now()
      } else if (performance.now() - since > limit) settle('timeout')
    }, LOOK)
    const ended = () => settle('timeout')
    const failed = (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ERR_WORKER_OUT_OF_MEMORY') reject(error)
      settle('timeout')
    }
    const settle = (answer: Finding | 'timeout') => {
      clearInterval(watch)
      worker.off('message', settle).off('error', failed).off('exit', ended)
      resolve(answer)
    }
    worker.on('message', settle).on('error', failed).on('exit', ended)
    worker.postMessage(trial)
  })
}
