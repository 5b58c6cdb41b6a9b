import { describe, expect, it } from 'vitest'
import { linux, posix } from '../profile.ts'
import { each, exploreSmall, type SmallWorld, summary } from './small-worlds.testing.ts'

const ABC = ['A', 'B', 'C']
const small = ['A: Q = msgget(private)', 'A: msgctl(Q, IPC_SET, own, own, 0600, 2)']

// Three processes send and receive messages of two types and sizes through two bytes of room: every queue of messages,
// of receivers and of senders that five calls can make.
const passing: SmallWorld = {
  actors: ABC,
  given: small,
  steps: each(
    ABC,
    'msgsnd(Q, 1, 1)',
    'msgsnd(Q, 2, 2)',
    'msgrcv(Q, 9)',
    'msgrcv(Q, 1, 1)',
    'msgrcv(Q, 9, -2, IPC_NOWAIT)',
  ),
  depth: 5,
}

// Everything else that moves sleepers: limits raised and lowered, permission taken away, removal, signals, stops, kills.
const disturbed: SmallWorld = {
  actors: ABC,
  given: [...small, 'B: sigaction(SIGUSR1, handler, SA_RESTART)'],
  steps: [
    ...each(['B', 'C'], 'msgsnd(Q, 1, 1)', 'msgsnd(Q, 2, 2)', 'msgrcv(Q, 9, 1)'),
    ...each(
      ['A'],
      'msgrcv(Q, 9, 0, IPC_NOWAIT)',
      'msgctl(Q, IPC_SET, own, own, 0600, 1)',
      'msgctl(Q, IPC_SET, own, own, 0600, 4)',
      'msgctl(Q, IPC_SET, own, own, 0400, 4)',
      'msgctl(Q, IPC_RMID)',
      'msgctl(Q, IPC_STAT)',
      'kill(B, SIGUSR1)',
      'kill(B, SIGSTOP)',
      'kill(B, SIGCONT)',
      'kill(C, SIGKILL)',
    ),
  ],
  depth: 4,
}

describe('small worlds of messages', { timeout: 60_000 }, () => {
  it('passing messages', () => {
    expect(summary(exploreSmall(passing, linux))).toEqual([2122, 5442])
    expect(summary(exploreSmall({ ...passing, depth: 4 }, posix))).toEqual([1240, 3726])
  })
  it('disturbed sleepers', () => {
    expect(summary(exploreSmall(disturbed, linux))).toEqual([1361, 5614])
    expect(summary(exploreSmall({ ...disturbed, depth: 3 }, posix))).toEqual([488, 1700])
  })
})
