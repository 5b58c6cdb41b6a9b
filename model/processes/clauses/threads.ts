import { clause } from '../../rule.ts'

const threadEnd = 'POSIX.1-2024 pthread_exit, DESCRIPTION'
const waits = 'POSIX.1-2024 wait, DESCRIPTION'
const search = 'Linux kernel/exit.c, do_wait'

export const threadMakes = clause(
  'thread.makes',
  'shall',
  'A new thread runs in the process of its maker, under an id of its own.',
  'POSIX.1-2024 pthread_create, DESCRIPTION',
  'clone(2), CLONE_THREAD',
)
export const threadUnknown = clause(
  'thread.flags.unknown',
  'may',
  'A system need not make threads that the library does not make.',
  'clone(2), STANDARDS',
)
export const groupStatus = clause(
  'exit.group.status',
  'shall',
  '_exit in any thread ends the whole process with that status.',
  'POSIX.1-2024 _exit, DESCRIPTION',
)
export const lastThread = clause(
  'exit.last-thread.status',
  'shall',
  'A process ends with its last thread; on Linux with the exit code of that one.',
  threadEnd,
)
export const notYet = clause(
  'exit.leader-thread.not-yet',
  'shall',
  'A process whose first thread has ended lives on in the others and cannot be waited for yet.',
  threadEnd,
)
export const takenOver = clause(
  'reparent.thread.first',
  'shall',
  'A process stays the parent of its children when the thread that forked them ends.',
  threadEnd,
)
export const threadId = clause(
  'waitpid.echild.thread-id',
  'linux',
  'The id of a thread that is not the first of a child names no child.',
  'wait(2)',
)
export const ownFirst = clause(
  'waitpid.order.own-thread-first',
  'unspecified',
  'The children that the waiting thread forked come before those of the other threads.',
  search,
)
export const anyThreadWaits = clause(
  'waitpid.other-thread.may-wait',
  'shall',
  'Every thread may wait for the children that another one forked.',
  waits,
)
export const oneEach = clause(
  'waitpid.two-threads.any',
  'shall',
  'Two threads that wait for any of two children get one each.',
  waits,
)
export const oneWinner = clause(
  'waitpid.two-threads.one-winner',
  'shall',
  'Of two threads that wait for one child one gets the status, the other ECHILD.',
  waits,
)
export const ownOnly = clause(
  'waitpid.wnothread.own-only',
  'linux',
  'With __WNOTHREAD a thread waits for its own children only.',
  'wait(2), __WNOTHREAD',
)
