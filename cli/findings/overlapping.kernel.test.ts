import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { lies } from '../../properties/lies/lies.ts'
import { withCompiled } from '../../scripts/lies/compile-lies.ts'
import { recorded } from '../recorded-io.testing.ts'

const folder = mkdtempSync(join(tmpdir(), 'ipc-oracle-overlapping-finding-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Whatever program shows it, it shows in what calls return: there is a C program of it (see `obstacleTo`). */
const some = lies.filter(({ name }) => name === 'overlap-shmget-exclusive-twice')

describe('a finding of calls that overlap', () => {
  it('is stored, judged again, run again, and shown by a C program', async () => {
    await withCompiled(some, async (objectOf) => {
      const [lie] = some
      if (lie === undefined) throw new Error('there is no such lie')
      const wrap = ['--wrap', `env LD_PRELOAD=${objectOf(lie)}`]
      const out = join(folder, 'run')
      const bounds = ['--time', '30s', '--stop-after', '1', '--seed', '5', '--out', out]
      const ran = await recorded('run', 'shared-memory', '--mode', 'overlapping', ...bounds, ...wrap)
      expect(ran.status, ran.err).toBe(1)
      const [name = ''] = readdirSync(join(out, 'findings'))
      const finding = join(out, 'findings', name)

      const checked = await recorded('check', finding)
      expect(checked).toMatchObject({ status: 1, out: expect.stringContaining('no order explains') })

      const again = await recorded('replay', finding, ...wrap)
      expect(again).toMatchObject({
        status: 1,
        out: expect.stringContaining('in which the calls that overlap'),
      })
      const honest = await recorded('replay', finding, '--repeat', '200', '--json')
      expect(honest.status, honest.out).toBe(0)
      expect(JSON.parse(honest.out).replayed[0]).toMatchObject({ verdict: 'conforms', runs: 200 })

      const { reproducer } = JSON.parse(readFileSync(join(finding, 'verdict.json'), 'utf8'))
      expect(reproducer, JSON.stringify(reproducer)).toMatchObject({ confirmed: true, reason: '' })
    })
  }, 120_000)

  it('tells who was stopped in the end, where nothing else shows it', async () => {
    const ofTheEnd = lies.filter(({ name }) => name === 'overlap-end-forgotten')
    await withCompiled(ofTheEnd, async (objectOf) => {
      const [lie] = ofTheEnd
      if (lie === undefined) throw new Error('there is no such lie')
      const finding = join(folder, 'forgotten.scenario')
      const calls = ['SIGSTOP', 'SIGTERM', 'SIGCONT'].map((signal) => `B: kill(P, ${signal})\n`).join('')
      writeFileSync(finding, `A: P = fork()\n# overlapping:\n${calls}`)
      const replay = ['replay', finding, '--repeat', '20']
      const wrong = await recorded(...replay, '--wrap', `env LD_PRELOAD=${objectOf(lie)}`)
      expect(wrong.status, wrong.err).toBe(1)
      expect(wrong.out).toContain('observed  P is running in the end')
      expect(wrong.out).toContain('allowed   P is dead in the end')
      const honest = await recorded(...replay)
      expect(honest.status, honest.out).toBe(0)
      expect(honest.out).toContain('0; 0; 0; P is dead in the end')
    })
  }, 60_000)
})
