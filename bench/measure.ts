import { host } from '../harness/targets/host.ts'
import type { StartedTarget } from '../harness/targets/target.ts'
import { initialWorld } from '../model/initial.ts'
import { linux } from '../model/profile.ts'
import type { Scenario } from '../model/vocabulary/scenario.ts'
import type { World } from '../model/world.ts'
import { factsOf, judge } from '../oracle/judge.ts'
import type { Recording } from '../oracle/trace/trace.ts'
import { drawFrom, randomFor } from '../properties/arbitraries/draw.ts'
import type { Foreseen } from '../properties/arbitraries/generate.ts'
import { bareSeconds } from './bare.ts'
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
  /** Microseconds of Node per step: generate, judge. */
  readonly generate: number
  readonly judge: number
  /** Steps judged per second by the oracle alone, on recordings that it has not seen. */
  readonly oracleAlone: number
  readonly notConforming: number
}

const BATCH = 32
const UNDER_WAY = 2

/** Measures a shape: bare probe and end to end alternate, and the best of each is compared. */
export async function measure(shape: Shape, scenarios: number, rounds: number): Promise<Measured> {
  return withTarget(async (target) => {
    const results = []
    for (let round = 0; round < rounds; round++) {
      const bare = scenarios / (await bareSeconds(sample(target, shape, scenarios, round), process.env))
      results.push({ bare, ...(await endToEnd(target, shape, scenarios, round)) })
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
      generate: best.generate,
      judge: best.judge,
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

export interface Rate {
  /** Scenarios per second, from generating to judging. */
  readonly rate: number
  /** Microseconds of Node per step: generate, judge. */
  readonly generate: number
  readonly judge: number
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

export async function endToEnd(
  target: StartedTarget,
  shape: Shape,
  count: number,
  seed: number,
): Promise<Rate> {
  const start = startFor(target, shape)
  let index = 0
  let generating = 0
  let judging = 0
  let notConforming = 0
  const worker = async () => {
    while (index < count) {
      const began = performance.now()
      const batch: Foreseen[] = []
      for (let at = 0; at < BATCH && index < count; at++) batch.push(foreseenAt(start, shape, seed, index++))
      generating += performance.now() - began
      const recordings = await target.run(batch.map(({ scenario }) => scenario))
      const received = performance.now()
      for (const [at, recording] of recordings.entries())
        if (judge(recording, target.header, linux, batch[at]?.foresight).verdict !== 'conforms')
          notConforming++
      judging += performance.now() - received
    }
  }
  const began = performance.now()
  await Promise.all(Array.from({ length: UNDER_WAY }, worker))
  const seconds = (performance.now() - began) / 1000
  const perStep = (milliseconds: number) => (milliseconds * 1000) / (count * shape.steps)
  return { rate: count / seconds, generate: perStep(generating), judge: perStep(judging), notConforming }
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
