import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { packageRoot } from '../harness/package-root.ts'
import { defineOf } from '../properties/lies/lie.ts'
import { lies } from '../properties/lies/lies.ts'
import type { ReportedRun } from '../reports/reported-run.ts'
import { families } from './families.ts'
import { recorded } from './recorded-io.testing.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ipc-oracle-exhaustive-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const runOf = (text: string): ReportedRun => JSON.parse(text)

/** The options that run the probe with a lying C library. */
function lying(name: string): readonly string[] {
  const lie = lies.find((each) => each.name === name)
  if (lie === undefined) throw new Error(`there is no lie ${name}`)
  const library = join(folder, `${name}.so`)
  const source = join(packageRoot, 'properties', 'lies', lie.source)
  const words = ['-std=c11', '-shared', '-fPIC', `-D${defineOf(lie)}`, '-o', library, source, '-ldl']
  execFileSync('cc', words)
  return ['--wrap', `env LD_PRELOAD=${library}`]
}

describe('run --exhaustive', () => {
  it('covers all short programs of every family, and this kernel conforms', async () => {
    const { status, out } = await recorded('run', '--exhaustive', '--max-steps', '2', '--json')
    const { targets, verdict } = runOf(out)
    expect({ verdict, status }).toEqual({ verdict: 'conforms', status: 0 })
    const scopes = targets[0]?.covered ?? []
    expect([...new Set(scopes.map(({ family }) => family))]).toEqual(families)
    expect(scopes.every(({ complete, programs, ran }) => complete && programs === ran)).toBe(true)
    expect(scopes.reduce((sum, { ran }) => sum + ran, 0)).toBe(targets[0]?.scenarios)
  })

  it('says how far it got when the time is up', async () => {
    const { status, out } = await recorded('run', 'messages', '--exhaustive', '--time', '1s')
    expect(status).toBe(0)
    expect(out.replaceAll(/\s+/g, ' ')).toMatch(/messages: all .* and (none|\d.* %) of .* calls over/)
  })

  it.each([
    ['semop-array-lost-wake-up', 'semaphores'],
    ['msgsnd-lost-wake-up', 'messages'],
    ['fork-drops-attachments', 'shared-memory'],
    ['wait-lost-wake-up', 'processes'],
  ])('finds the lie %s, and its finding can be replayed', async (name, family) => {
    const out = join(folder, name)
    const words = ['--exhaustive', '--max-steps', '3', '--stop-after', '5', '--out', out]
    expect((await recorded('run', family, ...words, ...lying(name))).status).toBe(1)
    const { targets, command } = runOf(readFileSync(join(out, 'run.json'), 'utf8'))
    expect(command).toContain('--exhaustive --max-steps 3')
    expect(command).not.toContain('--seed')
    const file = join(out, targets[0]?.deviations[0]?.file ?? '')
    expect((await recorded('replay', file, ...lying(name))).status).toBe(1)
    expect((await recorded('replay', file)).status).toBe(0)
  })

  it.each([
    [['--max-steps', '2'], '--max-steps belongs to --exhaustive'],
    [['--exhaustive', '--scenarios', '9'], 'bound it with --max-steps or --time'],
    [['--exhaustive', '--seed', '9'], 'leave out --seed'],
  ])('refuses %j', async (words, problem) => {
    const { status, err } = await recorded('run', ...words)
    expect(status).toBe(2)
    expect(err).toContain(problem)
  })
})
