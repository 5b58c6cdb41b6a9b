import { describe, expect, it } from 'vitest'
import { initialWorld, usualFacts } from '../../model/initial.ts'
import { linux, type Profile } from '../../model/profile.ts'
import { rootActors } from '../../model/vocabulary/scenario.ts'
import { parseScenario } from '../../model/vocabulary/text/parse.ts'
import { aHeader } from '../trace/a-header.testing.ts'
import { ManyOutcomes, possibleOutcomes } from './possible.ts'

/** The ways in which the lines between come out, and those behind. */
function ways(before: string, together: string, after = '', profile: Profile = linux): readonly string[] {
  const lines = (text: string) => text.split('\n').filter((line) => line.trim() !== '')
  const steps = parseScenario([before, together, after].join('\n')).scenario.steps
  const first = lines(before).length
  const program = { scenario: { title: '', steps }, first, last: first + lines(together).length }
  const start = initialWorld(usualFacts, rootActors)
  return possibleOutcomes(program, { start, header: aHeader(), profile })
    .map((outcome) => outcome.join('; '))
    .sort()
}

const set = 'D: S = semget(private, 2)\nD: semctl(S, 0, SETALL, {0 0})'

describe('the ways in which a program may come out', () => {
  it('are those of all orders', () => {
    const together = 'A: semop(S, [0 +1, 1 +1])\nB: semctl(S, 0, GETALL)'
    expect(ways(set, together)).toEqual(['0; 0 values=0,0', '0; 0 values=1,1'])
  })

  it('say who sleeps when nobody can go on', () => {
    const together = 'A: semop(S, [0 +1])\nB: semop(S, [0 -1])\nC: semop(S, [0 -1])'
    expect(ways(set, together, 'D: semctl(S, 0, GETNCNT)')).toEqual(['0; 0; asleep; 1', '0; asleep; 0; 1'])
  })

  it('leave out what follows a call that sleeps', () => {
    expect(ways(set, 'A: semop(S, [0 -1])\nA: semop(S, [1 +1])')).toEqual(['asleep; not made'])
  })

  it('end the list of whoever is woken behind the calls that overlap', () => {
    const together = 'A: semop(S, [0 -1])\nA: semop(S, [1 +1])'
    expect(ways(set, together, 'D: semop(S, [0 +1])\nD: semctl(S, 1, GETVAL)')).toEqual(['0; not made; 0; 0'])
  })

  it('have a removal find a call before it looks and while it sleeps', () => {
    const together = 'A: semctl(S, 0, IPC_RMID)\nB: semop(S, [0 +1])\nC: semop(S, [1 -1])'
    expect(ways(set, together)).toEqual([
      '0; 0; EIDRM',
      '0; 0; EINVAL',
      '0; EIDRM; EIDRM',
      '0; EIDRM; EINVAL',
      '0; EINVAL; EIDRM',
      '0; EINVAL; EINVAL',
    ])
  })

  it('have a signal come before the call and within it', () => {
    const before = `${set}\nB: sigaction(SIGUSR1, handler)`
    const together = 'A: kill(B, SIGUSR1)\nB: semop(S, [0 -1])'
    expect(ways(before, together)).toEqual(['0; EINTR', '0; asleep'])
  })

  it('have nobody sleep beyond its time', () => {
    expect(ways(set, 'A: semtimedop(S, [0 -1], {0 1000})\nB: semop(S, [0 +1])')).toEqual([
      '0; 0',
      'EAGAIN; 0',
    ])
  })

  it('are not told where there are too many', () => {
    const many = ['A', 'B', 'C'].flatMap((actor) =>
      Array.from({ length: 8 }, () => `${actor}: semop(S, [0 +1])\n${actor}: semctl(S, 0, GETVAL)`),
    )
    expect(() => ways(set, many.join('\n'))).toThrow(ManyOutcomes)
  })
})
