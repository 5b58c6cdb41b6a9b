import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Scenario } from '../../model/vocabulary/scenario.ts'
import type { TraceEvent } from '../../oracle/trace/trace.ts'
import { NotInstalled } from '../problems.ts'
import type { StartedTarget, Target } from './target.ts'
import { targets } from './targets.ts'

/** The target, or why it cannot be had here. A probe that does not start although all is installed fails the tests. */
async function tryToStart(target: Target): Promise<StartedTarget | NotInstalled> {
  try {
    return await target.start({})
  } catch (error) {
    if (error instanceof NotInstalled) return error
    throw error
  }
}

const isStarted = (tried: StartedTarget | NotInstalled | undefined): tried is StartedTarget =>
  tried !== undefined && !(tried instanceof NotInstalled)

/** A sleeper, who woke it, 64-bit values and a list of words. */
const scenario: Scenario = {
  title: '',
  steps: [
    { actor: 'A', call: { name: 'semget', key: 'private', nsems: 2, flags: 0o600, as: 'S' } },
    { actor: 'A', call: { name: 'semctl.SETALL', set: 'S', values: [0, 32767], semnum: 0 } },
    { actor: 'B', call: { name: 'semop', set: 'S', operations: [{ sem: 0, change: -1, flags: 0 }] } },
    { actor: 'A', call: { name: 'semop', set: 'S', operations: [{ sem: 0, change: 1, flags: 0 }] } },
    { actor: 'A', call: { name: 'semctl.GETALL', set: 'S', semnum: 0 } },
    { actor: 'A', call: { name: 'msgget', key: 'private', flags: 0o600, as: 'Q' } },
    { actor: 'A', call: { name: 'msgsnd', queue: 'Q', type: 65537, size: 3, fill: 7, flags: 0 } },
    { actor: 'A', call: { name: 'msgrcv', queue: 'Q', size: 100, type: 0, flags: 0 } },
  ],
}

const returned = (actor: string, value: unknown, out: unknown = null): TraceEvent =>
  ({ is: 'returned', actor, value, errno: 0, out, clobbered: false }) as TraceEvent

describe.each(targets.map((target) => [target.name, target] as const))('target %s', (name, target) => {
  let tried: StartedTarget | NotInstalled | undefined
  beforeAll(async () => {
    tried = await tryToStart(target)
    if (tried instanceof NotInstalled) console.error(`Skipped: ${tried.message}`)
  }, 120_000)
  afterAll(() => (isStarted(tried) ? tried.close() : undefined))

  it('records what happens, in whatever byte order and word size, or says what to install', async (context) => {
    if (!isStarted(tried)) {
      if (tried === undefined) throw new Error('the target was not tried')
      expect(tried.install).toContain('apt-get install')
      expect(tried.message).toContain(`npm run provision ${name}`)
      return context.skip(tried.message)
    }
    expect(tried.header.target).toBe(name)
    const [recording] = await tried.run([scenario])
    expect(recording?.problem).toBe('')
    const events = recording?.steps.map((step) => step.events) ?? []
    expect(events[2]).toEqual([])
    expect(events[3]).toEqual(expect.arrayContaining([returned('A', 0), returned('B', 0)]))
    expect(events[4]).toEqual([returned('A', 0, [[0, 32767]])])
    expect(events[7]).toEqual([returned('A', 3, [65537, expect.any(Number), 3, expect.any(Number)])])
  }, 60_000)
})
