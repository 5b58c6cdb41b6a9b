import { describe, expect, it } from 'vitest'
import { isWhole, without, withoutBefore } from './part-of-program.ts'
import { parseProgram } from './program-text.ts'

const program = () => {
  const found = parseProgram(
    'A: P = fork()\nA: Q = fork()\n# overlapping:\nA: waitpid(P)\nB: kill(P, SIGSTOP)\nP: getppid()\n',
  )
  if (found === undefined) throw new Error('no calls overlap')
  return found
}

describe('a part of a program', () => {
  it('may lack a step of its setup', () => {
    const part = withoutBefore(program(), 1)
    expect(part.scenario.steps).toHaveLength(4)
    expect([part.first, part.last]).toEqual([1, 4])
    expect(isWhole(part)).toBe(true)
  })

  it('is not whole without a process that is named or that makes calls', () => {
    const part = withoutBefore(program(), 0)
    expect(isWhole(part)).toBe(false)
    const [waits, signals, calls] = [1, 2, 3].map((kept) => without(part, (at) => at === kept))
    expect([waits, signals, calls].map((each) => each && isWhole(each))).toEqual([false, false, false])
  })
})
