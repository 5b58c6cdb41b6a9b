import type { Unexercised } from '../entry.ts'

/** The rules about every kind of IPC object that the model does not have, sorted by id. */
// biome-ignore format: one entry a line, so that changes merge
export const common: readonly Unexercised[] = [
  { id: 'ftok.collision', strength: 'may', reason: 'equal inodes', cites: ['POSIX.1-2024 ftok, APPLICATION USAGE'], sentence: 'Different files may have the same key.' },
  { id: 'get.enomem', strength: 'may', reason: 'no memory', cites: ['semget(2), ERRORS, ENOMEM'], sentence: 'A kernel without memory for a new object fails with ENOMEM.' },
  { id: 'id.reuse-distance', strength: 'unspecified', reason: 'impractical', cites: ['Linux ipc/util.c, ipc_idr_alloc'], sentence: 'An identifier comes back only after all slots and all sequence numbers went round.' },
  { id: 'ns.destroyed-with-last', strength: 'linux', reason: 'out of sight', cites: ['ipc_namespaces(7)'], sentence: 'A namespace that loses its last process loses all its objects.' },
  { id: 'ns.isolated', strength: 'linux', reason: 'namespaces', cites: ['ipc_namespaces(7)'], sentence: 'Objects, keys and limits of another IPC namespace are not there.' },
  { id: 'ns.limits-sysctl', strength: 'linux', reason: 'namespaces', cites: ['ipc_namespaces(7)'], sentence: 'Limits are those of the namespace of who writes them, which takes privilege in the user namespace that owns it.' },
  { id: 'ns.pids', strength: 'linux', reason: 'namespaces', cites: ['pid_namespaces(7)'], sentence: 'A recorded process is shown by its pid in the namespace of who asks, and as 0 where it has none there.' },
  { id: 'rmid.racing-caller', strength: 'may', reason: 'overlapping calls', cites: ['POSIX.1-2024 semop, msgsnd, msgrcv, ERRORS, [EIDRM]'], sentence: 'A call under way while its object is removed fails with EIDRM.' },
  { id: 'vis.ipcrm', strength: 'shall', reason: 'ipcs and ipcrm', cites: ['POSIX.1-2024 ipcrm'], sentence: 'ipcrm removes an object by identifier or key, with the errors of IPC_RMID.' },
  { id: 'vis.ipcs', strength: 'shall', reason: 'ipcs and ipcrm', cites: ['POSIX.1-2024 ipcs'], sentence: 'ipcs lists the objects, for every user.' },
]
