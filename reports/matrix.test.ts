import { describe, expect, it } from 'vitest'
import { aDeviation, aRun, aTarget } from './a-run.testing.ts'
import { matrixOf } from './matrix.ts'
import { matrixLines } from './matrix-text.ts'

const counts = {
  'semop.sempid': { exercised: 3, met: 2 },
  'semop.inc': { exercised: 3, met: 3 },
  'semtimedop.expire': { exercised: 1, met: 1 },
  'msgsnd.full.bytes': { exercised: 0, met: 0 },
}
const rules = { exercised: 3, met: 3, total: 4, untested: ['msgsnd.full.bytes'], counts }
const broken = aTarget({ name: 'broken', rules, deviations: [aDeviation], missing: ['semtimedop'] })
const skipped = aTarget({ name: 'absent', scenarios: 0, skipped: 'There is no compiler.' })
const classified = aTarget({ rules, satisfies: { linux: 'yes', posix: 'yes' } })
const run = aRun({ targets: [classified, broken, skipped] })

describe('the matrix', () => {
  it('counts each rule once', () => {
    const [whole, , none] = matrixOf(run)
    expect(whole?.cells).toEqual([
      { family: 'semaphores', met: 3, unsettled: 0, missing: 0, deviating: 0 },
      { family: 'messages', met: 0, unsettled: 1, missing: 0, deviating: 0 },
    ])
    expect(matrixOf(run)[1]?.cells[0]).toEqual({
      ...{ family: 'semaphores', met: 1, unsettled: 0, missing: 1, deviating: 1 },
    })
    expect(none).toEqual({ target: 'absent', idle: 'There is no compiler.', cells: [], satisfies: '' })
  })

  it('is a table for people', () => {
    expect(matrixLines(run, { columns: 80, colour: false }).slice(0, 4)).toEqual([
      'target  semaphores  messages  satisfies',
      'host    3           0 ?1      linux, posix',
      'broken  1 !1 -1     0 ?1',
      'absent  There is no compiler.',
    ])
  })

  it('is left out for a single target', () => {
    expect(matrixLines(aRun(), { columns: 80, colour: false })).toEqual([])
  })
})
