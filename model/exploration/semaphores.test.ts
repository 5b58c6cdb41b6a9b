import { describe, expect, it } from 'vitest'
import { linux, posix } from '../profile.ts'
import { each, exploreSmall, type SmallWorld, summary } from './small-worlds.testing.ts'

const ABC = ['A', 'B', 'C']
const set = 'A: S = semget(private, 1)'
const pair = 'A: S = semget(private, 2)'

// Three processes raise, lower, and wait for zero on one semaphore: every order of six calls, every queue of sleepers.
const counting: SmallWorld = {
  actors: ABC,
  given: [set],
  steps: each(ABC, 'semop(S, [0 -1])', 'semop(S, [0 +1])', 'semop(S, [0 0])', 'semop(S, [0 -2])'),
  depth: 6,
}

// Arrays over two semaphores: obstacles that move, locks, chains of wake-ups, and who only waits for zeros.
const arrays: SmallWorld = {
  actors: ABC,
  given: [pair],
  steps: [
    ...each(ABC, 'semop(S, [0 -1, 1 -1])', 'semop(S, [0 0, 0 +1])', 'semop(S, [0 +1])'),
    ...each(['A', 'B'], 'semop(S, [0 0, 1 0])', 'semop(S, [1 +1])'),
    'A: semop(S, [0 -1 IPC_NOWAIT])',
  ],
  depth: 5,
}

// Sleepers that meet IPC_NOWAIT or an overflow behind their first obstacle.
const late: SmallWorld = {
  actors: ABC,
  given: [pair],
  steps: [
    ...each(ABC, 'semop(S, [0 -1, 1 -1 IPC_NOWAIT])', 'semop(S, [0 +1])'),
    ...each(['A', 'B'], 'semop(S, [0 -1, 1 +32767])', 'semop(S, [0 0 IPC_NOWAIT, 1 0])', 'semop(S, [1 +1])'),
    'A: semop(S, [0 -1 IPC_NOWAIT])',
  ],
  depth: 5,
}

// Adjustments: made, cleared by SETVAL and SETALL, applied by exits and kills of processes awake and asleep.
const undo: SmallWorld = {
  actors: ABC,
  given: [set],
  steps: [
    ...each(['B', 'C'], 'semop(S, [0 -1 SEM_UNDO])', 'semop(S, [0 +1 SEM_UNDO])', '_exit(0)'),
    'B: semop(S, [0 0 SEM_UNDO])',
    'A: semop(S, [0 +1])',
    'A: semop(S, [0 -1 IPC_NOWAIT])',
    'A: semctl(S, 0, SETVAL, 1)',
    'A: semctl(S, 0, SETALL, {0})',
    'A: kill(B, SIGKILL)',
  ],
  depth: 5,
}

// Everything that takes a sleeper off its set besides a grant: handlers, stops, deadlines, kills, removal.
const interrupted: SmallWorld = {
  actors: ABC,
  given: [set, 'B: sigaction(SIGUSR1, handler, SA_RESTART)'],
  steps: [
    ...each(['B', 'C'], 'semop(S, [0 -1 SEM_UNDO])'),
    ...each(['B'], 'semtimedop(S, [0 -1], {0 5000000})', 'expires'),
    ...each(['A'], 'kill(B, SIGUSR1)', 'kill(B, SIGSTOP)', 'kill(B, SIGCONT)', 'kill(B, SIGKILL)'),
    ...each(['A'], 'semop(S, [0 +1])', 'semctl(S, 0, IPC_RMID)', 'semctl(S, 0, IPC_SET, own, own, 0)'),
  ],
  depth: 5,
}

describe('small worlds of semaphores', { timeout: 60_000 }, () => {
  it('counting', () => {
    expect(summary(exploreSmall(counting, linux))).toEqual([694, 1596])
    expect(summary(exploreSmall(counting, posix))).toEqual([694, 1674])
  })
  it('arrays', () => {
    expect(summary(exploreSmall(arrays, linux))).toEqual([3978, 8117])
    expect(summary(exploreSmall({ ...arrays, depth: 4 }, posix))).toEqual([1638, 3338])
  })
  it('late errors', () => {
    expect(summary(exploreSmall(late, linux))).toEqual([1708, 4158])
    expect(summary(exploreSmall({ ...late, depth: 4 }, posix))).toEqual([948, 2735])
  })
  it('adjustments', () => {
    expect(summary(exploreSmall(undo, linux))).toEqual([836, 4265])
    expect(summary(exploreSmall({ ...undo, depth: 4 }, posix))).toEqual([459, 2346])
  })
  it('interruptions', () => {
    expect(summary(exploreSmall(interrupted, linux))).toEqual([811, 3652])
    expect(summary(exploreSmall({ ...interrupted, depth: 4 }, posix))).toEqual([472, 1889])
  })
})
