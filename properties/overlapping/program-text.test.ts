import { describe, expect, it } from 'vitest'
import { parseScenario } from '../../model/vocabulary/text/parse.ts'
import { generateProgram } from './generate.ts'
import { parseProgram, programText } from './program-text.ts'

describe('the text of a program whose calls overlap', () => {
  it('is read as it was written', () => {
    for (let seed = 1; seed <= 50; seed++) {
      const program = generateProgram(seed, ['semaphores', 'messages'])
      const text = programText(program, null)
      const { scenario, first, last } = parseProgram(`# a title\n${text}`) ?? {}
      expect([scenario?.steps, first, last]).toEqual([program.scenario.steps, program.first, program.last])
    }
  })

  it('may end with the calls that overlap', () => {
    const text = 'S = semget(private, 1)\n# overlapping:\nA: semop(S, [0 +1])\nB: semop(S, [0 -1])\n'
    expect(parseProgram(text)).toMatchObject({ first: 1, last: 3 })
  })

  it('says who was dead or stopped in the end', () => {
    const program = parseProgram('A: P = fork()\n# overlapping:\nB: kill(P, SIGSTOP)\n')
    if (program === undefined) throw new Error('no calls overlap')
    const run = { started: 0, ended: 0, calls: [], lives: { ended: [], stopped: ['P'] } }
    const text = programText(program, run)
    expect(text).toMatch(/# P is stopped in the end\n$/)
    expect(parseProgram(text)?.scenario.steps).toEqual(program.scenario.steps)
  })

  it('says by its comments that calls overlap', () => {
    const text = '# A title\nS = semget(private, 1)\n'
    expect(parseProgram(text)).toBeUndefined()
    expect(parseScenario(text).scenario.steps).toHaveLength(1)
  })
})
