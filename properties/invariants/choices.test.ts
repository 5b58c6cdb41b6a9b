import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { initialWorld } from '../../model/initial.ts'
import { linux, posix } from '../../model/profile.ts'
import { rootActors } from '../../model/vocabulary/scenario.ts'
import { factsOf, judge } from '../../oracle/judge.ts'
import { simulate } from '../../oracle/simulate.ts'
import { aHeader } from '../../oracle/trace/a-header.testing.ts'
import { drawFrom, randomFor } from '../arbitraries/draw.ts'
import { foresee } from '../arbitraries/generate.ts'

const header = aHeader()
const start = initialWorld(factsOf(header), rootActors)
const RUNS = 150

describe.each([
  ['semaphores', ['semaphores', 'processes']],
  ['messages', ['messages', 'processes']],
  ['shared memory', ['shared-memory', 'processes']],
] as const)('what Linux does about %s', (_, families) => {
  it('is what profile posix takes for the documented choice, unless Linux leaves it open', () => {
    let chosen = 0
    fc.assert(
      fc.property(fc.nat(), fc.boolean(), (seed, slow) => {
        const { scenario, foresight } = foresee(drawFrom(randomFor(seed, 0)), { start, families, slow })
        const openOnLinux = new Set(
          foresight.steps.flatMap((all) => all.flatMap(({ choices }) => choices.map(({ rule }) => rule))),
        )
        const { choices } = judge(simulate(scenario, header, linux), header, posix)
        chosen += choices.length
        expect(choices.filter(({ rule, index }) => index > 0 && !openOnLinux.has(rule))).toEqual([])
      }),
      { numRuns: RUNS },
    )
    expect(chosen).toBeGreaterThan(RUNS / 10)
  })
})
