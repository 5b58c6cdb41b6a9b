import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { recorded } from '../recorded-io.testing.ts'

const folder = mkdtempSync(join(tmpdir(), 'ipc-oracle-strace-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const trace = readFileSync(
  new URL('../../oracle/foreign/corpus/shm-string.strace', import.meta.url),
  'latin1',
)

async function check(text: string, ...options: readonly string[]) {
  const file = join(folder, 'program.strace')
  writeFileSync(file, text)
  const { status, out, err } = await recorded('check', '--format', 'strace', file, ...options)
  return { status, out: out.replaceAll(file, 'program.strace'), err }
}

describe('check --format strace', () => {
  it('accepts what a program did, and tells how much of it was judged', async () => {
    const { status, out } = await check(trace)
    expect(status).toBe(0)
    expect(out).toMatch(
      /^program\.strace: conforms to profile linux\.\n {2}23 lines, 1\d calls of our families, \d\d\.\d % judged;/,
    )
  })

  it('names line, rule, source, what was seen and what was allowed', async () => {
    const { status, out } = await check(trace.replace('GETVAL, NULL) = 0', 'GETVAL, NULL) = 1'))
    expect(status).toBe(1)
    expect(out).toMatch(
      /program\.strace line 20: semctl\.getval {2}deviation\n {3}GETVAL returns the value\.\n {3}Source: POSIX.*\n {3}process {3}14594: semctl\(34635818, 0, GETVAL, NULL\)\n {3}observed {2}1\n {3}allowed {3}0\n/,
    )
  })

  it.each([['--json'], ['--report', 'json']])('prints one JSON object: %s %s', async (...options) => {
    const { status, out } = await check(trace.replace('GETVAL, NULL) = 0', 'GETVAL, NULL) = 1'), ...options)
    const { verdict, profile, traces } = JSON.parse(out)
    expect({ status, verdict, profile }).toEqual({ status: 1, verdict: 'deviates', profile: 'linux' })
    expect(traces[0].deviations).toEqual([
      expect.objectContaining({ line: 20, rule: 'semctl.getval', observed: '1', allowed: ['0'] }),
    ])
    expect(traces[0].share).toBeGreaterThan(0.5)
  })

  it('names a line that is not understood, and settles nothing then', async () => {
    const { status, out } = await check(`${trace}14594 1795369882.5 semop(\n`)
    expect(status).toBe(3)
    expect(out).toContain('program.strace line 24: a call without a result: 14594')
  })

  it('is inconclusive where nothing is judged', async () => {
    expect((await check('1 1.0 close(3) = 0\n')).status).toBe(3)
    expect((await check('')).status).toBe(3)
  })

  it.each([
    ['a file that is missing', ['--format', 'strace', join(folder, 'missing')], 'cannot be read'],
    [
      'a profile that strace cannot show',
      ['--format', 'strace', '--profile', 'posix', '-'],
      'profile linux only',
    ],
  ])('refuses %s', async (_, words, sentence) => {
    const { status, err } = await recorded('check', ...words)
    expect(status).toBe(2)
    expect(err).toContain(sentence)
  })

  it('knows what existed before, where record wrote it down', async () => {
    const used =
      '10 1.0 execve("a", ["a"], []) = 0\n10 1.1 semget(0x5, 1, IPC_CREAT|0600) = 7\n10 1.2 semctl(7, 0, GETVAL, NULL) = 3\n10 1.200100 semctl(7, 0, GETVAL, NULL) = 4\n'
    const existed = (ids: string) => `# ipc-oracle: before the trace sem ${ids}; msg ; shm \n`
    expect((await check(existed('7 8') + used)).status).toBe(3)
    expect((await check(existed('8') + used)).status).toBe(1)
  })
})

describe('record', () => {
  it('says how to install strace where it is missing', async () => {
    const { status, err } = await recorded('record', '--strace', join(folder, 'no-strace'), '--', 'true')
    expect(status).toBe(2)
    expect(err).toContain('apt-get install strace')
  })
})

describe('check --format strace of strace -ff', () => {
  const parts = {
    10: '1.000100 execve("./a", ["./a"], []) = 0 <0.000001>',
    11: '1.000200 gettid() = 12 <0.000001>',
  }
  const name = join(folder, 'parts')
  for (const [pid, text] of Object.entries(parts)) writeFileSync(`${name}.${pid}`, `${text}\n`)

  it.each([
    [[name]],
    [[`${name}.10`, `${name}.11`]],
  ])('reads the files of all threads as one trace', async (files) => {
    const { status, out } = await recorded('check', '--format', 'strace', ...files)
    expect(status).toBe(1)
    expect(out).toContain(`${name}: deviates from profile linux`)
    expect(out).toContain('process   11: gettid()')
  })

  it('says that it needs times', async () => {
    const untimed = join(folder, 'untimed')
    writeFileSync(`${untimed}.10`, 'getpid() = 10\n')
    const { status, err } = await recorded('check', '--format', 'strace', untimed)
    expect(status).toBe(2)
    expect(err).toContain('strace needs -ttt beside -ff')
  })
})
