import { type Lie, liesIn } from './lie.ts'

const attach = (pages: number) => `M = shmget(private, ${pages * 4096}); P = shmat(M, arena)`

/** Lies about memory calls on attachments. */
export const aboutMappings: readonly Lie[] = liesIn('memory_mappings.c', ['shared-memory'], {
  'munmap-whole-only': {
    breaks: 'munmap of one page does nothing',
    rules:
      'mem.munmap.edge-keeps-count mem.munmap.middle-adds-one mem.munmap.whole-detaches access.unmapped.faults',
    witness: `${attach(3)}; munmap(P+4096, 1); load(P+4096)`,
  },
  'mprotect-always-readable': {
    breaks: 'mprotect leaves what it protects readable',
    rules: 'mem.protect-none',
    witness: `${attach(1)}; mprotect(P, 1, 0); load(P)`,
  },
  'mprotect-never-refuses': {
    breaks: 'mprotect says that a read-only attachment can be written now',
    rules: 'shmat.rdonly.mprotect-eacces',
    witness: 'M = shmget(private, 1); P = shmat(M, null, SHM_RDONLY); mprotect(P, 1, PROT_READ|PROT_WRITE)',
  },
  'madvise-ignored': {
    breaks: 'MADV_DONTFORK is ignored',
    rules: 'fork.dontfork.not-inherited mem.mprotect.split-adds access.unmapped.faults',
    witness: `${attach(3)}; madvise(MADV_DONTFORK, P+4096, 1); shmctl(M, IPC_STAT)`,
  },
  'mremap-never-doubles': {
    breaks: 'mremap of nothing is an error',
    rules: 'mem.mremap.duplicate-adds',
    witness: `${attach(1)}; R = mremap(P, 0, 1, arena+8192)`,
  },
  'read-drops-what-it-cannot-store': {
    breaks: 'read says that it stored what it could not',
    rules: 'shmat.rdonly.kernel-write-efault',
    witness: 'M = shmget(private, 1); P = shmat(M, null, SHM_RDONLY); read(P, 5)',
  },
})
