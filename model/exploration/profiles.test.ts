import { expect, it } from 'vitest'
import { canonicalKey } from '../canonical.ts'
import { type Outcome, outcomes } from '../outcomes.ts'
import { linux, posix } from '../profile.ts'
import type { Activity, World } from '../world.ts'
import { explore } from './explore.ts'
import { ofSteps } from './invariant.ts'
import { each, type SmallWorld, stepsOf, summary, worldAfter } from './small-worlds.testing.ts'

/**
 * A world without what makes no difference in POSIX: at which of several zeros a sleeper is counted, and in which
 * order senders and receivers sleep.
 */
const essence = ({ processes, queues, ...rest }: World) => ({
  ...rest,
  queues: Object.entries(queues).map(([name, queue]) => [
    name,
    { ...queue, receivers: queue.receivers.toSorted(), senders: queue.senders.toSorted() },
  ]),
  processes: Object.entries(processes).map(([name, process]) => [
    name,
    { ...process, activity: essenceOf(process.activity) },
  ]),
})

function essenceOf(activity: Activity): unknown {
  if (activity.is === 'idle') return activity
  const { on } = activity
  if (on.in === 'semaphores') return { ...activity, on: { ...on, blocking: 0 } }
  return activity
}

/** The outcome allows all that the other shows: the same events and world, but for values that may be anything. */
function covers(allowed: Outcome, shown: Outcome): boolean {
  return (
    canonicalKey(essence(allowed.world)) === canonicalKey(essence(shown.world)) &&
    allowed.events.length === shown.events.length &&
    allowed.events.every((event) => shown.events.some((other) => isCovered(event, other)))
  )
}

const isCovered = (allowed: unknown, shown: unknown): boolean => {
  if (typeof allowed !== 'object' || allowed === null) return allowed === shown
  if ('is' in allowed && allowed.is === 'anything') return true
  if (typeof shown !== 'object' || shown === null) return false
  const fields = Object.entries(allowed)
  return (
    fields.length === Object.keys(shown).length &&
    fields.every(([field, value]) => isCovered(value, (shown as Readonly<Record<string, unknown>>)[field]))
  )
}

const isAllowed = ofSteps(
  'profiles.nested',
  'What Linux does POSIX allows.',
  ({ before, step: { actor, call }, outcome }) =>
    outcomes(before, actor, call, 1, posix).some((allowed) => covers(allowed, outcome)),
)

const ABC = ['A', 'B', 'C']

const worlds: Readonly<Record<string, SmallWorld>> = {
  semaphores: {
    actors: ABC,
    given: ['A: S = semget(private, 2)', 'B: sigaction(SIGUSR1, handler, SA_RESTART)'],
    steps: [
      ...each(['B', 'C'], 'semop(S, [0 0, 1 -1 SEM_UNDO])', 'semop(S, [0 -1, 1 0 IPC_NOWAIT])', '_exit(0)'),
      ...each(['A'], 'semop(S, [0 +1])', 'semop(S, [1 +1])', 'semop(S, [0 -1 IPC_NOWAIT])'),
      ...each(
        ['A'],
        'semctl(S, 9, SETVAL, 40000)',
        'semctl(S, 0, IPC_SET, own, own, 0)',
        'semctl(S, 0, IPC_RMID)',
      ),
      ...each(['A'], 'semctl(S, 0, GETZCNT)', 'semctl(S, 1, GETNCNT)', 'semctl(S, 1, GETPID)'),
      ...each(['A'], 'kill(B, SIGUSR1)', 'kill(B, SIGSTOP)', 'kill(B, SIGCONT)'),
    ],
    depth: 3,
  },
  messages: {
    actors: ABC,
    given: ['A: Q = msgget(private)', 'A: msgctl(Q, IPC_SET, own, own, 0600, 2)'],
    steps: [
      ...each(['B', 'C'], 'msgsnd(Q, 1, 1)', 'msgsnd(Q, 2, 2)', 'msgrcv(Q, 1)', 'msgrcv(Q, 9, -1)'),
      ...each(['A'], 'msgctl(Q, IPC_SET, own, own, 0600, 3)', 'msgctl(Q, IPC_SET, own, own, 0, 1)'),
      ...each(['A'], 'msgctl(Q, IPC_STAT)', 'msgctl(Q, IPC_RMID)', 'msgrcv(Q, 0, 0, IPC_NOWAIT)'),
      ...each(['A'], 'kill(B, SIGSTOP)', 'kill(B, SIGCONT)', 'kill(C, SIGKILL)'),
    ],
    depth: 3,
  },
  memory: {
    actors: ['A', 'B'],
    given: ['A: M = shmget(key1, 8192, IPC_CREAT|0600)'],
    steps: [
      ...each(['A'], 'P = shmat(M)', 'shmdt(P)', 'store(P, 7)', 'E = fork()', 'kill(B, SIGKILL)'),
      ...each(['A'], 'shmctl(M, IPC_RMID)', 'shmctl(M, IPC_STAT)', 'shmctl(M, SHM_LOCK)'),
      ...each(
        ['B'],
        'R = shmat(M, arena)',
        'T = shmat(M, arena, SHM_REMAP)',
        'shmdt(R)',
        'load(R)',
        'exec(self)',
      ),
      ...each(['B'], 'X = shmget(key1, 9000, IPC_CREAT|IPC_EXCL|0700)', 'Y = shmat(M, arena+1)'),
      'E: _exit(0)',
    ],
    depth: 3,
  },
  processes: {
    actors: ['A'],
    given: ['A: E = fork()', 'A: F = fork()'],
    steps: [
      ...each(['A'], 'waitpid(E, WUNTRACED)', 'wait()', 'waitid(P_ALL, 0, WEXITED|WNOWAIT)'),
      ...each(
        ['A'],
        'sigaction(SIGCHLD, SIG_IGN)',
        'sigaction(SIGCHLD, handler)',
        'sigprocmask(SIG_BLOCK, SIGCHLD)',
      ),
      ...each(
        ['F'],
        'kill(E, SIGSTOP)',
        'kill(E, SIGCONT)',
        'kill(E, SIGKILL)',
        'kill(A, SIGSTOP)',
        'kill(A, SIGCONT)',
      ),
      ...each(['E', 'F'], '_exit(300)'),
    ],
    depth: 4,
  },
}

it.each(Object.entries(worlds))('%s: POSIX allows what Linux does', { timeout: 60_000 }, (_, small) => {
  const { actors, given = [], steps, depth } = small
  const [, , ...violated] = summary(
    explore({
      start: worldAfter(actors, given),
      alphabet: stepsOf(steps),
      depth,
      profile: linux,
      invariants: [isAllowed],
    }),
  )
  expect(violated).toEqual([])
})
