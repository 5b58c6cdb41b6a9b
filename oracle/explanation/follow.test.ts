import { describe, expect, it } from 'vitest'
import { linux, posix } from '../../model/profile.ts'
import { parseScenario } from '../../model/vocabulary/text/parse.ts'
import { follow } from './follow.ts'

const both = [linux, posix]

const told = (text: string, profiles = both) => {
  const { steps, problem } = follow(parseScenario(text), profiles)
  return { steps: steps.map(({ followed, because }) => `${because}: ${followed.words}`), problem }
}

const sleepers = 'S = semget(private, 1)\nB: semop(S, [0 -1])\nC: semop(S, [0 -1])\nA: semop(S, [0 +1])'

describe('follow', () => {
  it('follows what Linux documents where nothing else decides', () => {
    expect(told(sleepers).steps[3]).toBe('documented: A returns 0; B returns 0')
  })

  it('follows what the file expects, whichever profile allows it', () => {
    expect(told(`${sleepers}\nC: returns`).steps[3]).toBe('expected: A returns 0; C returns 0')
  })

  it('follows what steps behind need', () => {
    expect(told(`${sleepers}\nC: getppid()`).steps[3]).toBe('needed: A returns 0; C returns 0')
  })

  it('has no choice where the profile allows one thing only', () => {
    expect(told(sleepers, [linux]).steps[3]).toBe('only: A returns 0; B returns 0')
  })

  it('tells which lines expect what is not allowed, and goes on', () => {
    const { steps } = follow(parseScenario(`${sleepers}\nC: returns -> EIDRM\nA: getppid()`), both)
    expect(steps[3]?.unmet.map(({ line }) => line)).toEqual([5])
    expect(steps).toHaveLength(5)
  })

  it.each([
    ['A: semop(S, [0 -1])\nA: getppid()', 'step 3 cannot be made: A is inside semop(S, [0 -1]) here'],
    ['A: _exit(0)\nA: getppid()', 'step 3 cannot be made: there is no process A here'],
    ['E: getppid()', 'step 2 cannot be made: there is no process E here'],
    ['A: kill(B, SIGSTOP)\nB: getppid()', 'step 3 cannot be made: B is stopped here'],
  ])('ends where nobody can act: %j', (text, problem) => {
    expect(told(`S = semget(private, 1)\n${text}`).problem).toBe(problem)
  })

  it('goes on from steps that were chosen', () => {
    const text = parseScenario(`${sleepers}\nC: getppid()`)
    const { steps } = follow(text, both)
    const chosen = steps[3]?.allowed[0]
    if (chosen === undefined) throw new Error('nothing is allowed')
    const before = [...steps.slice(0, 3), { ...steps[3], followed: chosen, outcome: chosen.outcome }]
    expect(follow(text, both, before as typeof steps).problem).toContain('step 5 cannot be made: C is inside')
  })
})
