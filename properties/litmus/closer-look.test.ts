import { describe, expect, it } from 'vitest'
import type { StartedTarget } from '../../harness/targets/target.ts'
import { linux } from '../../model/profile.ts'
import type { Scenario } from '../../model/vocabulary/scenario.ts'
import { printStep } from '../../model/vocabulary/text/print.ts'
import { simulate } from '../../oracle/simulate.ts'
import { aHeader } from '../../oracle/trace/a-header.testing.ts'
import type { Recording } from '../../oracle/trace/trace.ts'
import { parseLitmus } from './parse-litmus.ts'
import { runLitmus } from './run-litmus.ts'

const header = aHeader()

/** A target that ignores SEM_UNDO. */
const run = async (scenarios: readonly Scenario[]): Promise<Recording[]> =>
  scenarios.map((scenario) => {
    const steps = scenario.steps.map((step) =>
      step.call.name === 'semop'
        ? {
            ...step,
            call: {
              ...step.call,
              operations: step.call.operations.map((each) => ({ ...each, flags: each.flags & ~0x1000 })),
            },
          }
        : step,
    )
    return { ...simulate({ ...scenario, steps }, header, linux), scenario }
  })

const target = { header, run } as unknown as StartedTarget

const test = parseLitmus(`SYSV undo
{
  S = semget(private, 1)
  semctl(S, 0, SETVAL, 1)
}
 A                            ;
 semop(S, [0 -1 SEM_UNDO])    ;
 _exit(0)                     ;
forall S[0] = 1
`)

describe('a closer look', () => {
  it('names the rule of the call behind which something is wrong for the first time', async () => {
    const options = { profile: linux, runs: 0, seed: 1, stop: new AbortController().signal }
    const [end] = (await runLitmus(test, target, options)).ends
    expect(end?.forbidden?.deviation.rule).toBe('undo.exit')
    expect(end?.forbidden?.recording.scenario.steps.map(printStep)).toEqual([
      'A: S = semget(private, 1)',
      'A: semctl(S, 0, SETVAL, 1)',
      'A: semop(S, [0 -1 SEM_UNDO])',
      'A: _exit(0)',
      'D: semctl(S, 0, GETVAL)',
    ])
  })
})
