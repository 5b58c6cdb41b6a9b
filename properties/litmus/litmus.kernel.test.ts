import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { host } from '../../harness/targets/host.ts'
import type { StartedTarget } from '../../harness/targets/target.ts'
import { linux, posix } from '../../model/profile.ts'
import { factsOf } from '../../oracle/judge.ts'
import { possibleEnds } from './enumerate.ts'
import { litmusLibrary } from './library.ts'
import type { End } from './proposition.ts'
import { runLitmus } from './run-litmus.ts'

let target: StartedTarget
beforeAll(async () => {
  target = await host.start({})
})
afterAll(() => target.close())

const stop = new AbortController().signal

/** Whether an end is one that the model knows, which may leave parts of it open. */
const isKnown = (end: End, known: readonly End[]) =>
  known.some((other) =>
    Object.entries(other).every(([name, value]) => value === 'any' || end[name] === value),
  )

describe.each([linux, posix])('profile $name and this kernel agree', (profile) => {
  it.each([...litmusLibrary()])('on %s', async (_, test) => {
    const { ends, runs, inconclusive } = await runLitmus(test, target, { profile, runs: 0, seed: 1, stop })
    expect(inconclusive).toEqual([])
    expect(runs).toBeGreaterThan(0)
    expect(ends.filter(({ forbidden }) => forbidden !== null)).toEqual([])
    const known = possibleEnds(test, profile, { facts: factsOf(target.header) }).map(({ end }) => end)
    expect(ends.filter(({ end }) => !isKnown(end, known))).toEqual([])
  })
})
