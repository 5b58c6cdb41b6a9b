import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { aDeviation, aRun, aTarget } from '../reports/a-run.testing.ts'
import { recorded } from './recorded-io.testing.ts'

const folder = mkdtempSync(join(tmpdir(), 'ipc-oracle-report-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const store = (run: object) => writeFileSync(join(folder, 'run.json'), JSON.stringify(run))

it('report shows an old run again and ends with its status', async () => {
  const run = aRun({ verdict: 'deviates', targets: [aTarget({ deviations: [aDeviation] })] })
  store(run)
  const { status, out } = await recorded('report', folder)
  expect(status).toBe(1)
  expect(out).toContain('host deviates from profile linux')
  const json = await recorded('report', join(folder, 'run.json'), '--as', 'json')
  expect(JSON.parse(json.out)).toEqual(run)
})
