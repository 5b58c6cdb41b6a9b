import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { timedCall } from '../oracle/histories/histories.testing.ts'
import { aHeader } from '../oracle/trace/a-header.testing.ts'
import { overlappingRecording } from '../oracle/trace/timed-call.ts'
import { headerText, recordingText } from '../oracle/trace/write-trace.ts'
import { recorded } from './recorded-io.testing.ts'

const folder = mkdtempSync(join(tmpdir(), 'ipc-oracle-check-overlapping-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A finding's folder with a run of a program: a set is made, then these calls overlap. */
function findingOf(...lines: readonly string[]): string {
  const calls = ['A 0-1 S = semget(private, 1) = 7', ...lines].map(timedCall)
  const steps = calls.map(({ actor, call }) => ({ actor, call }))
  const program = { scenario: { title: 'A finding', steps }, first: 1, last: steps.length }
  const run = { started: 100, ended: 100, calls: calls.map((call, step) => ({ ...call, step })) }
  const header = headerText({ ...aHeader(), mode: 'overlapping' })
  writeFileSync(join(folder, 'trace.ndjson'), header + recordingText(overlappingRecording(program, run)))
  return folder
}

describe('check, of a run whose calls overlapped', () => {
  it('accepts what some order explains', async () => {
    const path = findingOf('A 2-9 semop(S, [0 +1]) = 0', 'B 2-9 semop(S, [0 -1]) = 0')
    const { status, out } = await recorded('check', path)
    expect({ status, out }).toMatchObject({ status: 0, out: expect.stringContaining('1 scenario, 3 steps') })
  })

  it('says that a sleeper had to be woken', async () => {
    const path = findingOf('A 2-9 semop(S, [0 +1]) = 0', 'B 2-(20) semop(S, [0 -1])')
    const { status, out } = await recorded('check', path)
    expect(status).toBe(1)
    expect(out).toContain('B stays asleep in semop(S, [0 -1])')
    expect(out).toContain('the shortest part that no order explains')
  })
})
