import { expect, it } from 'vitest'
import { timedCall } from './histories.testing.ts'
import { wantedTimes } from './wanted.ts'

it('messages are wanted when they are received', () => {
  const calls = [
    'A 1-4 msgsnd(Q, 1, 5) = 0',
    'B 1-3 msgsnd(Q, 1, 6) = 0',
    'A 5-6 msgsnd(Q, 1, 5) = 0',
    'C 1-9 msgrcv(Q, 100, 0) = 6',
    'C 10-12 msgrcv(Q, 100, 0) = 5',
    'C 13-14 msgrcv(Q, 100, 0, IPC_NOWAIT) = ENOMSG',
  ].map(timedCall)
  expect([...wantedTimes(calls)]).toEqual([
    [0, 12],
    [1, 9],
  ])
})
