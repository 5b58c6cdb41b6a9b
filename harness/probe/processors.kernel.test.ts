import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Scenario } from '../../model/vocabulary/scenario.ts'
import type { Recording } from '../../oracle/trace/trace.ts'
import { compileProbe } from '../targets/compile.ts'
import { onPath } from '../targets/on-path.ts'
import type { ProbeConnection } from '../transports/probe-connection.ts'
import { startProbe } from '../transports/probe-process.ts'
import { familyOf, untilGone } from './watch-processes.ts'

const quick: Scenario = {
  title: '',
  steps: [
    { actor: 'A', call: { name: 'msgget', key: 1, flags: 0o1600, as: 'Q' } },
    { actor: 'B', call: { name: 'getppid' } },
  ],
}
/** Its actors are replaced each time. */
const slow: Scenario = {
  title: '',
  steps: [
    { actor: 'A', call: { name: 'fork', as: 'C' } },
    { actor: 'C', call: { name: '_exit', status: 1 } },
  ],
}
const many = (scenario: Scenario, count: number) => Array.from({ length: count }, () => scenario)
const hasGoneWell = ({ problem, steps }: Recording) =>
  !problem && steps.every(({ events }) => events.length > 0)

/** Null without a compiler; a probe that does not compile is a failure. */
const probe = await compileProbe().catch((error: Error) => {
  if (!error.message.startsWith('No C compiler')) throw error
  console.error(`Skipped: ${error.message}`)
  return null
})
const emulator = await onPath('qemu-x86_64')
const processors = availableParallelism()
const isRoot = process.getuid?.() === 0

describe.skipIf(probe === null || !isRoot)('several probes', () => {
  // Probes of other tests, which are on the same processors, have names that do not reach into a network of its own.
  let network: ChildProcess
  const opened: ProbeConnection[] = []
  beforeAll(async () => {
    network = spawn('unshare', ['--net', 'sh', '-c', 'echo; cat'], { stdio: ['pipe', 'pipe', 'inherit'] })
    await once(network.stdout as NodeJS.ReadableStream, 'data')
  })
  afterAll(() => network.stdin?.end())
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((connection) => connection.close()))
  })

  const start = async (detection: string, runner: readonly string[] = []) => {
    const command = [...runner, probe as string]
    const connection = await startProbe({
      target: 'host',
      command,
      wrap: `nsenter --net=/proc/${network.pid}/ns/net`,
      environment: {
        IPC_ORACLE_DETECTION: detection,
        ...(runner.length === 0 ? {} : { IPC_ORACLE_SELF: command.join('\n') }),
      },
    })
    opened.push(connection)
    return connection
  }

  it('take processors of their own but for the first, and those that others have left', async () => {
    const forProbes = Math.max(1, processors - 1)
    const children = many(quick, forProbes).map(() => spawnProbe(`/proc/${network.pid}/ns/net`))
    try {
      const places: string[] = []
      for (const child of children) places.push(await child.place())
      expect(new Set(places).size).toBe(forProbes)
      if (processors > 1) expect(places).not.toContain(/^\d+/.exec(await allowedTo(process.pid))?.[0])
      const [first] = children
      const family = await familyOf(first?.pid ?? 0)
      process.kill(family[1] as number, 'SIGKILL')
      await untilGone(family)
      const successor = spawnProbe(`/proc/${network.pid}/ns/net`)
      children.push(successor)
      expect(await successor.place()).toBe(places[0])
    } finally {
      for (const child of children) child.end()
    }
  })

  it('all go on where they are more than processors, whatever they are and do', async () => {
    const greedy = await Promise.all(many(quick, 2 * processors).map(() => start('')))
    let over = false
    const working = greedy.map(async (connection) => {
      const recordings: Recording[] = []
      while (!over) recordings.push(...(await connection.run(many(quick, 500))))
      return recordings
    })
    const others = await Promise.all([
      start('proc'),
      start('patient'),
      ...(emulator === undefined ? [] : [start('', [emulator]), start('proc', [emulator])]),
    ])
    const recordings = await Promise.all(others.map((other) => other.run(many(slow, 50))))
    over = true
    recordings.push(...(await Promise.all(working)))
    expect(recordings.map((some) => some.filter((one) => !hasGoneWell(one)))).toEqual(
      recordings.map(() => []),
    )
    expect(recordings.map(({ length }) => length > 0)).not.toContain(false)
  })
})

/** A probe that waits for its input; its place is the processor that its driver may run on. */
function spawnProbe(network: string) {
  const child = spawn('nsenter', [`--net=${network}`, probe as string], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const greeted = once(child.stdout, 'data')
  return {
    pid: child.pid,
    end: () => child.stdin.end(),
    async place() {
      await greeted
      const [, , driver] = await familyOf(child.pid ?? 0)
      return allowedTo(driver)
    },
  }
}

/** Processors as the kernel writes them: `0-3,5`. */
async function allowedTo(pid: number | undefined): Promise<string> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return /Cpus_allowed_list:\s*(.*)/.exec(status)?.[1] ?? ''
}
