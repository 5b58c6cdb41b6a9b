import { describe, expect, it } from 'vitest'
import type { RunRecord } from '../oracle/run.ts'
import { recorded } from './recorded-io.testing.ts'

const few = ['run', 'semaphores', '--scenarios', '1', '--json']

describe('a target that cannot be used ends with status 3 and a sentence that says what to do', () => {
  it.each<[string, readonly string[], string]>([
    ['a wrapper that is not there', ['--wrap', 'no-such-wrapper'], 'there is no command `no-such-wrapper`'],
    ['a wrapper that ends at once', ['--wrap', 'true'], 'exited with status 0. Check --wrap'],
    ['a wrapper that prints', ['--wrap', 'echo'], 'Check --wrap'],
    ['a compiler that is not there', ['--cc', 'no-such-cc'], '`no-such-cc` was not found'],
    ['a compiler that fails', ['--cc', 'false'], 'does not compile with `false`, which says nothing'],
    ['a wrapper that fails', ['--target', 'host', '--wrap', 'false'], 'status 1'],
  ])('%s', async (_, words, sentence) => {
    const { status, out } = await recorded(...few, ...words)
    expect(status).toBe(3)
    const run = JSON.parse(out) as RunRecord
    expect(run.verdict).toBe('inconclusive')
    expect(run.targets.map(({ errors }) => errors.join())).toEqual([expect.stringContaining(sentence)])
  })

  it('replays nothing there', async () => {
    const scenario = 'properties/scenarios/semaphores/lock-pattern.scenario'
    const { status, err } = await recorded('replay', scenario, '--wrap', 'true')
    expect([status, err]).toEqual([3, expect.stringContaining('Check --wrap')])
  })
})

describe('a target that is named twice', () => {
  it('runs once', async () => {
    const { status, out } = await recorded(...few, '--target', 'host', '--target', 'host')
    expect(status).toBe(0)
    expect((JSON.parse(out) as RunRecord).targets.map(({ name }) => name)).toEqual(['host'])
  })
})
