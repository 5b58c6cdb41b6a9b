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

/** Measures a shape: bare probe and end to end alternate, and the best of each is compared. */
export async function measure(shape: Shape, scenarios: number, rounds: number): Promise<Measured> {
  return withTarget(async (target) => {
    const results = []
    for (let round = 0; round < rounds; round++) {
      const bare = scenarios / (await bareSeconds(sample(target, shape, scenarios, round), process.env))
      const oneThread = (await endToEnd(target, shape, scenarios / 4, round, 'none')).rate
      results.push({ bare, oneThread, ...(await endToEnd(target, shape, scenarios, round)) })
    }
    const best = results.reduce((a, b) => (a.rate > b.rate ? a : b))
    const bare = Math.max(...results.map((result) => result.bare))
    return {
      shape: shape.name,
      what: shape.what,
      detection: target.hello.detection,
      bare: Math.round(bare),
      endToEnd: Math.round(best.rate),
      ratio: best.rate / bare,
      stepsPerSecond: Math.round(best.rate * shape.steps),
      oneThread: Math.round(Math.max(...results.map(({ oneThread }) => oneThread))),
      oracleAlone: await oracleAlone(target, shape),
      notConforming: results.reduce((sum, { notConforming }) => sum + notConforming, 0),
    }
  })
}

/** Does something with a probe of its own. */
export async function withTarget<T>(use: (target: StartedTarget) => Promise<T>): Promise<T> {
  const target = await host.start({})
  try {
    return await use(target)
  } finally {
    await target.close()
  }
}

/** Scenarios before the clock runs, so that threads are there and compiled. */
const WARM = 4000

export interface Rate {
  /** Scenarios per second, from generating to judging. */
  readonly rate: number
  readonly notConforming: number
}

const foreseenAt = (start: World, shape: Shape, seed: number, index: number): Foreseen =>
  generateShape(drawFrom(randomFor(seed, index)), start, shape)

const startFor = ({ header }: StartedTarget, { actors }: Shape) => initialWorld(factsOf(header), actors)

const sample = (target: StartedTarget, shape: Shape, count: number, seed: number): readonly Scenario[] =>
  Array.from(
    { length: count },
    (_, index) => foreseenAt(startFor(target, shape), shape, seed, index).scenario,
  )

/** Generates, sends, executes, receives and judges with the hands, as a campaign does. */
export async function endToEnd(
  target: StartedTarget,
  shape: Shape,
  count: number,
  seed: number,
  hands: 'threads' | 'none' = 'threads',
): Promise<Rate> {
  const work: ShapeWork = { header: target.header, shape, seed }
  const module = new URL('./hand-thread.js', import.meta.url)
  const own =
    hands === 'none' ? [shapeHand(work)] : Array.from({ length: handCount }, () => startHand(module, work))
  let notConforming = 0
  const run = async (from: number, to: number) => {
    let index = from
    const strand = async (hand: Hand) => {
      while (index < to) {
        const size = Math.min(BATCH, to - index)
        const first = index
        index += size
        const { id, packet } = await hand.make(first, size)
        notConforming += (await hand.judge(id, await target.exchange(packet))).odd.length
      }
    }
    await Promise.all(own.flatMap((hand) => Array.from({ length: UNDER_WAY }, () => strand(hand))))
  }
  try {
    await run(count, count + WARM)
    const began = performance.now()
    await run(0, count)
    const seconds = (performance.now() - began) / 1000
    return { rate: count / seconds, notConforming }
  } finally {
    await Promise.all(own.map((hand) => hand.close()))
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
