import { describe, expect, it } from 'vitest'
import { initialWorld, usualFacts } from '../../model/initial.ts'
import { rootActors } from '../../model/vocabulary/scenario.ts'
import { printStep } from '../../model/vocabulary/text/print.ts'
import { goingAround } from './detour.ts'
import { parseProgram } from './program-text.ts'

const start = initialWorld(usualFacts, rootActors)
const program = parseProgram(`A: S = semget(private, 1)
# overlapping:
A: semop(S, [0 +1])
A: semctl(S, 0, GETPID)
B: semop(S, [0 -1])
B: T = semget(private, 1)
B: semctl(T, 0, GETPID)
# one at a time:
A: semctl(S, 0, GETPID)
A: semctl(S, 0, GETVAL)
`)

const around = (...avoid: readonly string[]) => {
  if (program === undefined) throw new Error('not a program')
  const way = goingAround(program, start, new Set(avoid), 1)
  return { ...way, lines: way.scenario.steps.map(printStep) }
}

describe('goingAround', () => {
  it('leaves out the calls that use a rule, wherever they stand', () => {
    const { first, last, lines } = around('semctl.getpid')
    expect(lines.join('\n')).not.toContain('GETPID')
    expect(lines).toHaveLength(5)
    expect([first, last]).toEqual([1, 4])
  })

  it('keeps what others need, and everything where there is nothing to avoid', () => {
    expect(around().lines).toHaveLength(8)
    expect(around('get.private-new').lines.join('\n')).toContain('T = semget')
  })
})
