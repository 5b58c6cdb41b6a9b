import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { aDeviation, aRun, aTarget } from '../reports/a-run.testing.ts'
import { formats } from '../reports/formats.ts'
import { recorded } from './recorded-io.testing.ts'

const folder = mkdtempSync(join(tmpdir(), 'ipc-oracle-report-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const store = (name: string, run: object): string => {
  mkdirSync(join(folder, name))
  writeFileSync(join(folder, name, 'run.json'), JSON.stringify(run))
  return join(folder, name)
}

const deviating = aRun({ verdict: 'deviates', targets: [aTarget({ deviations: [aDeviation] })] })
const old = store('old', deviating)

it('report shows an old run again and ends with its status', async () => {
  const { status, out } = await recorded('report', old)
  expect(status).toBe(1)
  expect(out).toContain('host deviates from profile linux')
  const json = await recorded('report', join(old, 'run.json'), '--as', 'json')
  expect(JSON.parse(json.out)).toEqual(deviating)
})

it.each(formats.map(({ name }) => name))('report knows the format %s', async (name) => {
  const { status, out } = await recorded('report', old, '--as', name)
  expect(status).toBe(1)
  expect(out).toContain('semop.sempid')
  expect(out.endsWith('\n')).toBe(true)
})

it('report names the CI system in a kcidb report', async () => {
  const { out } = await recorded('report', old, '--as', 'kcidb', '--origin', 'my_ci')
  expect(JSON.parse(out).builds[0].origin).toBe('my_ci')
})

describe('report joins runs', () => {
  const shard = (number: number, change: object = {}) =>
    store(
      `shard-${number}`,
      aRun({ shard: { number, of: 3 }, command: `ipc-oracle run --shard ${number}/3`, ...change }),
    )
  const shards = [shard(1), shard(2), shard(3, { targets: deviating.targets, verdict: 'deviates' })]

  it('and ends with the status of all together', async () => {
    const { status, out } = await recorded('report', ...shards)
    expect(status).toBe(1)
    expect(out).toContain('63,102 scenarios')
    expect(out).toContain('host deviates from profile linux: 1 rule is broken, semop.sempid (seed 42).')
  })

  it('and is inconclusive where one is missing', async () => {
    const { status, out } = await recorded('report', ...shards.slice(0, 2))
    expect(status).toBe(3)
    expect(out).toContain('Shard 3/3 of the run on host with seed 42 is missing.')
  })

  it('but not a run with itself', async () => {
    const { status, err } = await recorded('report', old, old)
    expect(status).toBe(2)
    expect(err).toContain('are the same run, or the same part of one; name each once.')
  })
})
