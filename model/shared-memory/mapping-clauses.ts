import { type Clause, clause } from '../rule.ts'

export const wholeDetaches = clause(
  'mem.munmap.whole-detaches',
  'unspecified',
  'Unmapping all of an attachment detaches it, with the stamps of a detach.',
  'Linux ipc/shm.c, shm_close',
)
export const edgeKeeps = clause(
  'mem.munmap.edge-keeps-count',
  'unspecified',
  'Unmapping the first or last pages leaves nattch as it is; the stamps move.',
  'Linux ipc/shm.c, shm_open, shm_close',
)
export const middleAdds = clause(
  'mem.munmap.middle-adds-one',
  'unspecified',
  'Unmapping pages in the middle leaves two pieces, which both count.',
  'Linux ipc/shm.c, shm_open, shm_close',
)
export const spanning = clause(
  'mem.munmap.spanning',
  'unspecified',
  'Unmapping the end of one attachment and the start of the next leaves a piece of each.',
  'Linux ipc/shm.c, shm_open, shm_close',
)
export const splitAdds = clause(
  'mem.mprotect.split-adds',
  'unspecified',
  'Protecting pages in the middle leaves three pieces, which all count.',
  'Linux ipc/shm.c, shm_open',
)
export const adviceSplits = clause(
  'mem.dontfork.split-adds',
  'linux',
  'Advice about forks for some of its pages leaves pieces of an attachment, which all count.',
  'madvise(2), MADV_DONTFORK; Linux ipc/shm.c, shm_open',
)
export const notMerged = clause(
  'mem.mprotect.not-merged-back',
  'unspecified',
  'Pieces stay pieces when their protection is the same again.',
  'Linux mm/vma.c, can_vma_merge',
)
export const moves = clause(
  'mem.mremap.move-keeps-count',
  'unspecified',
  'Moving an attachment leaves nattch as it is; the stamps move.',
  'Linux ipc/shm.c, shm_open, shm_close',
)
export const duplicates = clause(
  'mem.mremap.duplicate-adds',
  'unspecified',
  'mremap of an old size of 0 maps the segment once more, which counts.',
  'mremap(2)',
)
export const growBeyond = clause(
  'mem.mremap.grow-beyond-sigbus',
  'unspecified',
  'An attachment may grow beyond its segment; an access there raises SIGBUS.',
  'mremap(2)',
)
export const overDetaches = clause(
  'mem.map-fixed.over-detaches',
  'unspecified',
  'Memory mapped over an attachment ends it.',
  'mmap(2), MAP_FIXED',
)
export const protectNone = clause(
  'mem.protect-none',
  'unspecified',
  'A protected attachment cannot be accessed until the protection is taken back.',
  'mprotect(2)',
)
export const notInherited = clause(
  'fork.dontfork.not-inherited',
  'linux',
  'A child does not have an attachment that was advised so.',
  'madvise(2), MADV_DONTFORK',
)
export const readOnlyStays = clause(
  'shmat.rdonly.mprotect-eacces',
  'unspecified',
  'A read-only attachment cannot be made writable.',
  'mprotect(2), ERRORS, EACCES',
)
export const kernelWrite = clause(
  'shmat.rdonly.kernel-write-efault',
  'may',
  'A system call cannot store into a read-only attachment.',
  'read(2), ERRORS, EFAULT',
)
export const runs = clause(
  'shmat.exec.mapping-runs',
  'linux',
  'Code in a segment that was attached with SHM_EXEC can be run.',
  'shmat(2), SHM_EXEC',
)
export const movedAway = clause(
  'shmdt.moved.new-address',
  'linux',
  'An attachment that was moved is detached by its new address only.',
  'Linux ipc/shm.c, ksys_shmdt',
)
export const otherMapping = clause(
  'shmdt.other-mapping.einval',
  'shall',
  'Memory that is no attachment cannot be detached and stays.',
  'POSIX.1-2024 shmdt, ERRORS, [EINVAL]',
)

/** The clauses of this file, for the catalogue. */
export const mappingClauses: readonly Clause[] = [
  wholeDetaches,
  edgeKeeps,
  middleAdds,
  spanning,
  splitAdds,
  adviceSplits,
  notMerged,
  moves,
  duplicates,
  growBeyond,
  overDetaches,
  protectNone,
  notInherited,
  readOnlyStays,
  kernelWrite,
  runs,
  movedAway,
  otherMapping,
]
