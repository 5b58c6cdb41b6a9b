import { describe, expect, it } from 'vitest'
import { linux } from '../model/profile.ts'
import type { TargetRecord } from '../oracle/run.ts'
import { aDeviation, aTarget } from '../reports/a-run.testing.ts'
import { statusOf } from './exit-status.ts'
import { parseExpectations } from './expectations/parse.ts'
import { recordRun, withProblems } from './record-run.ts'

const finished = (
  target: Partial<TargetRecord>,
  expectations = '',
  interrupted = false,
): Parameters<typeof recordRun>[0] => ({
  families: ['semaphores'],
  profile: linux,
  seed: 1,
  started: new Date(0),
  command: '',
  interrupted,
  ran: [
    {
      record: aTarget(target),
      hello: null,
      expected: parseExpectations(expectations, 'known.yaml').entries,
    },
  ],
})

const run = (...given: Parameters<typeof finished>) => recordRun(finished(...given))

const known = 'expected:\n  - { rule: semop.sempid, reason: a known bug }'

const outcome = (...given: Parameters<typeof run>) => {
  const record = run(...given)
  return [record.verdict, statusOf(record)]
}

describe('the verdict on a run and its exit status', () => {
  it('conforms', () => expect(outcome({})).toEqual(['conforms', 0]))

  it('deviates', () => expect(outcome({ deviations: [aDeviation] })).toEqual(['deviates', 1]))

  it('conforms where the deviation is expected', () => {
    expect(outcome({ deviations: [aDeviation] }, known)).toEqual(['conforms', 0])
  })

  it('deviates where an expected deviation no longer occurs', () => {
    const record = run({}, known)
    expect(statusOf(record)).toBe(1)
    expect(record.staleExpectations).toEqual([
      { rule: 'semop.sempid', at: 'known.yaml line 2', text: 'a known bug', target: 'host' },
    ])
  })

  it('leaves it to the joined parts whether an expected deviation no longer occurs', () => {
    const record = recordRun({ ...finished({}, known), shard: { number: 1, of: 2 } })
    expect(statusOf(record)).toBe(0)
    expect(record.shard).toEqual({ number: 1, of: 2 })
    expect(record.unseenExpectations?.map(({ rule }) => rule)).toEqual(['semop.sempid'])
  })

  it('leaves an expectation alone whose rule was not exercised', () => {
    expect(outcome({}, known.replace('semop.sempid', 'msgsnd.full.bytes'))).toEqual(['conforms', 0])
  })

  it.each<[string, Partial<TargetRecord>]>([
    ['no scenario ran', { scenarios: 0 }],
    ['a scenario was left open', { inconclusive: [{ scenario: '', reason: 'it hung' }] }],
    ['the harness had a problem', { errors: ['The probe ended.'] }],
  ])('is inconclusive if %s', (_, target) => expect(outcome(target)).toEqual(['inconclusive', 3]))

  it('is a deviation even if something else was left open', () => {
    expect(outcome({ deviations: [aDeviation], errors: ['The probe ended.'] })).toEqual(['deviates', 1])
  })

  it('is 130 once interrupted, whatever was found', () => {
    expect(outcome({}, '', true)).toEqual(['inconclusive', 130])
    expect(outcome({ deviations: [aDeviation] }, '', true)).toEqual(['deviates', 130])
  })

  it('never conforms if it could not be stored', () => {
    expect(statusOf(withProblems(run({}), ['the disk is full']))).toBe(3)
    expect(statusOf(withProblems(run({ deviations: [aDeviation] }), ['the disk is full']))).toBe(1)
  })
})
