import { type Lie, liesIn } from './lie.ts'

/** What a kernel might do wrong, whichever way it is entered. */
export const aboutKernels: readonly Lie[] = [
  ...liesIn('kernel.c', ['semaphores'], {
    'kernel-getpid-zero': {
      breaks: 'GETPID always answers 0, also to syscall(2)',
      rules: 'semop.sempid semctl.getpid semctl.set.sempid undo.exit.sempid',
      witness: 'S = semget(private, 1); semop(S, [0 +1]); semctl(S, 0, GETPID)',
    },
  }),
  ...liesIn('kernel.c', ['messages'], {
    'kernel-msgrcv-eagain': {
      breaks: 'msgrcv with IPC_NOWAIT answers EAGAIN where there is no message, also to syscall(2)',
      rules: 'msgrcv.enomsg',
      witness: 'Q = msgget(private); msgrcv(Q, 10, 0, IPC_NOWAIT)',
    },
  }),
]
