import type { Unexercised } from '../entry.ts'

/** The rules about semaphores that the model does not have, sorted by id. */
// biome-ignore format: one entry a line, so that changes merge
export const semaphores: readonly Unexercised[] = [
  { id: 'sem.grant-beats-signal', strength: 'may', reason: 'overlapping calls', cites: ['Linux ipc/sem.c, do_semtimedop'], sentence: 'A sleeper that completed before a signal was noticed returns 0; the handler runs then.' },
  { id: 'sem.granted-then-killed', strength: 'unspecified', reason: 'overlapping calls', cites: ['Linux ipc/sem.c, do_semtimedop'], sentence: 'The effect of a sleeper that completed stays, also if it is killed before it returns.' },
  { id: 'sem.wake.blip', strength: 'linux', reason: 'overlapping calls', cites: ['Linux ipc/sem.c, do_smart_update'], sentence: 'A value that is enough for a moment only, between two calls, completes a sleeper all the same.' },
  { id: 'semtimedop.einval-old-precision', strength: 'linux', reason: 'other kernels', cites: ['semop(2), semtimedop()'], sentence: 'Older kernels round deadlines up to timer ticks.' },
  { id: 'undo.enospc-einval', strength: 'may', reason: 'other kernels', cites: ['POSIX.1-2024 semop, ERRORS, [ENOSPC], [EINVAL]'], sentence: 'More adjustments than the system has room for are an error.' },
]
