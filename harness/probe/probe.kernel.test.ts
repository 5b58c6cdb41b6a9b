import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Call } from '../../model/vocabulary/forms.ts'
import type { Scenario } from '../../model/vocabulary/scenario.ts'
import type { Recording, TraceEvent } from '../../oracle/trace/trace.ts'
import { createEncoder } from '../protocol/encode.ts'
import { createFrameReader, textOf } from '../protocol/frames.ts'
import { frameKinds } from '../protocol/kinds.ts'
import { compileProbe } from '../targets/compile.ts'
import { startProbe } from '../transports/probe-process.ts'
import { familyOf, isAlive, objects, untilGone } from './watch-processes.ts'

const scenario = (...steps: readonly (readonly [string, Call])[]): Scenario => ({
  title: '',
  steps: steps.map(([actor, call]) => ({ actor, call })),
})

const makeSet: Call = { name: 'semget', key: 'private', nsems: 1, flags: 0o600, as: 'S' }
const makeQueue: Call = { name: 'msgget', key: 1, flags: 0o1600, as: 'Q' }
const makeSegment: Call = { name: 'shmget', key: 1, size: 100, flags: 0o1600, as: 'M' }
const attach: Call = {
  name: 'shmat',
  segment: 'M',
  address: { base: 'null', offset: 0 },
  flags: 0,
  as: 'X',
}
const change = (by: number): Call => ({
  name: 'semop',
  set: 'S',
  operations: [{ sem: 0, change: by, flags: 0 }],
})
const fork = (as: string): Call => ({ name: 'fork', as })
const exit: Call = { name: '_exit', status: 7 }
const kill = (process: string | number, signal: number): Call => ({ name: 'kill', process, signal })
const waitFor = (process: string, options: number): Call => ({
  name: 'waitpid',
  process,
  options,
  location: 0,
})
const parent: Call = { name: 'getppid' }
const CLONE_SYSVSEM = 0x40000
const SIGSTOP = 19
const SIGCONT = 18
const RUSAGE_CHILDREN = -1

/** Each line is an actor and a mark: = returned, ! failed, § faulted, † ended, ∥ stopped, ▸ continued, - skipped. */
const outline = ({ problem, steps }: Recording) =>
  problem || steps.map(({ events }) => events.map(mark).join(' ')).join(' | ')

const mark = (event: TraceEvent) => event.actor + marks[event.is] + (isFailure(event) ? '!' : '')
const marks = { returned: '=', faulted: '§', ended: '†', stopped: '∥', continued: '▸', skipped: '-' }
const isFailure = (event: TraceEvent) => event.is === 'returned' && event.value === -1

/** What happens whatever kernel, detection and namespaces. */
const expected: readonly (readonly [string, Scenario])[] = [
  [
    'A= |  |  | A= B= | A= C= | A=',
    scenario(
      ['A', makeSet],
      ['B', change(-1)],
      ['C', change(-1)],
      ['A', change(1)],
      ['A', change(1)],
      ['A', { name: 'semctl.GETNCNT', set: 'S', semnum: 0 }],
    ),
  ],
  [
    'A= |  | A-',
    scenario(['A', makeSet], ['A', change(-1)], ['A', { name: 'semctl.GETVAL', set: 'S', semnum: 0 }]),
  ],
  [
    'A= | A= | A= | A§ | A§',
    scenario(
      ['A', makeSegment],
      ['A', attach],
      ['A', { name: 'load', address: { base: 'X', offset: 99 } }],
      ['A', { name: 'load', address: { base: 'X', offset: 5000 } }],
      ['A', { name: 'load', address: { base: 'arena', offset: 0 } }],
    ),
  ],
  [
    'A= |  | A= C† | A=!',
    scenario(['A', fork('C')], ['A', waitFor('C', 0)], ['C', exit], ['A', waitFor('C', 0)]),
  ],
  [
    'A= |  | A= B= C∥ | C- | B= C▸ | C= | B= C† | B=',
    scenario(
      ['A', fork('C')],
      ['A', waitFor('C', 2)],
      ['B', kill('C', SIGSTOP)],
      ['C', parent],
      ['B', kill('C', SIGCONT)],
      ['C', parent],
      ['B', kill('C', 9)],
      ['B', kill('C', 0)],
    ),
  ],
  [
    'A= | C= | C† | D= | D† | B=!',
    scenario(
      ['A', fork('C')],
      ['C', fork('D')],
      ['C', exit],
      ['D', parent],
      ['D', exit],
      ['B', kill('D', 0)],
    ),
  ],
  [
    'A= | A=! | A= | A=',
    scenario(
      ['A', { name: 'sigprocmask.SIG_BLOCK', signal: 10 }],
      ['A', { name: 'exec', image: 1 }],
      ['A', { name: 'exec', image: 0 }],
      ['A', parent],
    ),
  ],
  [
    'A= | A= | C= | T= |  |  | A= T= | C† | A= | T† U† | A=',
    scenario(
      ['A', makeSet],
      ['A', fork('C')],
      ['C', { name: 'thread', flags: CLONE_SYSVSEM, as: 'T' }],
      ['T', { name: 'thread', flags: 0, as: 'U' }],
      ['T', change(-1)],
      ['U', change(-1)],
      ['A', change(1)],
      ['C', { name: 'thread_exit', status: 3 }],
      ['A', waitFor('C', 1)],
      ['T', exit],
      ['A', waitFor('C', 0)],
    ),
  ],
]

const sleepers = scenario(
  ['A', makeSet],
  ['A', makeQueue],
  ['A', makeSegment],
  ['A', attach],
  ['B', change(-1)],
  ['A', fork('C')],
  ['C', { name: 'setsid' }],
  ['C', { name: 'msgrcv', queue: 'Q', size: 1, type: 0, flags: 0 }],
  ['A', change(-1)],
  ['A', { name: 'expires' }],
)

/** Null without a compiler; a probe that does not compile is a failure. */
const probe = await compileProbe().catch((error: Error) => {
  if (!error.message.startsWith('No C compiler')) throw error
  console.error(`Skipped: ${error.message}`)
  return null
})

const variants = [
  '',
  'IPC_ORACLE_DETECTION=fifo',
  'IPC_ORACLE_DETECTION=proc',
  'IPC_ORACLE_DETECTION=patient',
  'IPC_ORACLE_NAMESPACES=user',
  'IPC_ORACLE_NAMESPACES=none',
  'IPC_ORACLE_NAMESPACES=none IPC_ORACLE_DETECTION=proc',
  'IPC_ORACLE_ENTRY=syscall',
]

describe.skipIf(probe === null)('the probe', () => {
  describe.each(variants)('with %s', (variant) => {
    it('tells what happened, again and again', async ({ skip }) => {
      const target = await start(variant)
      if (target === null) return skip('this machine does not permit it')
      const batch = Array.from({ length: 20 }, () => expected.map(([, each]) => each)).flat()
      const recordings = await target.run(batch)
      await target.close()
      const outlines = expected.map(([outlined]) => outlined)
      expect(recordings.map(outline)).toEqual(batch.map((_, index) => outlines[index % outlines.length]))
    })

    it.each([
      'outer',
      'guard',
      'driver',
    ] as const)('leaves nothing behind when the %s process is killed', async (victim) => {
      const before = await objects()
      const running = spawnProbe(variant)
      const encoder = createEncoder()
      for (let number = 0; number < 20; number++) encoder.add(sleepers, number)
      running.stdin?.write(encoder.take())
      const family = await untilThereAre(6, running)
      if (family === null) return // The test above says that this machine does not permit it.
      const [outer, guard, driver] = family as [number, number, number]
      process.kill({ outer, guard, driver }[victim], 'SIGKILL')
      await untilGone(family)
      expect(await objects()).toEqual(before)
    })
  })

  it('does not count a program that an actor ran in the scenario before', async () => {
    const target = await start('')
    const runs = scenario(['A', makeSet], ['A', { name: 'ipcs.sem', object: 'S' }])
    const asks = scenario(['A', { name: 'getrusage', who: RUSAGE_CHILDREN }])
    const recordings = await target?.run(Array.from({ length: 40 }, (_, at) => (at % 2 === 0 ? runs : asks)))
    await target?.close()
    const answers = recordings?.filter((_, at) => at % 2 === 1).flatMap(({ steps }) => steps[0]?.events ?? [])
    expect(answers).toHaveLength(20)
    for (const answer of answers ?? [])
      expect(answer).toMatchObject({ out: [0, 0, expect.anything(), expect.anything()] })
  })

  it('does not signal strangers where it has no namespace of its own', async () => {
    const target = await start('IPC_ORACLE_NAMESPACES=none')
    const recordings = await target?.run([
      scenario(['A', kill(-1, SIGCONT)]),
      scenario(['A', kill(process.pid, SIGCONT)]),
      scenario(['A', kill('-A', SIGCONT)]),
    ])
    await target?.close()
    expect(recordings?.map(outline)).toEqual([
      expect.stringContaining('give up'),
      expect.stringContaining('give up'),
      'A=',
    ])
  })

  it('says what is wrong with a request, and exits with status 3', async () => {
    const { exitCode, stdout } = await execa(probe as string, {
      input: Buffer.from('this is not a frame'),
      encoding: 'buffer',
      reject: false,
    })
    const reader = createFrameReader()
    reader.push(stdout)
    expect(reader.next()?.kind).toBe(frameKinds.hello)
    const failure = reader.next()
    expect(failure?.kind).toBe(frameKinds.failure)
    expect(failure && textOf(failure)).toContain('request')
    expect(exitCode).toBe(3)
  })

  describe('with a broken library', () => {
    let folder = ''
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'ipc-oracle-'))
    })
    afterAll(() => rm(folder, { recursive: true }))

    it.each(Object.keys(broken))('survives a wrapper that %s', async (name) => {
      const [source, outlined] = broken[name] as readonly [string, string]
      await writeFile(join(folder, 'broken.c'), source)
      const library = join(folder, `${name.replaceAll(' ', '-')}.so`)
      await execa('cc', ['-w', '-shared', '-fPIC', '-o', library, join(folder, 'broken.c')])
      const target = await start(`LD_PRELOAD=${library}`)
      const call = scenario(['A', makeSet], ['A', change(1)])
      const other = scenario(['A', makeQueue], ['A', { name: 'msgctl.IPC_RMID', queue: 'Q' }])
      const recordings = await target?.run([call, other, call, other])
      await target?.close()
      expect(recordings?.map(outline)).toEqual([
        expect.stringContaining(outlined),
        'A= | A=',
        expect.stringContaining(outlined),
        'A= | A=',
      ])
    })
  })
})

/** Each with what becomes of the scenario. */
const broken: Readonly<Record<string, readonly [string, string]>> = {
  crashes: ['int semop() { return *(volatile int *)0; }', 'A†'],
  'never returns': ['int semop() { for (;;) __asm__ volatile(""); }', 'rest'],
  'writes everywhere': [
    `#include <stdio.h>
     #include <string.h>
     int semop() {
       FILE *maps = fopen("/proc/self/maps", "r");
       char line[512], rights[8];
       unsigned long from, to;
       while (fgets(line, sizeof(line), maps))
         if (sscanf(line, "%lx-%lx %7s", &from, &to, rights) == 3 && rights[1] == 'w' && rights[3] == 's')
           memset((void *)from, 0x7f, to - from);
       return 0;
     }`,
    'give up',
  ],
}

/** Null if this machine does not permit what the variables ask for. */
async function start(variables: string) {
  try {
    return await startProbe({ target: 'host', command: [probe as string], wrap: `env ${variables}` })
  } catch (error) {
    if (String(error).includes('not possible here')) return null
    throw error
  }
}

function spawnProbe(variables: string): ChildProcess {
  const child = spawn('env', [...variables.split(' ').filter((word) => word !== ''), probe as string], {
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  child.stdin?.on('error', () => {})
  return child
}

/** Null if the child ended instead. */
async function untilThereAre(count: number, { pid = 0, exitCode }: ChildProcess): Promise<number[] | null> {
  while (exitCode === null) {
    const family = await familyOf(pid)
    if (family.length >= count) return family
    if (!(await isAlive(pid))) return null
  }
  return null
}
