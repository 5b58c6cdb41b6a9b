import { describe, expect, it } from 'vitest'
import { judged } from './histories.testing.ts'

/** A, B and C ask for the value at the same time, again and again; what the last one is told cannot be. */
const asks = (last: number) =>
  ['A', 'B', 'C'].flatMap((actor) =>
    Array.from({ length: 6 }, (_, nth) => {
      const value = actor === 'C' && nth === 5 ? last : 0
      return `${actor} ${3 * nth}-${3 * nth + 50} semctl(S, 0, GETVAL) = ${value}`
    }),
  )

describe('calls that change nothing', () => {
  it('are tried in one order only', () => {
    const setup = 'S = semget(private, 1)\n'
    expect(judged(setup, asks(0))).toMatchObject({ verdict: 'conforms' })
    const { verdict, tried } = judged(setup, asks(1))
    expect(verdict).toBe('deviates')
    expect(tried).toBeLessThan(40)
  })

  it('may still be made later, where they come back otherwise before', () => {
    const setup = 'S = semget(private, 1)\n'
    const post = 'B 0-9 semop(S, [0 +1]) = 0'
    expect(
      judged(setup, [post, 'A 1-8 semctl(S, 0, GETVAL) = 1', 'C 2-3 semctl(S, 0, GETVAL) = 0']).verdict,
    ).toBe('conforms')
    expect(
      judged(setup, [post, 'A 1-2 semctl(S, 0, GETVAL) = 1', 'C 3-4 semctl(S, 0, GETVAL) = 0']).verdict,
    ).toBe('deviates')
  })
})
