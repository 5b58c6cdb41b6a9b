import { host } from '../harness/targets/host.ts'
import type { StartedTarget } from '../harness/targets/target.ts'
import { initialWorld } from '../model/initial.ts'
import { linux } from '../model/profile.ts'
import type { Scenario } from '../model/vocabulary/scenario.ts'
import type { World } from '../model/world.ts'
import { factsOf, judge } from '../oracle/judge.ts'
import type { Recording } from '../oracle/trace/trace.ts'
import type { Hand } from '../properties/agreement/hands/hand.ts'
import { handCount } from '../properties/agreement/hands/hand-work.ts'
import { startHand } from '../properties/agreement/hands/thread.ts'
import { BATCH, UNDER_WAY } from '../properties/agreement/lane.ts'
import { drawFrom, randomFor } from '../properties/arbitraries/draw.ts'
import type { Foreseen } from '../properties/arbitraries/generate.ts'
import { bareSeconds } from './bare.ts'
import { type ShapeWork, shapeHand } from './shape-hand.ts'
import { generateShape, type Shape } from './shapes.ts'

export interface Measured {
  readonly shape: string
  readonly what: string
  readonly detection: string
  /** Scenarios per second: the probe alone, and end to end (generate, send, execute, receive, judge). */
  readonly bare: number
  readonly endToEnd: number
  readonly ratio: number
  readonly stepsPerSecond: number
  /** The same with one thread for generating, judging and talking to the probe. */
  readonly oneThread: number
  /** Steps judged per second by the oracle alone, on recordings that it has not seen. */
  readonly oracleAlone: number
  readonly notConforming: number
}

/** Scenarios a slice: bare probe and end to end alternate, since a shared machine is not equally fast all the time. */
const SLICE = 4000

/** Measures a shape in so many rounds of slices, and takes the median of each figure. */
export async function measure(shape: Shape, rounds: number): Promise<Measured> {
  return withTarget(async (target) => {
    const threads = openPipeline(target, shape, 1, 'threads')
    const oneThread = openPipeline(target, shape, 1, 'none')
    const results: { bare: number; endToEnd: number; oneThread: number }[] = []
    try {
      for (const pipeline of [threads, oneThread]) await pipeline.rate(SLICE)
      for (let round = 0; round < rounds; round++)
        results.push({
          bare: SLICE / (await bareSeconds(sample(target, shape, SLICE, round), process.env)),
          endToEnd: await threads.rate(SLICE),
          oneThread: await oneThread.rate(SLICE / 2),
        })
    } finally {
      await threads.close()
    }
    const endToEnd = median(results.map((result) => result.endToEnd))
    return {
      shape: shape.name,
      what: shape.what,
      detection: target.hello.detection,
      bare: Math.round(median(results.map(({ bare }) => bare))),
      endToEnd: Math.round(endToEnd),
      ratio: median(results.map((result) => result.endToEnd / result.bare)),
      stepsPerSecond: Math.round(endToEnd * shape.steps),
      oneThread: Math.round(median(results.map((result) => result.oneThread))),
      oracleAlone: await oracleAlone(target, shape),
      notConforming: threads.notConforming() + oneThread.notConforming(),
    }
  })
}

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN

/** Does something with a probe of its own. */
export async function withTarget<T>(use: (target: StartedTarget) => Promise<T>): Promise<T> {
  const target = await host.start({})
  try {
    return await use(target)
  } finally {
    await target.close()
  }
}

const foreseenAt = (start: World, shape: Shape, seed: number, index: number): Foreseen =>
  generateShape(drawFrom(randomFor(seed, index)), start, shape)

const startFor = ({ header }: StartedTarget, { actors }: Shape) => initialWorld(factsOf(header), actors)

const sample = (target: StartedTarget, shape: Shape, count: number, seed: number): readonly Scenario[] =>
  Array.from(
    { length: count },
    (_, index) => foreseenAt(startFor(target, shape), shape, seed, index).scenario,
  )

/** Generates, sends, executes, receives and judges, as a campaign does. */
export interface Pipeline {
  /** Scenarios per second of so many further scenarios. */
  rate(count: number): Promise<number>
  notConforming(): number
  close(): Promise<void>
}

/** With a thread for each hand, or with one hand in this thread. */
export function openPipeline(
  target: StartedTarget,
  shape: Shape,
  seed: number,
  kind: 'threads' | 'none',
): Pipeline {
  const work: ShapeWork = { header: target.header, shape, seed }
  const module = new URL('./hand-thread.js', import.meta.url)
  const hands =
    kind === 'none' ? [shapeHand(work)] : Array.from({ length: handCount }, () => startHand(module, work))
  let index = 0
  let notConforming = 0
  const strand = async (hand: Hand, end: number) => {
    while (index < end) {
      const size = Math.min(BATCH, end - index)
      const first = index
      index += size
      const { id, packet } = await hand.make(first, size)
      notConforming += (await hand.judge(id, await target.exchange(packet))).odd.length
    }
  }
  return {
    async rate(count) {
      const end = index + count
      const began = performance.now()
      await Promise.all(hands.flatMap((hand) => Array.from({ length: UNDER_WAY }, () => strand(hand, end))))
      return (count * 1000) / (performance.now() - began)
    },
    notConforming: () => notConforming,
    async close() {
      await Promise.all(hands.map((hand) => hand.close()))
    },
  }
}

/** The oracle without the generator's help. */
async function oracleAlone(target: StartedTarget, shape: Shape): Promise<number> {
  const scenarios = sample(target, shape, 2000, 99)
  const recordings: Recording[] = []
  for (let at = 0; at < scenarios.length; at += BATCH)
    recordings.push(...(await target.run(scenarios.slice(at, at + BATCH))))
  const { header } = target
  const start = startFor(target, shape)
  const began = performance.now()
  let steps = 0
  for (const recording of recordings)
    steps += judge(recording, header, linux, { start, profile: linux, steps: [] }).steps
  return Math.round((steps * 1000) / (performance.now() - began))
}
