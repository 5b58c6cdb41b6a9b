import { describe, expect, it } from 'vitest'
import { parseScenario } from '../../model/vocabulary/text/parse.ts'
import { forbiddenOf } from './forbidden.ts'
import { judgingFrom, timedCall, worldAfter } from './histories.testing.ts'

const set = 'A: S = semget(private, 2)\n'

/** A run of calls that all overlap as far as their times say, behind the making of a set. */
const forbidden = (...lines: readonly string[]) => {
  const timed = ['A 0-1 S = semget(private, 2) = 7', ...lines].map(timedCall)
  const program = {
    scenario: parseScenario(timed.map(({ actor }, at) => `${actor}: ${textOf(lines[at - 1])}\n`).join(''))
      .scenario,
    first: 1,
    last: timed.length,
  }
  const calls = timed.map((call, step) => ({ ...call, step }))
  return forbiddenOf(program, { started: 0, ended: 0, calls }, judgingFrom(worldAfter('')))
}

const textOf = (line: string | undefined) =>
  line === undefined ? set.slice(3).trim() : (/^\S+ \S+ (.*?)(?: = \S+)?$/.exec(line)?.[1] ?? '')

describe('forbiddenOf', () => {
  it('keeps of the times which calls must have followed one another', () => {
    expect(
      forbidden(
        'A 2-3 semop(S, [0 +1]) = 0',
        'B 2-3 semop(S, [1 +1]) = 0',
        'B 4-5 semctl(S, 0, GETVAL) = 0',
        'A 6-7 semctl(S, 1, GETVAL) = 1',
      ),
    ).toEqual({ came: ['0', '0', '0', '1'], precedences: [{ before: 1, after: 3 }] })
  })

  it('needs no times where nothing explains the results', () =>
    expect(forbidden('A 2-3 semop(S, [0 +1]) = 0', 'B 4-5 semctl(S, 0, GETVAL) = 2')).toEqual({
      ...{ came: ['0', '2'], precedences: [] },
    }))

  it('does not tell what conforms', () =>
    expect(forbidden('A 2-4 semop(S, [0 +1]) = 0', 'B 3-5 semctl(S, 0, GETVAL) = 0')).toBeUndefined())

  it('does not tell how long a call took', () =>
    expect(
      forbidden('A 2-4 semtimedop(S, [0 -1], {1 0}) = EAGAIN', 'B 5-6 semctl(S, 0, GETVAL) = 3'),
    ).toBeUndefined())
})
