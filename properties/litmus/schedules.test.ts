import { describe, expect, it } from 'vitest'
import { usualFacts } from '../../model/initial.ts'
import { linux, posix } from '../../model/profile.ts'
import { parseLitmus } from './parse-litmus.ts'
import { chooseSchedules } from './schedules.ts'
import { stepsOf } from './stepped-execution.ts'

const wanted = { profile: linux, facts: usualFacts, runs: 0, seed: 7 }

const posts = (calls: number) =>
  parseLitmus(
    `SYSV posts\n{\nS = semget(private, 1)\n}\n A | B ;\n${' semop(S, [0 +1]) | semop(S, [0 -1]) ;\n'.repeat(calls)}exists true\n`,
  )

describe('chooseSchedules', () => {
  it('has every order in which who sleeps is not asked for more', () => {
    const { schedules, complete } = chooseSchedules(posts(2), wanted)
    expect(complete).toBe(true)
    expect(schedules.map((schedule) => schedule.map((at) => 'AB'[at]).join('')).sort()).toEqual(
      ['AABB', 'ABAB', 'ABBA', 'BAAB', 'BABA'].sort(),
    )
  })

  it('repeats all of them as often', () => {
    const { schedules, complete } = chooseSchedules(posts(2), { ...wanted, runs: 10 })
    expect(complete).toBe(true)
    const counts = new Map<string, number>()
    for (const each of schedules) counts.set(each.join(''), (counts.get(each.join('')) ?? 0) + 1)
    expect([...counts.values()]).toEqual([2, 2, 2, 2, 2])
  })

  it('takes a sample that is the same for the same seed', () => {
    const sample = (seed: number) => chooseSchedules(posts(4), { ...wanted, runs: 12, seed })
    expect(sample(7).complete).toBe(false)
    expect(new Set(sample(7).schedules.map(String)).size).toBe(12)
    expect(sample(7)).toEqual(sample(7))
    expect(sample(8)).not.toEqual(sample(7))
  })

  it('draws orders where there are too many to list', () => {
    const { schedules, complete } = chooseSchedules(posts(9), { ...wanted, runs: 20 })
    expect(complete).toBe(false)
    expect(schedules).toHaveLength(20)
    expect(schedules.every((schedule) => schedule.length === 18)).toBe(true)
  })

  it('has the orders of every choice that the profile leaves open', () => {
    const test = parseLitmus(`SYSV who
{
S = semget(private, 1)
B: semop(S, [0 -1])
C: semop(S, [0 -1])
}
 A | B | C ;
 semop(S, [0 +1]) | getppid() | getppid() ;
exists true
`)
    expect(chooseSchedules(test, wanted).schedules).toEqual([[0, 1]])
    expect(chooseSchedules(test, { ...wanted, profile: posix }).schedules).toEqual([
      [0, 1],
      [0, 2],
    ])
  })
})

describe('stepsOf', () => {
  it('makes the setup, then the calls in their order, and looks at the objects in the end', () => {
    expect(
      stepsOf(posts(1), [1, 0]).map(({ step, place }) => [
        step.actor,
        step.call.name,
        typeof place === 'string' ? place : 'look',
      ]),
    ).toEqual([
      ['A', 'semget', 'setup'],
      ['B', 'semop', 'B.1'],
      ['A', 'semop', 'A.1'],
      ['D', 'semctl.GETVAL', 'look'],
      ['D', 'semctl.GETNCNT', 'look'],
      ['D', 'semctl.GETZCNT', 'look'],
    ])
  })
})
