import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { recorded } from './recorded-io.testing.ts'

const folder = mkdtempSync(join(tmpdir(), 'ipc-oracle-explain-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function explain(text: string, ...options: readonly string[]) {
  const file = join(folder, 'a.scenario')
  writeFileSync(file, text)
  return recorded('explain', file, ...options)
}

describe('explain', () => {
  it('says what a rule demands, how firmly, and where that is written', async () => {
    const { status, out } = await recorded('explain', 'semop.dec')
    expect(status).toBe(0)
    expect(out).toMatch(/^semop\.dec {2}POSIX requires it\n {4}\S.*\n {4}- POSIX\.1-2024 semop/)
  })

  it('says what is allowed at each step, and by which rules', async () => {
    const { status, out } = await explain(
      '# A post wakes a sleeper\nS = semget(private, 1)\nB: semop(S, [0 -1])\nA: semop(S, [0 +1])\n',
    )
    expect(status).toBe(0)
    expect(out).toContain('A post wakes a sleeper')
    expect(out).toContain('  2  B: semop(S, [0 -1])\n     B blocks\n         by ')
    expect(out).toContain('     A returns 0; B returns 0\n')
  })

  it('says so where the file expects what is not allowed', async () => {
    const { out } = await explain('S = semget(private, 1) -> ok\nB: semop(S, [0 -1]) -> 0\n')
    expect(out).toContain('This is not what the file expects: line 2, `B: semop(S, [0 -1]) -> 0`.')
  })

  it('ends where an actor is asleep', async () => {
    const { out } = await explain('S = semget(private, 1)\nsemop(S, [0 -1])\nsemop(S, [0 +1])\n')
    expect(out).toContain('A is in no state to make a call here; the explanation ends.')
  })

  it('prints one JSON object', async () => {
    const { out } = await explain('S = semget(private, 0)\n', '--json', '--profile', 'posix')
    expect(JSON.parse(out)).toMatchObject({
      profile: 'posix',
      steps: [{ step: 1, call: 'A: S = semget(private, 0)', allowed: [{ words: 'A returns -1 EINVAL' }] }],
    })
  })
})
