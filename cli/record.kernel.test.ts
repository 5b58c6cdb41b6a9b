import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { recorded } from './recorded-io.testing.ts'

const folder = mkdtempSync(join(tmpdir(), 'ipc-oracle-record-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const hasStrace = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0

describe.runIf(hasStrace)('record', () => {
  it('judges a command and all that it starts, and tells its status', async () => {
    const { status, out } = await recorded('record', '--json', '--', 'sh', '-c', '(exit 4) & wait $!; exit 3')
    expect(status).toBe(0)
    const { traces } = JSON.parse(out)
    expect(traces[0]).toMatchObject({ verdict: 'conforms', commandStatus: 3, commandSignal: null })
    expect(traces[0].byCall.wait4.judged).toBeGreaterThan(0)
  })

  it('tells by which signal the command was ended', async () => {
    const { out } = await recorded('record', '--json', '--', 'sh', '-c', 'kill -TERM $$')
    expect(JSON.parse(out).traces[0]).toMatchObject({ commandSignal: 'SIGTERM' })
  })

  it('keeps the trace where it is asked to, and nothing else', async () => {
    const file = join(folder, 'kept.strace')
    await recorded('record', '--json', '--out', file, '--', 'sh', '-c', 'true & wait')
    expect(readdirSync(folder)).toEqual(['kept.strace'])
    expect(readFileSync(file, 'latin1')).toMatch(
      /^# ipc-oracle: before the trace sem .*\n\d+ +\d+\.\d+ execve\(/,
    )
    expect((await recorded('check', '--format', 'strace', file)).status).toBe(0)
  })

  it('does not hand the trace to the command', async () => {
    const { out } = await recorded(
      'record',
      '--json',
      '--',
      'sh',
      '-c',
      'exit $(ls /proc/self/fd | grep -cx 3)',
    )
    // `ls` opens the folder as its own third descriptor, and no other.
    expect(JSON.parse(out).traces[0].commandStatus).toBe(1)
  })
})
