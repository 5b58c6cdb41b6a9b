import type { Unexercised } from '../entry.ts'

/** The rules about shared memory that the model does not have, sorted by id. */
// biome-ignore format: one entry a line, so that changes merge
export const sharedMemory: readonly Unexercised[] = [
  { id: 'shmat.hugetlb.alignment-einval', strength: 'linux', reason: 'huge pages', cites: ['Linux ipc/shm.c, do_shmat'], sentence: 'A segment of huge pages is attached only at multiples of their size.' },
  { id: 'shmat.limit.no-count', strength: 'may', reason: 'many creations', cites: ['POSIX.1-2024 shmat, ERRORS, [EMFILE]'], sentence: 'A system may limit the attachments of a process; Linux limits only its mappings.' },
  { id: 'shmctl.lock.hugetlb-noop', strength: 'linux', reason: 'huge pages', cites: ['Linux ipc/shm.c, shmctl_do_lock'], sentence: 'Locking a segment of huge pages succeeds and does nothing.' },
  { id: 'shmget.hugetlb.bad-size-einval', strength: 'linux', reason: 'huge pages', cites: ['shmget(2), SHM_HUGETLB'], sentence: 'A size of huge pages that the machine does not have is an error.' },
  { id: 'shmget.hugetlb.no-pages-enomem', strength: 'linux', reason: 'huge pages', cites: ['shmget(2), SHM_HUGETLB'], sentence: 'Without huge pages a segment of huge pages cannot be made.' },
  { id: 'shmget.hugetlb.unprivileged-eperm', strength: 'linux', reason: 'huge pages', cites: ['shmget(2), ERRORS, EPERM'], sentence: 'A segment of huge pages needs privilege or the group for it.' },
  { id: 'shmget.race.single-creator', strength: 'shall', reason: 'overlapping calls', cites: ['POSIX.1-2024 shmget, DESCRIPTION'], sentence: 'Of several calls at once with one key, IPC_CREAT and IPC_EXCL exactly one makes a segment.' },
  { id: 'vfork.attachments.no-count', strength: 'unspecified', reason: 'clone flags', cites: ['vfork(2)'], sentence: 'A child of vfork shares the attachments of its parent and does not count.' },
]
