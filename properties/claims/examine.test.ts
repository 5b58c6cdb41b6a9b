import { describe, expect, it } from 'vitest'
import { HarnessError, TargetProblem } from '../../harness/problems.ts'
import type { StartedTarget } from '../../harness/targets/target.ts'
import { linux } from '../../model/profile.ts'
import type { Scenario } from '../../model/vocabulary/scenario.ts'
import { simulate } from '../../oracle/simulate.ts'
import { aHeader } from '../../oracle/trace/a-header.testing.ts'
import { examine } from './examine.ts'
import { loadLedger } from './ledger.ts'

const running = new AbortController().signal

/** Targets that do what the model says, apart from those scenarios in which they fail. */
function targets(fails: (scenario: Scenario) => boolean, changes: 'all' | 'none' = 'all') {
  const count = { opened: 0, closed: 0 }
  const open = async (): Promise<StartedTarget> => {
    count.opened++
    const target: Pick<StartedTarget, 'header' | 'run' | 'close'> = {
      header: { ...aHeader(), identity: { ...aHeader().identity, changes } },
      run: async (batch) => {
        if (batch.some(fails)) throw new TargetProblem('exited', 'The probe ended.')
        return batch.map((scenario) => simulate(scenario, aHeader(), linux))
      },
      close: async () => {
        count.closed++
      },
    }
    return target as StartedTarget
  }
  return { examined: { start: open, programs: null }, count }
}

const claimsOf = (...ids: readonly string[]) => loadLedger().filter(({ id }) => ids.includes(id))

describe('examining claims', () => {
  it('gives each its verdict, and closes every probe', async () => {
    const { examined, count } = targets(() => false)
    const { claims } = await examine(
      claimsOf('sem-04', 'sem-06', 'sem-55', 'sem-58', 'sock-01'),
      examined,
      running,
    )
    expect(claims.map(({ claim, verdict }) => [claim.id, verdict])).toEqual([
      ['sem-04', 'holds'],
      ['sem-06', 'imprecise'],
      ['sem-55', 'does not hold'],
      ['sem-58', 'holds'],
      ['sock-01', 'not tried'],
    ])
    expect(count.opened).toBeGreaterThan(1)
    expect(count.closed).toBe(count.opened)
  })

  it('leaves out what needs other users where there are none', async () => {
    const { examined } = targets(() => false, 'none')
    const { claims } = await examine(claimsOf('sem-36', 'ipc-04'), examined, running)
    expect(claims.map(({ verdict, reasons }) => [verdict, reasons])).toEqual([
      ['holds', []],
      ['not tried', ['This target does not offer what `B: become(7, 8)` needs.']],
    ])
  })

  it('leaves a claim undecided whose trial ends the probe, and goes on with another', async () => {
    const { examined, count } = targets(({ title }) => title === 'A set of 0 semaphores is refused')
    const { claims } = await examine(claimsOf('sem-04', 'sem-05'), examined, running)
    expect(claims.map(({ verdict, reasons }) => [verdict, reasons])).toEqual([
      ['undecided', ['sem-04.supports says nothing: The probe ended.']],
      ['holds', []],
    ])
    expect(count).toEqual({ opened: 2, closed: 2 })
  })

  it('leaves claims undecided where a further probe cannot be started', async () => {
    const { examined } = targets(() => false)
    let asked = 0
    const once = () =>
      asked++ === 0 ? examined.start() : Promise.reject(new HarnessError('There is no room.'))
    const claimed = claimsOf('sem-04', 'sem-55')
    const { claims } = await examine(claimed, { ...examined, start: once }, running)
    expect(claims.map(({ verdict, reasons }) => [verdict, reasons])).toEqual([
      ['holds', []],
      ['undecided', ['sem-55.refutes says nothing: There is no room.']],
    ])
  })

  it('begins nothing more when it is to stop', async () => {
    const { examined } = targets(() => false)
    const { claims } = await examine(claimsOf('sem-04'), examined, AbortSignal.abort())
    expect(claims[0]?.reasons).toEqual(['sem-04.supports says nothing: It was not begun.'])
  })

  it('fails where no probe can be started', async () => {
    const start = () => Promise.reject(new HarnessError('There is no compiler.'))
    await expect(examine(claimsOf('sem-04'), { start, programs: null }, running)).rejects.toThrow(
      'There is no compiler.',
    )
  })
})
