import { readdir, readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Scenario } from '../../model/vocabulary/scenario.ts'
import { readTrace } from '../../oracle/trace/read-trace.ts'
import type { TraceEvent } from '../../oracle/trace/trace.ts'
import { headerText, recordingText } from '../../oracle/trace/write-trace.ts'
import { host } from './host.ts'
import type { StartedTarget } from './target.ts'

const obstacle = await host.obstacle({})
const noCompiler = obstacle?.startsWith('No C compiler') === true
if (noCompiler) console.error(`Skipped: ${obstacle}`)

const wakeUp: Scenario = {
  title: 'A post wakes a sleeping decrease',
  steps: [
    { actor: 'A', call: { name: 'semget', key: 'private', nsems: 1, flags: 0o600, as: 'S' } },
    { actor: 'B', call: { name: 'semop', set: 'S', operations: [{ sem: 0, change: -1, flags: 0 }] } },
    { actor: 'A', call: { name: 'semctl.GETNCNT', set: 'S', semnum: 0 } },
    { actor: 'A', call: { name: 'semop', set: 'S', operations: [{ sem: 0, change: 1, flags: 0 }] } },
    { actor: 'A', call: { name: 'semctl.GETALL', set: 'S', semnum: 0 } },
  ],
}

/** A set and a sleeper are left to the probe. */
const leftBehind: Scenario = { title: '', steps: wakeUp.steps.slice(0, 2) }

const returned = (actor: string, value: unknown, out: unknown = null): TraceEvent =>
  ({ is: 'returned', actor, value, errno: 0, out, clobbered: false }) as TraceEvent

describe.skipIf(noCompiler)('host', () => {
  let probe: StartedTarget
  let before: readonly string[] = []

  beforeAll(async () => {
    probe = await host.start({})
    before = await objects()
  })
  afterAll(() => probe?.close())

  it('has no obstacle', () => {
    expect(obstacle).toBeNull()
  })

  it('says where it runs', () => {
    expect(probe.header).toMatchObject({ target: 'host', mode: 'stepped' })
    expect(probe.header.kernel).not.toBe('')
    expect(probe.header.limits.semmsl).toBeGreaterThan(0)
  })

  it('records a sleeper and who woke it', async () => {
    const [recording] = await probe.run([wakeUp])
    expect(recording?.problem).toBe('')
    const events = recording?.steps.map((step) => step.events) ?? []
    expect(events[0]).toEqual([returned('A', expect.any(Number))])
    expect(events.slice(1, 3)).toEqual([[], [returned('A', 1)]])
    expect(events[3]).toHaveLength(2)
    expect(events[3]).toEqual(expect.arrayContaining([returned('A', 0), returned('B', 0)]))
    expect(events[4]).toEqual([returned('A', 0, [[0]])])
    for (const { seconds } of recording?.steps ?? [])
      expect(Math.abs(seconds - Date.now() / 1000)).toBeLessThan(30)
  })

  it('does the same a thousand times, in batches', async () => {
    const batches = Array.from({ length: 8 }, () =>
      probe.run(Array.from({ length: 125 }, (_, index) => (index % 2 === 0 ? wakeUp : leftBehind))),
    )
    const recordings = (await Promise.all(batches)).flat()
    expect(recordings).toHaveLength(1000)
    for (const { steps, problem, scenario } of recordings) {
      expect(problem).toBe('')
      expect(steps.map(({ events }) => events.length)).toEqual(scenario === wakeUp ? [1, 0, 1, 2, 1] : [1, 0])
    }
  })

  it('writes traces that can be read', async () => {
    const recordings = await probe.run([wakeUp, leftBehind])
    const trace = await readTrace(headerText(probe.header) + recordings.map(recordingText).join(''))
    expect(trace.header).toEqual(probe.header)
    for (const recording of recordings) expect((await trace.recordings.next()).value).toEqual(recording)
  })

  it('leaves nothing behind when it is closed', async () => {
    const mark = `MARK=${process.pid}.${Date.now()}`
    const other = await host.start({ wrap: `env ${mark}` })
    await other.run([leftBehind, wakeUp])
    expect(await processesWith(mark)).not.toEqual([])
    await other.close()
    expect(await processesWith(mark)).toEqual([])
    expect(await objects()).toEqual(before)
  })

  it('runs behind a prefix and through syscall(2)', async () => {
    const other = await host.start({ wrap: 'env LC_ALL=C', entry: 'syscall' })
    expect((await other.run([wakeUp]))[0]?.problem).toBe('')
    await other.close()
  })
})

/** The System V objects of this IPC namespace: kind, key and id. */
async function objects(): Promise<string[]> {
  const lists = ['sem', 'msg', 'shm'].map(async (kind) =>
    (await readFile(`/proc/sysvipc/${kind}`, 'utf8'))
      .split('\n')
      .slice(1)
      .map((line) => `${kind} ${line.trim().split(/\s+/).slice(0, 2).join(' ')}`)
      .filter((line) => line !== `${kind} `),
  )
  return (await Promise.all(lists)).flat()
}

/** The command lines of running processes that have the variable in their environment. */
async function processesWith(variable: string): Promise<string[]> {
  const found: string[] = []
  for (const id of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const [variables, line] = await Promise.all(
      ['environ', 'cmdline'].map((file) => readFile(`/proc/${id}/${file}`, 'utf8').catch(() => '')),
    )
    if (variables?.includes(variable)) found.push(`${id} ${line}`)
  }
  return found
}
