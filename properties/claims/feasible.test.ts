import { describe, expect, it } from 'vitest'
import { aHeader } from '../../oracle/trace/a-header.testing.ts'
import { feasibleOn } from './feasible.ts'
import { parseProgram } from './program-trial.ts'
import { parseTrial } from './trial.ts'

const plain = parseTrial('a', 'supports', '# A\nS = semget(private, 1) -> ok')
const asOther = parseTrial('b', 'supports', '# B\nA: become(7, 7) -> 0')
const counter = parseTrial('c', 'refutes', '# C\nA: become(7, 7) -> 0')
const large = parseTrial('d', 'supports', '# D\nM = shmget(private, 70368744177664) -> ok')
const program = parseProgram('e', 'refutes', '// E\n// expects: seen\nint main(void)\n')

const everything = { header: aHeader(), runsPrograms: true }
const alone = {
  header: { ...aHeader(), identity: { ...aHeader().identity, changes: 'none' as const } },
  runsPrograms: false,
}

describe('what can be tried', () => {
  it('is all where the target offers all', () => {
    const all = [plain, asOther, counter, large, program]
    expect(feasibleOn(everything, all)).toEqual({ trials: all, obstacle: '' })
  })

  it('leaves out what cannot be tried, and says why', () => {
    expect(feasibleOn(alone, [plain, asOther])).toEqual({
      trials: [plain],
      obstacle: 'This target does not offer what `A: become(7, 7)` needs.',
    })
  })

  it.each([counter, program])('is nothing where only one side could be heard: $name', (other) => {
    expect(feasibleOn(alone, [plain, other]).trials).toEqual([])
  })

  it('leaves out what does not fit into a long', () => {
    const small = { ...everything, header: { ...aHeader(), longBytes: 4 } }
    expect(feasibleOn(small, [plain, large]).trials).toEqual([plain])
  })

  it('leaves out programs where none are run', () => {
    expect(feasibleOn(alone, [program])).toEqual({
      ...{ trials: [], obstacle: 'This target runs no programs but the probe.' },
    })
  })
})
