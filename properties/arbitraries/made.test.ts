import { describe, expect, it } from 'vitest'
import type { Step } from '../../model/vocabulary/scenario.ts'
import { createMade, MADE_ACTORS_MAX } from './made.ts'

const fork = (number: number): Step => ({ actor: 'A', call: { name: 'fork', as: `E${number}` } })
const thread = (number: number): Step => ({
  actor: 'A',
  call: { name: 'thread', flags: 0, as: `T${number}` },
})
const exit: Step = { actor: 'A', call: { name: '_exit', status: 0 } }

describe('createMade', () => {
  it('covers actors and variables that were made', () => {
    const made = createMade()
    const wait: Step = { actor: 'A', call: { name: 'waitpid', process: 'E1', options: 0, location: 0 } }
    expect([made.covers(wait), made.covers({ ...exit, actor: 'E1' })]).toEqual([false, false])
    made.add(fork(1))
    expect([made.covers(wait), made.covers({ ...exit, actor: 'E1' })]).toEqual([true, true])
  })

  it('covers no more processes and threads than the probe has room for', () => {
    const made = createMade()
    for (let number = 1; number <= MADE_ACTORS_MAX; number++) {
      const step = number % 3 === 0 ? thread(number) : fork(number)
      expect(made.covers(step)).toBe(true)
      made.add(step)
    }
    expect([made.covers(fork(99)), made.covers(thread(99))]).toEqual([false, false])
    expect(made.covers(exit)).toBe(true)
  })
})
