import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { plain } from '../reports/style.ts'
import { recorded, recordedIn } from './recorded-io.testing.ts'

const folder = mkdtempSync(join(tmpdir(), 'ipc-oracle-record-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const hasStrace = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0

const leaving = ['sh', '-c', `sleep 60 & echo $! >${join(folder, 'left')}; exit 4`]

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

  it('sees a child whose parent ends before it acts', async () => {
    const { out } = await recorded('record', '--json', '--', 'sh', '-c', 'true & exit 3')
    const [trace] = JSON.parse(out).traces
    expect(trace).toMatchObject({ commandStatus: 3, events: 2 })
  })

  it('does not wait for what the command leaves behind, and says so', async () => {
    const { status, out } = await recorded('record', '--json', '--linger', '200ms', '--', ...leaving)
    const [trace] = JSON.parse(out).traces
    process.kill(Number(readFileSync(join(folder, 'left'), 'utf8')))
    expect(status).toBe(0)
    expect(trace).toMatchObject({ commandStatus: 4, leftBehind: true, malformed: { count: 0 } })
  })

  it('prints what it saw when it is interrupted', async () => {
    const started = join(folder, 'started')
    const interrupt = new AbortController()
    const script = `(exit 4) & wait $!; touch ${started}; exec sleep 60`
    const end = recordedIn({ ...plain, stop: interrupt.signal }, 'record', '--json', '--', 'sh', '-c', script)
    await expect.poll(() => existsSync(started), { timeout: 10_000 }).toBe(true)
    interrupt.abort()
    const { status, out } = await end
    expect(status).toBe(130)
    expect(JSON.parse(out).traces[0]).toMatchObject({ verdict: 'conforms', commandSignal: 'SIGTERM' })
  })

  it('does not hand the trace to the command', async () => {
    const { out } = await recorded(
      'record',
      '--json',
      '--',
      'sh',
      '-c',
      "exit $(ls -l /proc/self/fd | grep -c 'ipc-oracle-[0-9]')",
    )
    expect(JSON.parse(out).traces[0].commandStatus).toBe(0)
  })
})
