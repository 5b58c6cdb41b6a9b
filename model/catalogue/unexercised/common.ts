import type { Unexercised } from '../entry.ts'

/** The rules about every kind of IPC object that the model does not have, sorted by id. */
// biome-ignore format: one entry a line, so that changes merge
export const common: readonly Unexercised[] = [
  { id: 'ftok.collision', strength: 'may', reason: 'equal inodes', cites: ['POSIX.1-2024 ftok, APPLICATION USAGE'], sentence: 'Different files may have the same key.' },
  { id: 'get.enomem', strength: 'may', reason: 'no memory', cites: ['semget(2), ERRORS, ENOMEM'], sentence: 'A kernel without memory for a new object fails with ENOMEM.' },
  { id: 'id.reuse-distance', strength: 'unspecified', reason: 'impractical', cites: ['Linux ipc/util.c, ipc_idr_alloc'], sentence: 'An identifier comes back only after all slots and all sequence numbers went round.' },
  { id: 'ns.destroyed-with-last', strength: 'linux', reason: 'out of sight', cites: ['ipc_namespaces(7)'], sentence: 'A namespace that loses its last process loses all its objects.' },
  { id: 'rmid.racing-caller', strength: 'may', reason: 'overlapping calls', cites: ['POSIX.1-2024 semop, msgsnd, msgrcv, ERRORS, [EIDRM]'], sentence: 'A call under way while its object is removed fails with EIDRM.' },
]
