import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { host } from '../../harness/targets/host.ts'
import type { StartedTarget } from '../../harness/targets/target.ts'
import { initialWorld } from '../../model/initial.ts'
import { linux, posix } from '../../model/profile.ts'
import { rootActors } from '../../model/vocabulary/scenario.ts'
import { factsOf, judge } from '../../oracle/judge.ts'
import { scenarios } from '../arbitraries/scenario.ts'

/** Scenarios a family and profile: a run of `ipc-oracle run` tries some ten thousand. */
const RUNS = 150

let target: StartedTarget
beforeAll(async () => {
  target = await host.start({})
})
afterAll(() => target.close())

describe.each([linux, posix])('profile $name and this kernel agree', (profile) => {
  it.each(['semaphores', 'messages', 'shared-memory', 'processes'] as const)('on %s', async (family) => {
    const start = initialWorld(factsOf(target.header), rootActors)
    const arbitrary = scenarios({ start, families: [family], slow: false })
    const property = fc.asyncProperty(arbitrary, async (scenario) => {
      const [recording] = await target.run([scenario])
      if (recording === undefined) throw new Error('the probe did not answer')
      expect(judge(recording, target.header, profile).verdict).toBe('conforms')
    })
    await fc.assert(property, { numRuns: RUNS })
  })
})
