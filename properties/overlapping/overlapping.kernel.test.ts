import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { host } from '../../harness/targets/host.ts'
import type { StartedTarget } from '../../harness/targets/target.ts'
import { profiles } from '../../model/profile.ts'
import { createMemory } from '../../oracle/histories/judge-history.ts'
import { generateProgram, overlappingFamilies } from './generate.ts'
import { judgeRun, runProgram } from './run-program.ts'

let target: StartedTarget

beforeAll(async () => {
  target = await host.start({ spread: true })
})
afterAll(() => target.close())

describe('programs whose calls overlap', () => {
  it.each(['linux', 'posix'] as const)('conform to profile %s on this kernel', async (name) => {
    const memory = createMemory()
    let runs = 0
    for (let seed = 1; seed <= 40; seed++) {
      const program = generateProgram(seed, overlappingFamilies)
      const ran = await runProgram(target, program, { repetitions: 10, seed, jitter: seed % 4 })
      for (const run of ran.runs) {
        const { verdict, stuck } = judgeRun(run, target.header, profiles[name], memory)
        expect(verdict, JSON.stringify({ seed, stuck })).toBe('conforms')
        runs++
      }
    }
    expect(runs).toBeGreaterThan(390)
  })

  it('really overlap where there are several processors', async () => {
    let overlapping = 0
    for (let seed = 1; seed <= 20; seed++) {
      const program = generateProgram(seed, ['semaphores'])
      const { runs } = await runProgram(target, program, { repetitions: 10, seed, jitter: 1 })
      for (const { calls } of runs)
        for (const one of calls)
          for (const other of calls)
            if (one.actor < other.actor && one.begin < Number(other.end) && other.begin < Number(one.end))
              overlapping++
    }
    expect(overlapping).toBeGreaterThan(0)
  })
})
