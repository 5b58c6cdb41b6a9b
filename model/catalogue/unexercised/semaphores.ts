import type { Unexercised } from '../entry.ts'

/** The rules about semaphores that the model does not have, sorted by id. */
// biome-ignore format: one entry a line, so that changes merge
export const semaphores: readonly Unexercised[] = [
  { id: 'limit.semmni', strength: 'shall', reason: 'changed limits', cites: ['POSIX.1-2024 semget, ERRORS, [ENOSPC]'], sentence: 'There are at most SEMMNI sets; a limit out of range is refused when it is written.' },
  { id: 'limit.semmns', strength: 'shall', reason: 'changed limits', cites: ['POSIX.1-2024 semget, ERRORS, [ENOSPC]'], sentence: 'All sets together have at most SEMMNS semaphores.' },
  { id: 'sem.grant-beats-signal', strength: 'may', reason: 'overlapping calls', cites: ['Linux ipc/sem.c, do_semtimedop'], sentence: 'A sleeper that completed before a signal was noticed returns 0; the handler runs then.' },
  { id: 'sem.granted-then-killed', strength: 'unspecified', reason: 'overlapping calls', cites: ['Linux ipc/sem.c, do_semtimedop'], sentence: 'The effect of a sleeper that completed stays, also if it is killed before it returns.' },
  { id: 'sem.wake.blip', strength: 'linux', reason: 'overlapping calls', cites: ['Linux ipc/sem.c, do_smart_update'], sentence: 'A value that is enough for a moment only, between two calls, completes a sleeper all the same.' },
  { id: 'semctl.efault', strength: 'may', reason: 'bad pointers and sizes', cites: ['semctl(2), ERRORS, EFAULT'], sentence: 'A buffer that cannot be used is an error, and nothing changes.' },
  { id: 'semget.enospc.semmni', strength: 'shall', reason: 'changed limits', cites: ['POSIX.1-2024 semget, ERRORS, [ENOSPC]'], sentence: 'A set more than SEMMNI cannot be made.' },
  { id: 'semget.enospc.semmns', strength: 'shall', reason: 'changed limits', cites: ['POSIX.1-2024 semget, ERRORS, [ENOSPC]'], sentence: 'A set with which the system would have more than SEMMNS semaphores cannot be made.' },
  { id: 'semop.array-not-modified', strength: 'shall', reason: 'buffers during a call', cites: ['POSIX.1-2024 semop, DESCRIPTION'], sentence: 'The array of the caller stays as it is, whatever happens.' },
  { id: 'semop.efault', strength: 'may', reason: 'bad pointers and sizes', cites: ['semop(2), ERRORS, EFAULT'], sentence: 'An array that cannot be read is an error, before the identifier is looked at.' },
  { id: 'semop.nsops-32bit', strength: 'shall', reason: 'bad pointers and sizes', cites: ['POSIX.1-2024 semop, ERRORS, [E2BIG]'], sentence: 'A number of operations of 2^32 or more is too big; Linux looks at its low 32 bits only.' },
  { id: 'semtimedop.efault', strength: 'linux', reason: 'bad pointers and sizes', cites: ['semop(2), ERRORS, EFAULT'], sentence: 'A timeout that cannot be read is an error before everything else.' },
  { id: 'semtimedop.einval-old-precision', strength: 'linux', reason: 'other kernels', cites: ['semop(2), semtimedop()'], sentence: 'Older kernels round deadlines up to timer ticks.' },
  { id: 'undo.enospc-einval', strength: 'may', reason: 'other kernels', cites: ['POSIX.1-2024 semop, ERRORS, [ENOSPC], [EINVAL]'], sentence: 'More adjustments than the system has room for are an error.' },
  { id: 'undo.leave-ipc-ns', strength: 'linux', reason: 'namespaces', cites: ['unshare(2), CLONE_NEWIPC'], sentence: 'Who leaves an IPC namespace has the adjustments applied at once, in the old one.' },
  { id: 'undo.thread-without-sysvsem', strength: 'linux', reason: 'threads', cites: ['clone(2), CLONE_SYSVSEM'], sentence: 'A thread made without CLONE_SYSVSEM has adjustments of its own, applied when it ends.' },
  { id: 'undo.threads', strength: 'shall', reason: 'threads', cites: ['POSIX.1-2024 semop, DESCRIPTION'], sentence: 'The threads of a process share its adjustments, which are applied when the process ends.' },
]
