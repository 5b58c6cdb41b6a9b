import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Call } from '../../model/vocabulary/forms.ts'
import type { Scenario } from '../../model/vocabulary/scenario.ts'
import type { Recording } from '../../oracle/trace/trace.ts'
import { createEncoder } from '../protocol/encode.ts'
import { compileProbe } from '../targets/compile.ts'
import { pause } from '../transports/pause.ts'
import { startProbe } from '../transports/probe-process.ts'
import { familyOf, isAlive, objects, untilGone } from './watch-processes.ts'

/** Two callers of this semop wake each other for ever; each of them sleeps all the time. */
const pingPong = `
  #include <sys/sem.h>
  #include <sys/syscall.h>
  #include <unistd.h>
  static void change(int set, int number, int by)
  {
    struct sembuf operation = { number, by, 0 };
    syscall(SYS_semop, set, &operation, 1);
  }
  int semop(int set, struct sembuf *operations, size_t count)
  {
    for (int serves = operations->sem_op > 0; count > 0; serves = !serves)
      change(set, operations->sem_op > 0 ? !serves : serves, serves ? 1 : -1);
    return 0;
  }`

/** Attaching takes long, and comes to an end. */
const slow = `
  #include <stddef.h>
  #include <sys/syscall.h>
  #include <time.h>
  #include <unistd.h>
  static long microseconds(void)
  {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000 + now.tv_nsec / 1000;
  }
  void *shmat(int id, const void *address, int flags)
  {
    for (long began = microseconds(); microseconds() - began < 3000;);
    return (void *)syscall(SYS_shmat, id, address, flags);
  }`

const change = (actor: string, by: number) => ({
  actor,
  call: { name: 'semop', set: 'S', operations: [{ sem: 0, change: by, flags: 0 }] } satisfies Call,
})
const restless: Scenario = {
  title: '',
  steps: [
    { actor: 'A', call: { name: 'semget', key: 'private', nsems: 2, flags: 0o600, as: 'S' } },
    change('B', -1),
    change('A', 1),
  ],
}
const long: Scenario = {
  title: '',
  steps: [
    { actor: 'A', call: { name: 'shmget', key: 'private', size: 1, flags: 0o600, as: 'M' } },
    { actor: 'B', call: { name: 'many_shmat', segment: 'M', times: 2000 } },
    { actor: 'A', call: { name: 'getppid' } },
  ],
}
const quiet: Scenario = {
  title: '',
  steps: [
    { actor: 'A', call: { name: 'msgget', key: 1, flags: 0o1600, as: 'Q' } },
    { actor: 'B', call: { name: 'getppid' } },
  ],
}

const hasGoneWell = ({ problem, steps }: Recording) =>
  !problem && steps.every(({ events }) => events.length === 1)

/** Null without a compiler; a probe that does not compile is a failure. */
const probe = await compileProbe().catch((error: Error) => {
  if (!error.message.startsWith('No C compiler')) throw error
  console.error(`Skipped: ${error.message}`)
  return null
})

/** Milliseconds that one restless scenario may take here, where others use the machine too. */
const PATIENCE = 3000

describe.skipIf(probe === null)('a probe whose actors wake each other for ever', () => {
  let library = { path: '', remove: async () => {} }
  beforeAll(async () => {
    library = await preloaded(pingPong)
  })
  afterAll(() => library.remove())

  const start = () => startWith(library.path, '')

  it('says so and goes on', async ({ skip }) => {
    const target = await start()
    if (target.hello.detection !== 'fifo') {
      await target.close()
      return skip('this machine does not permit SCHED_FIFO')
    }
    const began = performance.now()
    const recordings = await target.run([quiet, restless, quiet, restless, quiet])
    expect(performance.now() - began).toBeLessThan(2 * PATIENCE)
    await target.close()
    expect(recordings.map(hasGoneWell)).toEqual([true, false, true, false, true])
    expect(recordings[1]?.problem).toContain('rest')
  })

  it('does not take another one for restless that gets no processor', async () => {
    const bad = await start()
    const good = await startProbe({ target: 'host', command: [probe as string] })
    const [, recordings] = await Promise.all([
      bad.run([restless, restless]),
      good.run(Array.from({ length: 3000 }, () => quiet)),
    ])
    await Promise.all([bad.close(), good.close()])
    expect(recordings.filter((recording) => !hasGoneWell(recording))).toEqual([])
  })

  it.each([
    'outer',
    'group',
    'guard',
    'driver',
    'reader',
  ] as const)('leaves nothing behind when its %s is gone', async (victim) => {
    const before = await objects()
    const running = spawnProbe(library.path)
    const [outer, guard, driver] = await playing(running)
    const family = await familyOf(outer)
    const began = performance.now()
    if (victim === 'reader') running.stdout?.destroy()
    else process.kill({ outer, group: -outer, guard, driver }[victim], 'SIGKILL')
    await Promise.race([untilGone(family), pause(3 * PATIENCE)])
    await endAll(family) // Whatever is left would keep the processor.
    expect(performance.now() - began).toBeLessThan(PATIENCE)
    expect(await objects()).toEqual(before)
  })
})

describe.skipIf(probe === null)('a call that is many', () => {
  it.each(['', 'proc', 'patient'])('may take its time (detection: %j)', async (detection) => {
    const library = await preloaded(slow)
    try {
      const target = await startWith(library.path, detection)
      const recordings = await target.run([quiet, long, quiet])
      await target.close()
      expect(recordings.map(({ problem }) => problem)).toEqual(['', '', ''])
      expect(recordings.map(hasGoneWell)).toEqual([true, true, true])
    } finally {
      await library.remove()
    }
  })
})

/** A library that takes the place of another one's functions. */
async function preloaded(source: string) {
  const folder = await mkdtemp(join(tmpdir(), 'ipc-oracle-'))
  const path = join(folder, 'library.so')
  await writeFile(join(folder, 'library.c'), source)
  await execa('cc', ['-shared', '-fPIC', '-o', path, join(folder, 'library.c')])
  return { path, remove: () => rm(folder, { recursive: true }) }
}

const startWith = (library: string, detection: string) =>
  startProbe({
    target: 'host',
    command: [probe as string],
    wrap: `env LD_PRELOAD=${library}`,
    environment: { IPC_ORACLE_DETECTION: detection },
  })

function spawnProbe(library: string): ChildProcess {
  const child = spawn(probe as string, {
    stdio: ['pipe', 'pipe', 'ignore'],
    detached: true,
    // A probe that is killed leaves its folder behind.
    env: { ...process.env, LD_PRELOAD: library, TMPDIR: dirname(library) },
  })
  child.stdin?.on('error', () => {})
  const encoder = createEncoder()
  for (let number = 0; number < 20; number++) encoder.add(restless, number)
  child.stdin?.write(encoder.take())
  return child
}

/** Its first processes, once two actors are there as well. */
async function playing({ pid = 0 }: ChildProcess): Promise<[number, number, number]> {
  for (;;) {
    const [outer, guard, driver, ...actors] = await familyOf(pid)
    if (actors.length >= 2) return [outer, guard, driver] as [number, number, number]
  }
}

/** The last ones first: they are what keeps the others from running. */
async function endAll(family: readonly number[]): Promise<void> {
  for (const pid of [...family].reverse()) if (await isAlive(pid)) process.kill(pid, 'SIGKILL')
}
