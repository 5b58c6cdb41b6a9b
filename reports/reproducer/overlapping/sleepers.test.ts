import { describe, expect, it } from 'vitest'
import { linux } from '../../../model/profile.ts'
import { parseScenario } from '../../../model/vocabulary/text/parse.ts'
import { aHeader } from '../../../oracle/trace/a-header.testing.ts'
import { overlappingReproducer } from './reproducer.ts'
import { sleepersOf } from './sleepers.ts'
import { observed } from './story.ts'

/** Two semaphores; who sleeps waits for both, in this way. */
const account = (operations: string, looked: string, came = 'asleep') => ({
  program: observed({
    scenario: parseScenario(
      `A: S = semget(private, 2)\nA: semop(S, [0 +1])\nB: semop(S, ${operations})\nA: semctl(S, 0, GETALL)\n`,
    ).scenario,
    ...{ first: 1, last: 3 },
  }),
  ...{ header: aHeader(), allowed: [], seen: ['0', came, looked], forbidden: null },
})

describe('who sleeps in the end', () => {
  it('may not where all its operations can be done, one after the other', () => {
    expect(sleepersOf(account('[0 -1, 1 0]', '0 values=1,0'))).toMatchObject({ look: 3, semaphores: 2 })
    expect(sleepersOf(account('[0 -1, 0 0]', '0 values=1,0'))).toBeDefined()
    expect(sleepersOf(account('[0 +1, 0 -2]', '0 values=1,0'))).toBeDefined()
  })

  it('may where one of them cannot', () => {
    expect(sleepersOf(account('[0 -1, 1 -1]', '0 values=1,0'))).toBeUndefined()
    expect(sleepersOf(account('[0 0]', '0 values=1,0'))).toBeUndefined()
    expect(sleepersOf(account('[0 -1, 0 -1]', '0 values=1,0'))).toBeUndefined()
  })

  it('is not known where nobody looked, or does not sleep', () => {
    expect(sleepersOf(account('[0 -1]', 'EIDRM'))).toBeUndefined()
    expect(sleepersOf(account('[0 -1]', '0 values=1,0', '0'))).toBeUndefined()
    expect(sleepersOf({ ...account('[0 -1]', '0 values=1,0'), seen: null })).toBeUndefined()
  })

  it('is told by a C program that has no table of all ways', () => {
    const options = { rule: 'semop.dec', clause: undefined, profile: linux, file: 'reproducer.c' }
    const made = overlappingReproducer(account('[0 -1, 1 0]', '0 values=1,0'), options)
    const text = 'text' in made ? made.text : made.obstacle
    expect(text).toContain('{ 3, 2, { { 0, -1, 0 }, { 1, 0, 0 } } },')
    expect(text).toContain('after[sem] = s->all4[sem];')
    expect(text).toContain('nobody may be asleep in the end')
    expect(text).not.toContain('allowed[]')
  })
})
