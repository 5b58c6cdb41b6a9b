import { type Lie, liesIn } from './lie.ts'

const lives = liesIn('threads.c', ['processes'], {
  'thread-exit-ends-all': {
    breaks: 'the end of one thread ends its process',
    rules: 'exit.leader-thread.not-yet reparent.thread.first exit.last-thread.status',
    witness: 'P = fork(); P: T = thread(); T: thread_exit(0)',
  },
  'thread-first-ends-all': {
    breaks: 'the end of the first thread ends the process',
    rules: 'exit.leader-thread.not-yet reparent.thread.first',
    witness: 'P = fork(); P: T = thread(); P: thread_exit(0)',
  },
  'thread-status-lost': {
    breaks: 'a process that ends with its last thread has status 0',
    rules: 'exit.last-thread.status exit.code.low-eight-bits waitpid.end.reaps waitid.end.fields',
    witness: 'P = fork(); P: T = thread(); P: thread_exit(0); T: thread_exit(7); waitpid(P)',
  },
  'thread-exit-alone': {
    breaks: '_exit ends the calling thread only',
    rules: 'exit.group.status',
    witness: 'P = fork(); P: T = thread(); P: _exit(0)',
  },
  'thread-end-ends-children': {
    breaks: 'the child that a further thread forked last ends with it',
    rules: 'reparent.thread.first',
    witness: 'P = fork(); P: T = thread(); T: E = fork(); T: thread_exit(0)',
  },
  'wait-no-thread-ignored': {
    breaks: '__WNOTHREAD is ignored',
    rules: 'waitpid.wnothread.own-only waitpid.order.own-thread-first',
    witness: 'P = fork(); P: T = thread(); T: E = fork(); P: waitpid(E, WNOHANG|__WNOTHREAD)',
  },
  'wait-own-children-only': {
    breaks: 'only the thread that forked a child can wait for it',
    rules:
      'waitpid.other-thread.may-wait waitpid.two-threads.any waitpid.two-threads.one-winner waitpid.none.blocks waitpid.pid-any waitpid.pid-one waitpid.wnohang.zero-when-none-ready',
    witness: 'P = fork(); P: T = thread(); T: E = fork(); P: waitpid(E, WNOHANG)',
  },
  'wait-other-threads-first': {
    breaks: 'the children of other threads are reported first',
    rules: 'waitpid.order.own-thread-first',
    witness:
      'P = fork(); P: T = thread(); T: E = fork(); P: F = fork(); E: _exit(1); F: _exit(2); P: waitpid(-1)',
  },
  'wait-finds-threads': {
    breaks: 'the id of any thread of a child names the child',
    rules: 'waitpid.echild.thread-id',
    witness: 'P = fork(); P: T = thread(); waitpid(T, WNOHANG)',
  },
  'wait-loser-eintr': {
    breaks: 'a wait fails with EINTR where another thread got the last child',
    rules: 'waitpid.two-threads.one-winner waitpid.echild.no-children waitpid.echild.not-a-child',
    witness: 'P = fork(); P: T = thread(); P: E = fork(); P: waitpid(E); T: waitpid(E); E: _exit(0)',
  },
  'wait-ignored-meanwhile': {
    breaks: 'a wait fails with EINTR where another thread has made SIGCHLD ignored',
    rules: 'autoreap.set-while-blocked waitpid.sigchld-ignored.blocks-then-echild autoreap.ignore.no-zombie',
    witness:
      'P = fork(); P: T = thread(); P: E = fork(); P: wait(); T: sigaction(SIGCHLD, SIG_IGN); E: _exit(0)',
  },
})

const adjustments = liesIn('threads.c', ['semaphores'], {
  'thread-shares-no-adjustments': {
    breaks: 'every thread has adjustments of its own',
    rules: 'undo.threads undo.exit undo.exit.otime undo.exit.sempid undo.accumulate',
    witness:
      'S = semget(private, 1); P = fork(); P: T = thread(); T: semop(S, [0 +1 SEM_UNDO]); T: thread_exit(0); semctl(S, 0, GETVAL)',
  },
  'thread-always-shares-adjustments': {
    breaks: 'threads made without CLONE_SYSVSEM share the adjustments of their process',
    rules: 'undo.thread-without-sysvsem undo.exit undo.exit.otime undo.exit.sempid',
    witness:
      'S = semget(private, 1); P = fork(); P: T = thread(0); T: semop(S, [0 +1 SEM_UNDO]); T: thread_exit(0); semctl(S, 0, GETVAL)',
  },
})

const attachments = liesIn('threads.c', ['shared-memory'], {
  'thread-end-detaches': {
    breaks: 'what a thread attached is detached when it ends',
    rules: 'shmat.thread.belongs-to-process',
    witness:
      'M = shmget(private, 1, 0600); P = fork(); P: T = thread(); T: X = shmat(M, null); T: thread_exit(0); shmctl(M, IPC_STAT)',
  },
  'thread-attaches-again': {
    breaks: 'a new thread attaches once more what its process attached last',
    rules: 'thread.attachments.no-count',
    witness:
      'M = shmget(private, 1, 0600); P = fork(); P: X = shmat(M, null); P: T = thread(); shmctl(M, IPC_STAT)',
  },
})

const receivers = liesIn('threads.c', ['messages'], {
  'thread-receiver-is-process': {
    breaks: 'a message handed to a sleeping thread records the process as the receiver',
    rules: 'rcv.handoff.lrpid-is-thread-id',
    witness:
      'Q = msgget(private, 0600); P = fork(); P: T = thread(); T: msgrcv(Q, 9, 0); msgsnd(Q, 1, 4); msgctl(Q, IPC_STAT)',
  },
})

export const aboutThreads: readonly Lie[] = [...lives, ...adjustments, ...attachments, ...receivers]
