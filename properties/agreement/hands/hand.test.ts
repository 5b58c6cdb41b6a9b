import { describe, expect, it } from 'vitest'
import { createEncoder } from '../../../harness/protocol/encode.ts'
import type { Reply } from '../../../harness/protocol/packet.ts'
import { resultWords } from '../../../harness/protocol/result-words.ts'
import { initialWorld } from '../../../model/initial.ts'
import { linux } from '../../../model/profile.ts'
import { rootActors } from '../../../model/vocabulary/scenario.ts'
import { factsOf } from '../../../oracle/judge.ts'
import { simulate } from '../../../oracle/simulate.ts'
import { aHeader } from '../../../oracle/trace/a-header.testing.ts'
import { type Sourced, sourcedOf } from '../source.ts'
import { createHand } from './hand.ts'

const header = aHeader()
const start = initialWorld(factsOf(header), rootActors)
const generate = (index: number): Sourced => {
  const sourced = sourcedOf(`f:${index}`, 1, start, ['messages'])
  if (sourced === undefined) throw new Error('no scenario')
  return sourced
}

/** What a probe would answer to the scenarios `0` up to `count`; the `lying` one's last step is another than it was. */
function answer(count: number, lying = -1): Reply {
  const encoder = createEncoder()
  const results = Array.from({ length: count }, (_, index) => {
    const recording = simulate(generate(index).scenario, header, linux)
    const steps = recording.steps.map((step, at, all) =>
      index === lying && at === all.length - 1 ? { ...step, events: [] } : step,
    )
    return resultWords({ ...recording, steps }, encoder.add(recording.scenario, index))
  })
  return Int32Array.from(results.flatMap((words) => [words.length, ...words]))
}

describe('a hand', () => {
  it('counts what conforms', async () => {
    const hand = createHand(generate, header, linux)
    const { id, packet } = await hand.make(0, 5)
    expect(packet).toMatchObject({ requests: 5, first: 0 })
    const steps = [0, 1, 2, 3, 4].reduce((sum, index) => sum + generate(index).scenario.steps.length, 0)
    expect(await hand.judge(id, answer(5))).toEqual({ scenarios: 5, steps, odd: [], garbage: '' })
    expect([...(await hand.counts()).values()].some(({ met }) => met > 0)).toBe(true)
  })

  it('hands out what does not conform', async () => {
    const hand = createHand(generate, header, linux)
    const { id } = await hand.make(0, 3)
    const judged = await hand.judge(id, answer(3, 1))
    expect(judged.odd.map(({ origin }) => origin)).toEqual(['f:1'])
    expect(judged.odd[0]?.recording.scenario).toEqual(generate(1).scenario)
  })

  it.each([
    ['too short', (reply: Reply) => reply.subarray(0, 3)],
    ['too long', (reply: Reply) => Int32Array.of(...reply, 1)],
    ['with a wrong length', (reply: Reply) => Int32Array.of(3, ...reply.subarray(1))],
  ])('says so when a reply is %s', async (_, change) => {
    const hand = createHand(generate, header, linux)
    const { id } = await hand.make(0, 2)
    const judged = await hand.judge(id, change(answer(2)) as Reply)
    expect(judged).toMatchObject({ scenarios: 0, steps: 0, odd: [] })
    expect(judged.garbage).not.toBe('')
  })
})
