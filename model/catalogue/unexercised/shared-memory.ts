import type { Unexercised } from '../entry.ts'

/** The rules about shared memory that the model does not have, sorted by id. */
// biome-ignore format: one entry a line, so that changes merge
export const sharedMemory: readonly Unexercised[] = [
  { id: 'shmat.thread.belongs-to-process', strength: 'shall', reason: 'threads', cites: ['POSIX.1-2024 shmat, DESCRIPTION'], sentence: 'What a thread attached stays attached in its process when the thread ends.' },
  { id: 'shmget.race.single-creator', strength: 'shall', reason: 'overlapping calls', cites: ['POSIX.1-2024 shmget, DESCRIPTION'], sentence: 'Of several calls at once with one key, IPC_CREAT and IPC_EXCL exactly one makes a segment.' },
  { id: 'thread.attachments.no-count', strength: 'shall', reason: 'threads', cites: ['POSIX.1-2024 pthread_create, DESCRIPTION'], sentence: 'A new thread changes nothing about attachments.' },
]
