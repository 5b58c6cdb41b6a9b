import type { Unexercised } from '../entry.ts'

/** The rules about processes and waiting for them that the model does not have, sorted by id. */
// biome-ignore format: one entry a line, so that changes merge
export const processes: readonly Unexercised[] = [
  { id: 'autoreap.set-while-blocked', strength: 'shall', reason: 'threads', cites: ['POSIX.1-2024 wait, DESCRIPTION'], sentence: 'A wait asleep while another thread makes SIGCHLD ignored fails when the last child is gone.' },
  { id: 'exit.group.status', strength: 'shall', reason: 'threads', cites: ['POSIX.1-2024 _exit, DESCRIPTION'], sentence: '_exit in any thread ends the whole process with that status.' },
  { id: 'exit.last-thread.status', strength: 'shall', reason: 'threads', cites: ['POSIX.1-2024 pthread_exit, DESCRIPTION'], sentence: 'A process ends with its last thread; on Linux with the exit code of that one.' },
  { id: 'exit.leader-thread.not-yet', strength: 'shall', reason: 'threads', cites: ['POSIX.1-2024 pthread_exit, DESCRIPTION'], sentence: 'A process whose first thread has ended lives on in the others and cannot be waited for yet.' },
  { id: 'reparent.thread.first', strength: 'shall', reason: 'threads', cites: ['POSIX.1-2024 pthread_exit, DESCRIPTION'], sentence: 'A process stays the parent of its children when the thread that forked them ends.' },
  { id: 'waitpid.echild.thread-id', strength: 'linux', reason: 'threads', cites: ['wait(2)'], sentence: 'The id of a thread that is not the first of a child names no child.' },
  { id: 'waitpid.order.own-thread-first', strength: 'unspecified', reason: 'threads', cites: ['Linux kernel/exit.c, do_wait'], sentence: 'The children that the waiting thread forked come before those of the other threads.' },
  { id: 'waitpid.other-thread.may-wait', strength: 'shall', reason: 'threads', cites: ['POSIX.1-2024 wait, DESCRIPTION'], sentence: 'Every thread may wait for the children that another one forked.' },
  { id: 'waitpid.two-threads.any', strength: 'shall', reason: 'threads', cites: ['POSIX.1-2024 wait, DESCRIPTION'], sentence: 'Two threads that wait for any of two children get one each.' },
  { id: 'waitpid.two-threads.one-winner', strength: 'shall', reason: 'threads', cites: ['POSIX.1-2024 wait, DESCRIPTION'], sentence: 'Of two threads that wait for one child one gets the status, the other ECHILD.' },
  { id: 'waitpid.wnothread.own-only', strength: 'linux', reason: 'threads', cites: ['wait(2), __WNOTHREAD'], sentence: 'With __WNOTHREAD a thread waits for its own children only.' },
]
