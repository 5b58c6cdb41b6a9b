import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Answer, decodeResult, WireError } from '../../../harness/protocol/decode.ts'
import { createEncoder } from '../../../harness/protocol/encode.ts'
import { resultWords } from '../../../harness/protocol/result-words.ts'
import type { Foresight } from '../../../model/foresight.ts'
import { initialWorld } from '../../../model/initial.ts'
import { linux } from '../../../model/profile.ts'
import { rootActors } from '../../../model/vocabulary/scenario.ts'
import { factsOf, judge } from '../../../oracle/judge.ts'
import { simulate } from '../../../oracle/simulate.ts'
import { aHeader } from '../../../oracle/trace/a-header.testing.ts'
import type { Recording, TraceEvent } from '../../../oracle/trace/trace.ts'
import { drawFrom, randomFor } from '../../arbitraries/draw.ts'
import { type Foreseen, foresee } from '../../arbitraries/generate.ts'
import { alter, expectedSteps } from '../../invariants/alterations.ts'
import { isAsForeseen } from './as-foreseen.ts'
import { createForeteller, inOrderOf } from './foretold.ts'

const header = aHeader()
const start = initialWorld(factsOf(header), rootActors)
const RUNS = 150
/** Recordings or answers with something changed, of each scenario. */
const CHANGES = 6

const families = ['semaphores', 'messages', 'shared-memory', 'processes'] as const

const made = (seed: number, slow = false): Foreseen =>
  foresee(drawFrom(randomFor(seed, 0)), { start, families, slow })

function answer(recording: Recording, { scenario }: Foreseen): Answer {
  const request = createEncoder().add(scenario, 0)
  const inOrder = inOrderOf(request.actors) as (a: TraceEvent, b: TraceEvent) => number
  const steps = recording.steps.map((step) => ({ ...step, events: step.events.toSorted(inOrder) }))
  const words = resultWords({ ...recording, steps }, request)
  return { words, from: 0, to: words.length, request }
}

/** Whether the answer is the one that is foretold. */
function isForetold(given: Answer, { foresight }: Foreseen): boolean {
  const foreteller = createForeteller(header, () => undefined)
  const number = foreteller.add(foresight, given.request)
  const [foretold] = foreteller.take()
  return number !== undefined && foretold !== undefined && isAsForeseen(given, foretold, header)
}

const isOpen = ({ steps }: Foresight) => steps.some((all) => all.length > 1 || all[0]?.choices.length !== 0)

/** A yes is what the oracle says, too. */
function expectConforming(words: Answer, { foresight }: Foreseen): void {
  const rules = foresight.steps.map(([outcome]) => outcome?.rules)
  expect(judge(decodeResult(words), header, linux)).toMatchObject({
    ...{ verdict: 'conforms', reason: '', deviations: [], choices: [] },
    ...{ exercised: rules, met: rules },
  })
}

describe('an answer', () => {
  it('is as foreseen if the target does what it must', () => {
    let open = 0
    fc.assert(
      fc.property(fc.nat(), fc.boolean(), (seed, slow) => {
        const scenario = made(seed, slow)
        const words = answer(simulate(scenario.scenario, header, linux), scenario)
        if (isOpen(scenario.foresight)) open++
        expect(isForetold(words, scenario)).toBe(!isOpen(scenario.foresight))
        if (!isOpen(scenario.foresight)) expectConforming(words, scenario)
      }),
      { numRuns: RUNS },
    )
    expect(open).toBeLessThan(RUNS / 2)
  })

  it('is not as foreseen if it deviates', () => {
    let changed = 0
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const scenario = made(seed)
        const draw = drawFrom(randomFor(seed, 1))
        const recording = simulate(scenario.scenario, header, linux)
        const expected = expectedSteps(recording, start)
        for (let times = 0; times < CHANGES; times++) {
          const words = answer(alter(recording, expected, draw).recording, scenario)
          if (isForetold(words, scenario)) expectConforming(words, scenario)
          else changed++
        }
      }),
      { numRuns: RUNS },
    )
    expect(changed).toBeGreaterThan((RUNS * CHANGES) / 2)
  })

  it('is not as foreseen if its words are wrong', () => {
    let changed = 0
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const scenario = made(seed)
        const draw = drawFrom(randomFor(seed, 2))
        const { words, request } = answer(simulate(scenario.scenario, header, linux), scenario)
        for (let times = 0; times < CHANGES; times++) {
          const wrong = words.slice()
          const at = draw.int(wrong.length)
          wrong[at] = draw.pick([0, 1, -1, (wrong[at] ?? 0) + 1, (wrong[at] ?? 0) ^ 0x10000])
          const to = draw.chance(20) ? draw.int(wrong.length) : wrong.length
          const altered = { words: wrong, from: 0, to, request }
          if (isForetold(altered, scenario)) expectConforming(altered, scenario)
          else changed++
        }
      }),
      { numRuns: RUNS },
    )
    expect(changed).toBeGreaterThan((RUNS * CHANGES) / 2)
  })

  it('is not as foreseen if it ends too early, which is no protocol', () => {
    const scenario = made(1)
    const { words, request } = answer(simulate(scenario.scenario, header, linux), scenario)
    for (let to = 0; to < words.length; to++) {
      const cut = { words, from: 0, to, request }
      expect(isForetold(cut, scenario)).toBe(false)
      expect(() => decodeResult(cut)).toThrow(WireError)
    }
  })
})
