import { Worker } from 'node:worker_threads'
import type { Answer, ThreadData, Trial } from './judge-thread.ts'

/** A thread that judges; it is started again after it was stuck. */
export interface JudgeThread {
  /** Tries one mutant; 'timeout' if no case was finished for `limit` milliseconds, or memory ran out. */
  judge(trial: Trial, limit: number): Promise<Answer | 'timeout'>
  close(): Promise<void>
}

/** Megabytes: more than an honest model needs by far. */
const MEMORY = 1500
/** Milliseconds between two looks at the pulse of a thread. */
const LOOK = 250

export function openThread(data: Omit<ThreadData, 'pulse'>): JudgeThread {
  const pulse = new SharedArrayBuffer(4)
  const beat = new Int32Array(pulse)
  let worker: Worker | undefined
  const start = () =>
    new Worker(new URL('./judge-thread.js', import.meta.url), {
      workerData: { ...data, pulse } satisfies ThreadData,
      resourceLimits: { maxOldGenerationSizeMb: MEMORY },
    })
  const end = async () => {
    await worker?.terminate()
    worker = undefined
  }
  return {
    async judge(trial, limit) {
      worker ??= await online(start())
      const answer = await answerOf(worker, trial, limit, () => Atomics.load(beat, 0))
      if (answer === 'timeout') await end()
      return answer
    },
    close: end,
  }
}

const online = (worker: Worker): Promise<Worker> =>
  new Promise((resolve, reject) => {
    worker.once('error', reject)
    worker.once('online', () => {
      worker.off('error', reject)
      resolve(worker)
    })
  })

function answerOf(
  worker: Worker,
  trial: Trial,
  limit: number,
  beats: () => number,
): Promise<Answer | 'timeout'> {
  return new Promise((resolve) => {
    let before = beats()
    let since = performance.now()
    const watch = setInterval(() => {
      const now = beats()
      if (now !== before) {
        before = now
        since = performance.now()
      } else if (performance.now() - since > limit) settle('timeout')
    }, LOOK)
    const stuck = () => settle('timeout')
    const settle = (answer: Answer | 'timeout') => {
      clearInterval(watch)
      worker.off('message', settle).off('error', stuck).off('exit', stuck)
      resolve(answer)
    }
    worker.on('message', settle).on('error', stuck).on('exit', stuck)
    worker.postMessage(trial)
  })
}
