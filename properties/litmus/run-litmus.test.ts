import { describe, expect, it } from 'vitest'
import type { StartedTarget } from '../../harness/targets/target.ts'
import { linux, type Profile, posix } from '../../model/profile.ts'
import type { Scenario } from '../../model/vocabulary/scenario.ts'
import { simulate } from '../../oracle/simulate.ts'
import { aHeader } from '../../oracle/trace/a-header.testing.ts'
import { litmusLibrary } from './library.ts'
import type { LitmusTest } from './litmus-test.ts'
import { runLitmus } from './run-litmus.ts'

const header = aHeader()

/** A target that does what a profile allows, always the last of the ways. */
const targetOf = (profile: Profile): StartedTarget =>
  ({
    header,
    run: async (scenarios: readonly Scenario[]) =>
      scenarios.map((each) => simulate(each, header, profile, (count) => count - 1)),
    close: async () => {},
  }) as unknown as StartedTarget

const named = (name: string): LitmusTest => {
  const test = litmusLibrary().get(name)
  if (test === undefined) throw new Error(`there is no ${name}`)
  return test
}

const options = { runs: 0, seed: 1, stop: new AbortController().signal }

describe('runLitmus', () => {
  it('counts how a test ends in every order of its calls', async () => {
    const ran = await runLitmus(named('messages/two-receivers-one-message'), targetOf(linux), {
      ...{ ...options, profile: linux },
    })
    expect(ran).toMatchObject({
      runs: 6,
      complete: true,
      observation: 'Always',
      strayed: 0,
      inconclusive: [],
    })
    expect(ran.ends.map(({ count, end }) => [count, end['B.1'], end['C.1']])).toEqual([
      [3, 8, 'asleep'],
      [3, 'asleep', 8],
    ])
  })

  it('tells the end that the profile does not allow, with the step that deviates', async () => {
    const test = named('semaphores/older-sleeper-first')
    const ran = await runLitmus(test, targetOf(posix), { ...options, profile: linux })
    expect(ran.observation).toBe('Always')
    expect(ran.ends).toMatchObject([
      { count: 1, holds: true, end: { 'C.0': 0 }, forbidden: { deviation: { rule: 'sem.fifo.same-op' } } },
    ])
    const allowed = await runLitmus(test, targetOf(posix), { ...options, profile: posix })
    expect(allowed.ends).toMatchObject([{ holds: true, forbidden: null }])
  })

  it('does not count runs that an allowed choice led astray', async () => {
    const test = named('semaphores/older-sleeper-first')
    const more = {
      ...test,
      columns: [...test.columns, { actor: 'B', calls: [{ name: 'getppid' } as const] }],
    }
    const ran = await runLitmus(more, targetOf(posix), { ...options, profile: posix })
    expect(ran.runs + ran.strayed + ran.inconclusive.length).toBeGreaterThan(0)
  })
})
