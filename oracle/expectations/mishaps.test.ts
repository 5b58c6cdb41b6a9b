import { describe, expect, it } from 'vitest'
import type { TargetRecord } from '../run.ts'
import { accountForMishaps } from './mishaps.ts'

const record: TargetRecord = {
  ...{ name: 'emulator', kernel: '', libc: '', arch: '', conditions: [], scenarios: 1, steps: 1, seconds: 1 },
  rules: { exercised: 0, met: 0, total: 0, untested: [], counts: {} },
  ...{ deviations: [], inconclusive: [], errors: [] },
  mishaps: [{ reason: 'It hung.' }, { reason: 'It died.', scenario: 'A: getppid()\n' }],
}
const entry = {
  ...{ rules: ['sometimes.breaks-target'], seenAs: [], reason: 'it locks itself out', link: '' },
  ...{ since: '', until: '', profiles: ['linux'], scenario: '', at: 'known.yaml line 2' },
}

describe('a target that broke by chance', () => {
  it('leaves the run inconclusive', () => {
    const { errors, inconclusive } = accountForMishaps(record, [
      { ...entry, rules: ['shmget.breaks-target'] },
    ])
    expect(errors).toEqual(['It hung.'])
    expect(inconclusive).toEqual([{ reason: 'It died.', scenario: 'A: getppid()\n' }])
  })

  it('is told among the conditions where it is known to do so', () => {
    const told = accountForMishaps(record, [entry])
    expect({ ...told, conditions: [] }).toEqual(record)
    expect(told.conditions).toEqual([
      'the target broke 2 times without a scenario that does it again: it locks itself out',
    ])
  })

  it('is not mentioned where it did not happen', () => {
    const { mishaps: _, ...well } = record
    expect(accountForMishaps(well, [entry])).toBe(well)
  })
})
