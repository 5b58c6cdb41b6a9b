import type { Unexercised } from '../entry.ts'

/** The rules about shared memory that the model does not have, sorted by id. */
// biome-ignore format: one entry a line, so that changes merge
export const sharedMemory: readonly Unexercised[] = [
  { id: 'shmget.race.single-creator', strength: 'shall', reason: 'overlapping calls', cites: ['POSIX.1-2024 shmget, DESCRIPTION'], sentence: 'Of several calls at once with one key, IPC_CREAT and IPC_EXCL exactly one makes a segment.' },
]
