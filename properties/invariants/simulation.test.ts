import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { initialWorld } from '../../model/initial.ts'
import { linux, posix } from '../../model/profile.ts'
import { rootActors } from '../../model/vocabulary/scenario.ts'
import { parseScenario } from '../../model/vocabulary/text/parse.ts'
import { printScenario } from '../../model/vocabulary/text/print.ts'
import { factsOf, judge } from '../../oracle/judge.ts'
import { simulate } from '../../oracle/simulate.ts'
import { aHeader } from '../../oracle/trace/a-header.testing.ts'
import { drawFrom, randomFor } from '../arbitraries/draw.ts'
import { scenarios } from '../arbitraries/scenario.ts'
import { isRunnable } from '../arbitraries/shrink.ts'
import { alter, expectedSteps } from './alterations.ts'

const header = aHeader()
const start = initialWorld(factsOf(header), rootActors)
/** Scenarios of each family in each property, and alterations of each of them. */
const RUNS = 25
const ALTERATIONS = 5

const families = ['semaphores', 'messages', 'shared-memory', 'processes'] as const

describe.each(families)('generated scenarios of %s', { timeout: 60_000 }, (family) => {
  const fast = scenarios({ start, families: [family], slow: false })
  const slow = scenarios({ start, families: [family], slow: true })
  const any = fc.oneof(fast, slow)

  it('can be run', () => {
    fc.assert(
      fc.property(any, ({ steps }) => {
        expect(isRunnable(steps, start)).toBe(true)
      }),
      { numRuns: RUNS },
    )
  })

  it('read as they were written', () => {
    fc.assert(
      fc.property(any, (scenario) => {
        expect(parseScenario(printScenario(scenario)).scenario).toEqual(scenario)
      }),
      { numRuns: RUNS },
    )
  })

  it('conform in both profiles where a target does what Linux documents', () => {
    fc.assert(
      fc.property(any, (scenario) => {
        const recording = simulate(scenario, header, linux)
        expect(recording.scenario.steps).toHaveLength(scenario.steps.length)
        expect(judge(recording, header, linux)).toMatchObject({ verdict: 'conforms', reason: '' })
        expect(judge(recording, header, posix)).toMatchObject({ verdict: 'conforms', reason: '' })
      }),
      { numRuns: RUNS },
    )
  })

  it.each([
    linux,
    posix,
  ])('conform in profile $name where a target does anything that it allows', (profile) => {
    fc.assert(
      fc.property(any, fc.nat(), (scenario, seed) => {
        const draw = drawFrom(randomFor(seed, 0))
        const recording = simulate(scenario, header, profile, (count) => draw.int(count))
        expect(judge(recording, header, profile)).toMatchObject({ verdict: 'conforms', reason: '' })
      }),
      { numRuns: RUNS },
    )
  })

  it('deviate where one observation is another one, and are accepted where nobody could tell', () => {
    let all = 0
    let noticed = 0
    fc.assert(
      fc.property(any, fc.nat(), (scenario, seed) => {
        const draw = drawFrom(randomFor(seed, 0))
        const recording = simulate(scenario, header, linux)
        const expected = expectedSteps(recording, start)
        for (let times = 0; times < ALTERATIONS; times++) {
          const { recording: altered, what, excuse } = alter(recording, expected, draw)
          const { verdict } = judge(altered, header, linux)
          all++
          if (verdict === 'deviates') noticed++
          if (excuse === '') expect({ what, verdict }).toEqual({ what, verdict: 'deviates' })
          else if (excuse !== 'another outcome')
            expect({ what, excuse, verdict }).toEqual({ what, excuse, verdict: 'conforms' })
        }
      }),
      { numRuns: RUNS },
    )
    expect(noticed / all).toBeGreaterThan(0.85)
  })
})
