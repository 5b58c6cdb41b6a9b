import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { parseScenario } from '../model/vocabulary/text/parse.ts'
import type { Recording, TraceEvent, TraceHeader } from '../oracle/trace/trace.ts'
import { headerText, recordingText } from '../oracle/trace/write-trace.ts'
import { recorded } from './recorded-io.testing.ts'

const folder = mkdtempSync(join(tmpdir(), 'ipc-oracle-check-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const header: TraceHeader = {
  target: 'host',
  kernel: '6.1.0',
  libc: 'glibc 2.36',
  arch: 'x86_64',
  mode: 'stepped',
  identity: { uid: 1000, gid: 1000, mapsOthers: true },
  limits: {
    semmsl: 32000,
    semmns: 1024000000,
    semopm: 500,
    semmni: 32000,
    semvmx: 32767,
    msgmax: 8192,
    msgmnb: 16384,
    msgmni: 32000,
    shmmax: 18446744073692774399n,
    shmall: 18446744073692774399n,
    shmmni: 4096,
  },
  pageSize: 4096,
  shmlba: 4096,
  arena: 0x7000000000,
  keyBase: 0x10000,
  initPid: 1,
}

const returns = (value: number): TraceEvent => ({
  is: 'returned',
  actor: 'A',
  value,
  errno: 0,
  out: null,
  clobbered: false,
})

/** A trace of making a set, increasing a semaphore, and reading its value. */
const traceReading = (value: number): string => {
  const { scenario } = parseScenario(
    '# One increase\nS = semget(private, 1)\nsemop(S, [0 +1])\nsemctl(S, 0, GETVAL)\n',
  )
  const steps = [7, 0, value].map((each) => ({ seconds: 100, events: [returns(each)] }))
  const recording: Recording = { scenario, started: 100, steps, problem: '' }
  return headerText(header) + recordingText(recording)
}

async function check(text: string, ...options: readonly string[]) {
  const file = join(folder, 'trace.ndjson')
  writeFileSync(file, text)
  const { status, out, err } = await recorded('check', file, ...options)
  return { status, out: out.replaceAll(file, 'trace.ndjson'), err: err.replaceAll(file, 'trace.ndjson') }
}

describe('check', () => {
  it('accepts what the model allows', async () => {
    expect(await check(traceReading(1))).toEqual({
      status: 0,
      out: 'trace.ndjson (host: 6.1.0, x86_64, glibc 2.36): conforms to profile linux, 1 scenario, 3 steps.\n',
      err: '',
    })
  })

  it('names step, rule and source of a deviation', async () => {
    const { status, out } = await check(traceReading(2))
    expect(status).toBe(1)
    expect(out).toContain('> A: semctl(S, 0, GETVAL)    # A returns 2')
    expect(out).toContain('observed  A returns 2\n   allowed   A returns 1')
    expect(out).toContain('Source: ')
  })

  it('prints one JSON object', async () => {
    const { status, out } = await check(traceReading(2), '--json', '--profile', 'posix')
    const { verdict, profile, traces } = JSON.parse(out)
    expect({ status, verdict, profile }).toEqual({ status: 1, verdict: 'deviates', profile: 'posix' })
    expect(traces[0].deviations[0]).toMatchObject({
      number: 1,
      title: 'One increase',
      step: 2,
      observed: 'A returns 2',
      allowed: ['A returns 1'],
    })
  })

  it('names line and field of what is no trace', async () => {
    const { status, err } = await check(
      traceReading(1).replace('"actor":"A","value":0', '"actor":"A","value":true'),
    )
    expect(status).toBe(2)
    expect(err).toMatch(/trace\.ndjson line \d+: field `value`/)
  })

  it('judges what stands before the end of a trace that was cut off', async () => {
    const whole = traceReading(1)
    const second = whole.split('\n').slice(1).join('\n')
    const { status, out } = await check(whole + second.slice(0, -40))
    expect(status).toBe(3)
    expect(out).toContain('cut off')
    expect(out).toContain('inconclusive, 1 scenario, 3 steps')
  })

  it('reports the deviation that stands before the cut', async () => {
    const whole = traceReading(2)
    const { status } = await check(whole + whole.split('\n').slice(1).join('\n').slice(0, -40))
    expect(status).toBe(1)
  })

  it.each([
    ['an empty file', '', 'is empty'],
    [
      'a scenario without a header',
      '{"event":"scenario","title":"","started":0}\n',
      'begins with a header line',
    ],
    ['something else', 'hello\n', 'is not JSON'],
  ])('%s is no trace', async (_, text, sentence) => {
    const { status, err } = await check(text)
    expect(status).toBe(2)
    expect(err).toContain(sentence)
  })

  it('a trace with no scenario settles nothing', async () => {
    expect((await check(headerText(header))).status).toBe(3)
  })
})
