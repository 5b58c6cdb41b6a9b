import type { Unexercised } from '../entry.ts'

/** The rules about shared memory that the model does not have, sorted by id. */
// biome-ignore format: one entry a line, so that changes merge
export const sharedMemory: readonly Unexercised[] = [
  { id: 'fork.dontfork.not-inherited', strength: 'linux', reason: 'calls on mappings', cites: ['madvise(2), MADV_DONTFORK'], sentence: 'A child does not have an attachment that was advised so.' },
  { id: 'mem.map-fixed.over-detaches', strength: 'unspecified', reason: 'calls on mappings', cites: ['mmap(2), MAP_FIXED'], sentence: 'Memory mapped over an attachment ends it.' },
  { id: 'mem.mprotect.not-merged-back', strength: 'unspecified', reason: 'calls on mappings', cites: ['Linux mm/vma.c, can_vma_merge'], sentence: 'Pieces stay pieces when their protection is the same again.' },
  { id: 'mem.mprotect.split-adds', strength: 'unspecified', reason: 'calls on mappings', cites: ['Linux ipc/shm.c, shm_open'], sentence: 'Protecting pages in the middle leaves three pieces, which all count.' },
  { id: 'mem.mremap.duplicate-adds', strength: 'unspecified', reason: 'calls on mappings', cites: ['mremap(2)'], sentence: 'mremap of an old size of 0 maps the segment once more, which counts.' },
  { id: 'mem.mremap.grow-beyond-sigbus', strength: 'unspecified', reason: 'calls on mappings', cites: ['mremap(2)'], sentence: 'An attachment may grow beyond its segment; an access there raises SIGBUS.' },
  { id: 'mem.mremap.move-keeps-count', strength: 'unspecified', reason: 'calls on mappings', cites: ['Linux ipc/shm.c, shm_open, shm_close'], sentence: 'Moving an attachment leaves nattch as it is; the stamps move.' },
  { id: 'mem.munmap.edge-keeps-count', strength: 'unspecified', reason: 'calls on mappings', cites: ['Linux ipc/shm.c, shm_open, shm_close'], sentence: 'Unmapping the first or last pages leaves nattch as it is; the stamps move.' },
  { id: 'mem.munmap.middle-adds-one', strength: 'unspecified', reason: 'calls on mappings', cites: ['Linux ipc/shm.c, shm_open, shm_close'], sentence: 'Unmapping pages in the middle leaves two pieces, which both count.' },
  { id: 'mem.munmap.spanning', strength: 'unspecified', reason: 'calls on mappings', cites: ['Linux ipc/shm.c, shm_open, shm_close'], sentence: 'Unmapping the end of one attachment and the start of the next leaves a piece of each.' },
  { id: 'mem.munmap.whole-detaches', strength: 'unspecified', reason: 'calls on mappings', cites: ['Linux ipc/shm.c, shm_close'], sentence: 'Unmapping all of an attachment detaches it, with the stamps of a detach.' },
  { id: 'mem.protect-none', strength: 'unspecified', reason: 'calls on mappings', cites: ['mprotect(2)'], sentence: 'A protected attachment cannot be accessed until the protection is taken back.' },
  { id: 'shmat.exec.mapping-runs', strength: 'linux', reason: 'calls on mappings', cites: ['shmat(2), SHM_EXEC'], sentence: 'Code in a segment that was attached with SHM_EXEC can be run.' },
  { id: 'shmat.hugetlb.alignment-einval', strength: 'linux', reason: 'huge pages', cites: ['Linux ipc/shm.c, do_shmat'], sentence: 'A segment of huge pages is attached only at multiples of their size.' },
  { id: 'shmat.limit.no-count', strength: 'may', reason: 'many creations', cites: ['POSIX.1-2024 shmat, ERRORS, [EMFILE]'], sentence: 'A system may limit the attachments of a process; Linux limits only its mappings.' },
  { id: 'shmat.rdonly.kernel-write-efault', strength: 'may', reason: 'bad pointers and sizes', cites: ['read(2), ERRORS, EFAULT'], sentence: 'A system call cannot store into a read-only attachment.' },
  { id: 'shmat.rdonly.mprotect-eacces', strength: 'unspecified', reason: 'calls on mappings', cites: ['mprotect(2), ERRORS, EACCES'], sentence: 'A read-only attachment cannot be made writable.' },
  { id: 'shmat.thread.belongs-to-process', strength: 'shall', reason: 'threads', cites: ['POSIX.1-2024 shmat, DESCRIPTION'], sentence: 'What a thread attached stays attached in its process when the thread ends.' },
  { id: 'shmctl.lock.hugetlb-noop', strength: 'linux', reason: 'huge pages', cites: ['Linux ipc/shm.c, shmctl_do_lock'], sentence: 'Locking a segment of huge pages succeeds and does nothing.' },
  { id: 'shmdt.moved.new-address', strength: 'linux', reason: 'calls on mappings', cites: ['Linux ipc/shm.c, ksys_shmdt'], sentence: 'An attachment that was moved is detached by its new address only.' },
  { id: 'shmdt.other-mapping.einval', strength: 'shall', reason: 'calls on mappings', cites: ['POSIX.1-2024 shmdt, ERRORS, [EINVAL]'], sentence: 'Memory that is no attachment cannot be detached and stays.' },
  { id: 'shmget.hugetlb.bad-size-einval', strength: 'linux', reason: 'huge pages', cites: ['shmget(2), SHM_HUGETLB'], sentence: 'A size of huge pages that the machine does not have is an error.' },
  { id: 'shmget.hugetlb.no-pages-enomem', strength: 'linux', reason: 'huge pages', cites: ['shmget(2), SHM_HUGETLB'], sentence: 'Without huge pages a segment of huge pages cannot be made.' },
  { id: 'shmget.hugetlb.unprivileged-eperm', strength: 'linux', reason: 'huge pages', cites: ['shmget(2), ERRORS, EPERM'], sentence: 'A segment of huge pages needs privilege or the group for it.' },
  { id: 'shmget.race.single-creator', strength: 'shall', reason: 'overlapping calls', cites: ['POSIX.1-2024 shmget, DESCRIPTION'], sentence: 'Of several calls at once with one key, IPC_CREAT and IPC_EXCL exactly one makes a segment.' },
  { id: 'thread.attachments.no-count', strength: 'shall', reason: 'threads', cites: ['POSIX.1-2024 pthread_create, DESCRIPTION'], sentence: 'A new thread changes nothing about attachments.' },
  { id: 'vfork.attachments.no-count', strength: 'unspecified', reason: 'clone flags', cites: ['vfork(2)'], sentence: 'A child of vfork shares the attachments of its parent and does not count.' },
]
