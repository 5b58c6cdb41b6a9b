import { describe, expect, it } from 'vitest'
import type { Result } from '../expected.ts'
import type { Queue } from '../messages/state.ts'
import { type Outcome, outcomes } from '../outcomes.ts'
import type { Lifecycle } from '../processes/state.ts'
import { linux } from '../profile.ts'
import type { SemaphoreSet } from '../semaphores/state.ts'
import type { Attachment, Segment } from '../shared-memory/state.ts'
import { idle, type Process, type World, withProcess } from '../world.ts'
import { invariants } from './invariants.ts'
import { exploreSmall } from './small-worlds.testing.ts'

type Change<T> = (was: T) => Partial<T>

/** What a model would say that gets something wrong about set S, queue Q, segment M or a process. */
const wrongSet = (change: Change<SemaphoreSet>) =>
  inWorld((world) => {
    const { S } = world.sets
    return S === undefined ? world : { ...world, sets: { S: { ...S, ...change(S) } } }
  })
const wrongQueue = (change: Change<Queue>) =>
  inWorld((world) => {
    const { Q } = world.queues
    return Q === undefined ? world : { ...world, queues: { Q: { ...Q, ...change(Q) } } }
  })
const wrongSegment = (change: Change<Segment>) =>
  inWorld((world) => {
    const { M } = world.segments
    return M === undefined ? world : { ...world, segments: { ...world.segments, M: { ...M, ...change(M) } } }
  })
const wrongProcess = (name: string, change: Change<Process>) =>
  inWorld((world) => {
    const was = world.processes[name]
    return was === undefined ? world : withProcess(world, name, change(was))
  })
const wrongLife = (name: string, change: Change<Lifecycle>) =>
  wrongProcess(name, ({ lifecycle }) => ({ lifecycle: { ...lifecycle, ...change(lifecycle) } }))
const wrongAttachment = (change: Change<Attachment>) =>
  wrongProcess('B', ({ attachments }) => {
    const was = attachments.P
    return was === undefined ? {} : { attachments: { ...attachments, P: { ...was, ...change(was) } } }
  })

const inWorld =
  (change: (world: World) => World) =>
  (outcome: Outcome): Outcome => ({ ...outcome, world: change(outcome.world) })

const withEvents =
  (change: (events: Outcome['events']) => Outcome['events']) =>
  (outcome: Outcome): Outcome => ({ ...outcome, events: change(outcome.events) })

/** Something that the caller is told wrongly in its out data. */
const wrongOut = (name: string) =>
  withEvents((events) =>
    events.map((event) =>
      event.is === 'returned'
        ? { ...event, result: { ...event.result, out: { ...event.result.out, [name]: 77 } } }
        : event,
    ),
  )

const set = 'A: S = semget(private, 1)'
const queue = 'A: Q = msgget(private)'
const segment = 'A: M = shmget(private, 8192)'
const attached = [segment, 'B: P = shmat(M, arena)']
const child = 'A: E = fork()'
const plusOne: Change<SemaphoreSet> = ({ semaphores }) => ({
  semaphores: semaphores.map(({ value, pid }) => ({ value: value + 1, pid })),
})

/** For each invariant what a model would get wrong that broke it: the steps before, the step, the mistake. */
const mistakes: Readonly<
  Record<string, readonly [given: readonly string[], step: string, (outcome: Outcome) => Outcome]>
> = {
  'sem.value-in-range': [[set, 'A: semctl(S, 0, SETVAL, 32767)'], 'B: semop(S, [0 +1])', wrongSet(plusOne)],
  'sem.adjustments-in-range': [
    [set],
    'B: semctl(S, 0, IPC_RMID)',
    wrongProcess('B', () => ({ undo: { S: [1] } })),
  ],
  'sem.sleepers-listed': [
    [set, 'A: semop(S, [0 -1])'],
    'B: semctl(S, 0, GETVAL)',
    wrongSet(() => ({ sleepers: [] })),
  ],
  'sem.none-could-run': [
    [set, 'A: semop(S, [0 -1])'],
    'B: semop(S, [0 +1])',
    inWorld((world) => {
      const { S } = world.sets
      const asleep = { is: 'asleep', on: aSleep } as const
      return S === undefined
        ? world
        : withProcess({ ...world, sets: { S: { ...S, ...plusOne(S), sleepers: ['A'] } } }, 'A', {
            activity: asleep,
          })
    }),
  ],
  'sem.stopped-at-first-obstacle': [
    ['A: S = semget(private, 2)', 'A: semop(S, [0 -1, 1 -1])'],
    'B: semop(S, [0 +1])',
    wrongProcess('A', ({ activity }) =>
      activity.is === 'asleep' && activity.on.in === 'semaphores'
        ? { activity: { is: 'asleep', on: { ...activity.on, blocking: 0 } } }
        : {},
    ),
  ],
  'sem.conservation': [[set], 'B: semop(S, [0 +1])', wrongSet(plusOne)],
  'sem.undo-conservation': [
    [set, 'B: semop(S, [0 +1 SEM_UNDO])'],
    'B: semop(S, [0 +1 SEM_UNDO])',
    wrongProcess('B', () => ({ undo: { S: [-1] } })),
  ],
  'sem.failure-changes-nothing': [
    [set],
    'B: semop(S, [0 -1 IPC_NOWAIT])',
    wrongSet(({ semaphores }) => ({ semaphores: semaphores.map(({ value }) => ({ value, pid: 'B' })) })),
  ],
  'sem.order-of-arrival': [
    [set, 'A: semop(S, [0 -1])', 'B: semop(S, [0 -1])'],
    'C: semop(S, [0 -1])',
    wrongSet(() => ({ sleepers: ['C', 'A', 'B'] })),
  ],

  'msg.well-formed': [
    [queue],
    'B: msgsnd(Q, 1, 1)',
    wrongQueue(({ messages }) => ({ messages: messages.map((message) => ({ ...message, type: 0 })) })),
  ],
  'msg.sleepers-listed': [
    [queue, 'A: msgrcv(Q, 9)'],
    'B: msgrcv(Q, 9)',
    wrongQueue(() => ({ receivers: ['A', 'A'] })),
  ],
  'msg.sleepers-on-queues': [
    [queue, 'A: msgrcv(Q, 9)'],
    'B: msgctl(Q, IPC_STAT)',
    inWorld((world) => ({ ...world, queues: {} })),
  ],
  'msg.no-receiver-could-go': [
    [queue, 'A: msgrcv(Q, 9, 1)'],
    'B: msgsnd(Q, 2, 1)',
    wrongQueue(({ messages }) => ({ messages: messages.map((message) => ({ ...message, type: 1 })) })),
  ],
  'msg.no-sender-could-go': [
    [queue, 'A: msgctl(Q, IPC_SET, own, own, 0600, 2)', 'A: msgsnd(Q, 1, 2)', 'A: msgsnd(Q, 1, 1)'],
    'B: msgctl(Q, IPC_STAT)',
    wrongQueue(() => ({ messages: [] })),
  ],
  'msg.within-limit': [[queue], 'B: msgsnd(Q, 1, 5)', wrongQueue(() => ({ limit: 4 }))],
  'msg.conservation': [
    [queue, 'A: msgsnd(Q, 1, 1)'],
    'B: msgrcv(Q, 0)',
    wrongQueue(() => ({ messages: [] })),
  ],
  'msg.order': [
    [queue, 'A: msgsnd(Q, 1, 1)'],
    'B: msgsnd(Q, 2, 1)',
    wrongQueue(({ messages }) => ({ messages: messages.toReversed() })),
  ],
  'msg.stat-agrees': [[queue], 'B: msgctl(Q, IPC_STAT)', wrongOut('qnum')],

  'shm.attached-exists': [
    attached,
    'A: shmctl(M, IPC_RMID)',
    inWorld((world) => ({ ...world, segments: {} })),
  ],
  'shm.removed-unused-is-gone': [attached, 'A: shmctl(M, IPC_RMID)', wrongAttachment(() => ({ pieces: [] }))],
  'shm.removed-has-no-key': [
    ['A: M = shmget(key1, 8192, IPC_CREAT|0600)', 'B: P = shmat(M, arena)'],
    'A: shmctl(M, IPC_RMID)',
    wrongSegment(({ permission }) => ({ permission: { ...permission, key: 1 } })),
  ],
  'shm.pieces-ordered': [
    attached,
    'A: shmctl(M, IPC_STAT)',
    wrongAttachment(() => ({ pieces: [{ first: 1, pages: 2, protection: 3, forks: true }] })),
  ],
  'shm.no-overlap': [
    [...attached, 'B: R = shmat(M, arena+8192)'],
    'A: shmctl(M, IPC_STAT)',
    wrongAttachment(({ at }) => ({ at: { ...at, offset: 4096 } })),
  ],
  'shm.bytes-within': [attached, 'B: store(P, 7)', wrongSegment(() => ({ contents: { 8192: 7 } }))],
  'shm.ended-has-none': [
    [child, segment, 'E: P = shmat(M, arena)'],
    'E: _exit(0)',
    wrongProcess('E', () => ({
      attachments: { P: anAttachment },
    })),
  ],
  'shm.nattch-agrees': [attached, 'A: shmctl(M, IPC_STAT)', wrongOut('nattch')],
  'shm.contents-stay': [attached, 'A: shmctl(M, IPC_STAT)', wrongSegment(() => ({ contents: { 0: 7 } }))],

  'proc.parent-lives': [[child], 'B: getppid()', wrongLife('E', () => ({ parent: 'Z' }))],
  'proc.driver-reaps': [[child], 'E: _exit(0)', wrongLife('E', () => ({ parent: 'init' }))],
  'proc.zombie-reports': [[child], 'E: _exit(0)', wrongLife('E', () => ({ report: { is: 'none' } }))],
  'proc.zombie-has-nothing': [[child], 'E: _exit(0)', wrongProcess('E', () => ({ undo: { S: [] } }))],
  'proc.wait-returns': [
    [child, 'A: waitpid(E, WUNTRACED)'],
    'B: getppid()',
    wrongLife('E', () => ({ life: 'stopped', report: { is: 'stopped', signal: 19 } })),
  ],
  'proc.wait-has-hope': [
    [child, 'A: waitpid(E)'],
    'B: getppid()',
    wrongLife('E', () => ({ parent: 'init' })),
  ],
  'proc.rest': [[], 'B: getppid()', wrongLife('A', () => ({ pending: { 10: [{ from: 'kernel' }] } }))],
  'proc.no-ignored-pending': [
    ['A: kill(B, SIGSTOP)'],
    'A: getppid()',
    wrongLife('B', () => ({ pending: { 17: [{ from: 'kernel' }] } })),
  ],
  'proc.group-in-session': [[child], 'B: getppid()', wrongLife('E', () => ({ session: 'E' }))],
  'proc.children-in-order': [[child], 'A: F = fork()', wrongLife('F', () => ({ rank: 1 }))],
  'proc.reported-once': [
    [child, 'E: _exit(3)'],
    'A: wait()',
    inWorld((world) => {
      const { A } = world.processes
      if (A === undefined) return world
      const lifecycle: Lifecycle = {
        ...A.lifecycle,
        parent: 'A',
        rank: 1,
        life: 'zombie',
        report: { is: 'exited', code: 3 },
      }
      return { ...world, processes: { ...world.processes, E: { ...A, activity: idle, lifecycle } } }
    }),
  ],
  'proc.zombie-ends-by-wait': [
    [child, 'E: _exit(3)'],
    'A: getppid()',
    inWorld((world) => {
      const { E: _, ...processes } = world.processes
      return { ...world, processes }
    }),
  ],
  'proc.stopped-returns-nothing': [
    [child, 'A: kill(E, SIGSTOP)'],
    'A: getppid()',
    withEvents((events) => [...events, { is: 'returned', actor: 'E', result }]),
  ],
  'proc.lives-are-told': [[child], 'A: kill(E, SIGSTOP)', withEvents((events) => [...events, ...events])],
}

const result: Result = { value: 0, errno: 'none', out: null }

const aSleep = {
  in: 'semaphores',
  call: { name: 'semop', set: 'S', operations: [{ sem: 0, change: -1, flags: 0 }] },
  set: 'S',
  operations: [{ sem: 0, change: -1, flags: 0 }],
  blocking: 0,
  expires: 'never',
} as const

const anAttachment: Attachment = {
  segment: 'M',
  at: { base: 'arena', offset: 0 },
  pages: 2,
  writable: true,
  moved: false,
  pieces: [],
  replaced: false,
  overtaken: false,
}

describe('an invariant', () => {
  it('is among the mistakes', () =>
    expect(Object.keys(mistakes).sort()).toEqual(invariants.map(({ id }) => id).sort()))

  it.each(Object.entries(mistakes))('%s notices a mistake of the model', (id, [given, step, mistake]) => {
    const world = { actors: ['A', 'B', 'C'], given, steps: [step], depth: 1 }
    expect(exploreSmall(world, linux).violations).toEqual([])
    const { violations } = exploreSmall(world, linux, (...step) => outcomes(...step).map(mistake))
    expect(violations.map(({ invariant }) => invariant)).toContain(id)
  })

  it('is shown with the shortest way to where it breaks', () => {
    const world = {
      actors: ['A', 'B'],
      given: [set],
      steps: ['A: semop(S, [0 +1])', 'B: semop(S, [0 -1])', 'B: semop(S, [0 -2])'],
      depth: 4,
    }
    // A model that forgets who sleeps when it has woken somebody.
    const forgets = inWorld((at) => {
      const { S } = at.sets
      return S !== undefined && S.semaphores[0]?.value === 1
        ? { ...at, sets: { S: { ...S, sleepers: [] } } }
        : at
    })
    const [first] = exploreSmall(world, linux, (...step) => outcomes(...step).map(forgets)).violations
    expect(first).toMatchObject({ invariant: 'sem.sleepers-listed', path: [{ actor: 'A' }, { actor: 'B' }] })
  })
})
