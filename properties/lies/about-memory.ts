import { type Lie, liesIn } from './lie.ts'

const segments = liesIn('memory_segments.c', ['shared-memory'], {
  'shmget-huge-ignored': {
    breaks: 'SHM_HUGETLB is ignored',
    rules:
      'shmget.hugetlb.no-pages-enomem shmget.hugetlb.bad-size-einval shmget.hugetlb.unprivileged-eperm shmat.hugetlb.alignment-einval shmctl.lock.hugetlb-noop shmat.hugetlb.no-page-faults',
    witness: 'M = shmget(private, 100, SHM_HUGETLB|0xc000180)',
  },
  'shmget-huge-for-everybody': {
    breaks: 'huge pages are for everybody',
    rules: 'shmget.hugetlb.unprivileged-eperm',
    witness: 'become(own, 4711); M = shmget(private, 100, SHM_HUGETLB|0600)',
  },
  'shmget-huge-falls-back': {
    breaks: 'where there are no huge pages ordinary ones will do',
    rules: 'shmget.hugetlb.no-pages-enomem',
    witness: 'become(own, own, {}, CAP_IPC_LOCK); M = shmget(private, 100, SHM_HUGETLB|0600)',
  },
  'shmget-huge-any-size': {
    breaks: 'a size of huge pages that the machine does not have is taken for the default',
    rules: 'shmget.hugetlb.bad-size-einval',
    witness: 'M = shmget(private, 100, SHM_HUGETLB|0xc000180)',
  },
  'shmctl-huge-lock-einval': {
    breaks: 'a segment of huge pages cannot be locked',
    rules: 'shmctl.lock.hugetlb-noop',
    witness:
      'become(own, own, {}, CAP_IPC_LOCK); M = shmget(private, 100, SHM_HUGETLB|SHM_NORESERVE|0600); shmctl(M, SHM_LOCK)',
  },
  'shmat-rounds-to-huge': {
    breaks: 'SHM_RND rounds to huge pages where the segment has them',
    rules: 'shmat.hugetlb.alignment-einval',
    witness:
      'become(own, own, {}, CAP_IPC_LOCK); M = shmget(private, 100, SHM_HUGETLB|SHM_NORESERVE|0600); P = shmat(M, arena+4096, SHM_RND)',
  },
  'shmget-compares-pages': {
    breaks: 'a size asked for is compared with whole pages',
    rules: 'shmget.existing.size-above-einval shmget.existing.einval-before-eacces',
    witness: 'M = shmget(key1, 100, IPC_CREAT|0600); M2 = shmget(key1, 101, 0600)',
  },
  'shmget-no-bytes-accepted': {
    breaks: 'a segment of no bytes gets one',
    rules: 'shmget.create.size-zero-einval',
    witness: 'M = shmget(private, 0)',
  },
  'shmget-size-before-key': {
    breaks: 'IPC_CREAT with no bytes is refused, also where the key is known',
    rules: 'shmget.existing.size-zero-accepted shmget.existing.creat-excl-eexist',
    witness: 'M = shmget(key1, 100, IPC_CREAT|0600); M2 = shmget(key1, 0, IPC_CREAT|0600)',
  },
  'shmat-not-cleared': {
    breaks: 'the memory of a new segment is not cleared',
    rules: 'shmget.create.contents-zero',
    witness: 'M = shmget(private, 100); P = shmat(M); load(P)',
  },
  'shm-rmid-attached-ebusy': {
    breaks: 'a segment that is attached cannot be removed',
    rules: 'shmctl.rmid.deferred-until-last-detach',
    witness: 'M = shmget(private, 100); P = shmat(M); shmctl(M, IPC_RMID)',
  },
  'shm-rmid-attached-does-nothing': {
    breaks: 'a segment that is attached is not removed, whatever IPC_RMID says',
    rules:
      'shmctl.rmid.deferred-until-last-detach shmctl.stat.after-rmid shmctl.rmid.key-becomes-private shmdt.last.destroys-dest',
    witness: 'M = shmget(private, 100); P = shmat(M); shmctl(M, IPC_RMID); shmctl(M, IPC_STAT)',
  },
  'shm-removed-id-invalid': {
    breaks: 'a removed segment is gone for shmctl at once',
    rules: 'shmctl.rmid.id-still-works shmctl.stat.after-rmid shmctl.rmid.deferred-until-last-detach',
    witness: 'M = shmget(private, 100); P = shmat(M); shmctl(M, IPC_RMID); shmctl(M, IPC_STAT)',
  },
  'shm-rmid-again-eidrm': {
    breaks: 'removing twice fails',
    rules: 'shmctl.rmid.again-succeeds',
    witness: 'M = shmget(private, 100); P = shmat(M); shmctl(M, IPC_RMID); shmctl(M, IPC_RMID)',
  },
  'shmat-removed-refused': {
    breaks: 'a removed segment cannot be attached any more',
    rules: 'shmat.after-rmid.still-allowed shmctl.rmid.id-still-works',
    witness: 'M = shmget(private, 100); P = shmat(M); shmctl(M, IPC_RMID); P2 = shmat(M)',
  },
  'shm-rmid-moves-ctime': {
    breaks: 'IPC_RMID moves shm_ctime',
    rules: 'shmctl.rmid.ctime-unchanged shmctl.rmid.deferred-until-last-detach',
    witness: 'M = shmget(private, 100); P = shmat(M); tick(); shmctl(M, IPC_RMID); shmctl(M, IPC_STAT)',
  },
  'shm-lock-does-nothing': {
    breaks: 'SHM_LOCK and SHM_UNLOCK do nothing',
    rules: 'shmctl.lock.sets-flag shmctl.unlock.clears-flag shmctl.lock.on-dest shmctl.lock.owner-or-creator',
    witness: 'M = shmget(private, 100); shmctl(M, SHM_LOCK); shmctl(M, IPC_STAT)',
  },
  'shm-lock-needs-privilege': {
    breaks: 'SHM_LOCK needs privilege',
    rules:
      'shmctl.lock.owner-or-creator shmctl.lock.sets-flag shmctl.unlock.not-locked-ok shmctl.unlock.owner-or-creator',
    witness: 'M = shmget(private, 100); shmctl(M, SHM_LOCK)',
  },
  'shm-set-unlocks': {
    breaks: 'IPC_SET unlocks the segment',
    rules: 'shmctl.set.flags-kept',
    witness:
      'M = shmget(private, 100); shmctl(M, SHM_LOCK); shmctl(M, IPC_SET, own, own, 0600); shmctl(M, IPC_STAT)',
  },
})

const attachments = liesIn('memory_attachments.c', ['shared-memory'], {
  'shmat-few-attachments': {
    breaks: 'a process may attach no more than 128 times, as on FreeBSD',
    rules: 'shmat.limit.no-count shmat.repeat.separate',
    witness: 'M = shmget(private, 100); many_shmat(M, 129)',
  },
  'shmat-read-only-ignored': {
    breaks: 'SHM_RDONLY is ignored',
    rules: 'shmat.rdonly.write-faults shmat.rdonly.needs-read',
    witness: 'M = shmget(private, 100); P = shmat(M, null, SHM_RDONLY); store(P, 1)',
  },
  'shmat-read-only-instead': {
    breaks: 'who may not write gets a read-only attachment',
    rules: 'shmat.readwrite.needs-both',
    witness: 'M = shmget(private, 100, 0400); P = shmat(M)',
  },
  'shmat-execute-unchecked': {
    breaks: 'SHM_EXEC needs no permission',
    rules: 'shmat.exec.needs-execute',
    witness: 'M = shmget(private, 100, 0600); P = shmat(M, null, SHM_EXEC)',
  },
  'shmat-rounds-up': {
    breaks: 'SHM_RND rounds up',
    rules: 'shmat.address.rnd-rounds-down',
    witness: 'M = shmget(private, 100); P = shmat(M, arena+100, SHM_RND)',
  },
  'shmat-always-rounds': {
    breaks: 'every address is rounded, without SHM_RND',
    rules: 'shmat.address.unaligned-einval shmat.check.address-before-permission',
    witness: 'M = shmget(private, 100); P = shmat(M, arena+100)',
  },
  'shmat-always-replaces': {
    breaks: 'what is mapped at the address makes way without SHM_REMAP',
    rules: 'shmat.address.overlap-einval shmat.address.partial-page-counts',
    witness: 'M = shmget(private, 100); P = shmat(M, arena); P2 = shmat(M, arena)',
  },
  'shmat-remap-ignored': {
    breaks: 'SHM_REMAP does not replace what is there',
    rules: 'shmat.remap.replaces',
    witness: 'M = shmget(private, 100); P = shmat(M, arena); P2 = shmat(M, arena, SHM_REMAP)',
  },
  'shmat-remap-anywhere': {
    breaks: 'SHM_REMAP without an address attaches anywhere',
    rules: 'shmat.null.remap-einval',
    witness: 'M = shmget(private, 100); P = shmat(M, null, SHM_REMAP)',
  },
  'shmat-address-is-a-hint': {
    breaks: 'where there is no room the segment is attached elsewhere',
    rules:
      'shmat.address.overlap-einval shmat.address.unaligned-einval shmat.address.partial-page-counts shmat.address.wraps-einval shmat.remap.rounded-to-zero-einval',
    witness: 'M = shmget(private, 100); P = shmat(M, arena); P2 = shmat(M, arena)',
  },
  'shmat-again-is-the-same': {
    breaks: 'the second attachment of a segment is the first one',
    rules: 'shmat.repeat.separate',
    witness: 'M = shmget(private, 100); P = shmat(M); P2 = shmat(M)',
  },
  'shmdt-inside-accepted': {
    breaks: 'any page inside an attachment detaches it',
    rules: 'shmdt.interior.einval shmdt.free.einval',
    witness: 'M = shmget(private, 5000); P = shmat(M); shmdt(P+4096)',
  },
  'shmdt-rounds': {
    breaks: 'the address is rounded down to its page',
    rules: 'shmdt.unaligned.einval',
    witness: 'M = shmget(private, 100); P = shmat(M); shmdt(P+1)',
  },
  'shmdt-nothing-succeeds': {
    breaks: 'detaching what is not attached succeeds',
    rules: 'shmdt.twice.einval shmdt.null.einval shmdt.free.einval shmdt.interior.einval',
    witness: 'M = shmget(private, 100); P = shmat(M); shmdt(P); shmdt(P)',
  },
  'shmdt-all-of-the-segment': {
    breaks: 'all attachments of the segment go',
    rules: 'shmdt.one-of-many shmdt.base.detaches',
    witness: 'M = shmget(private, 100); P = shmat(M); P2 = shmat(M); shmdt(P); load(P2)',
  },
  'shmdt-leaves-pages': {
    breaks: 'a detached address can still be read and written',
    rules: 'shmdt.base.detaches access.unmapped.faults',
    witness: 'M = shmget(private, 100); P = shmat(M); shmdt(P); load(P)',
  },
  'fork-drops-attachments': {
    breaks: 'a child does not inherit attachments',
    rules: 'fork.attachments.inherited',
    witness: 'M = shmget(private, 100); P = shmat(M); X = fork(); X: load(P)',
  },
  'exec-drops-attachments-early': {
    breaks: 'an exec that fails has detached everything',
    rules: 'exec.failed.keeps exec.failure-changes-nothing',
    witness: 'M = shmget(private, 100); P = shmat(M); exec(missing); load(P)',
  },
})

const answers = liesIn('memory_answers.c', ['shared-memory'], {
  'shm-size-rounded': {
    breaks: 'the size is told in whole pages',
    rules: 'shmget.create.segsz-exact shmctl.stat.reports-all',
    witness: 'M = shmget(private, 100); shmctl(M, IPC_STAT)',
  },
  'shm-times-swapped': {
    breaks: 'shm_atime and shm_dtime are mixed up',
    rules: 'shmat.success.updates shmdt.success.updates shmctl.stat.reports-all',
    witness: 'M = shmget(private, 100); P = shmat(M); shmctl(M, IPC_STAT)',
  },
  'shm-pids-swapped': {
    breaks: 'shm_cpid and shm_lpid are mixed up',
    rules: 'shmget.create.fields shmctl.stat.reports-all',
    witness: 'M = shmget(private, 100); shmctl(M, IPC_STAT)',
  },
  'shm-lpid-from-creation': {
    breaks: 'shm_lpid starts with the creator',
    rules: 'shmget.create.fields shmctl.stat.reports-all',
    witness: 'M = shmget(private, 100); shmctl(M, IPC_STAT)',
  },
  'shm-nattch-counts-processes': {
    breaks: 'shm_nattch counts processes',
    rules: 'shmat.repeat.separate shmat.success.updates',
    witness: 'M = shmget(private, 100); P = shmat(M); P2 = shmat(M); shmctl(M, IPC_STAT)',
  },
  'shm-nattch-with-creator': {
    breaks: 'a new segment counts as attached by its creator',
    rules: 'shmget.create.fields shmctl.stat.reports-all',
    witness: 'M = shmget(private, 100); shmctl(M, IPC_STAT)',
  },
  'shm-dest-hidden': {
    breaks: 'SHM_DEST is not told',
    rules: 'shmctl.rmid.deferred-until-last-detach shmctl.stat.after-rmid',
    witness: 'M = shmget(private, 100); P = shmat(M); shmctl(M, IPC_RMID); shmctl(M, IPC_STAT)',
  },
  'shm-key-stays': {
    breaks: 'the key of a removed segment is still told',
    rules: 'shmctl.rmid.key-becomes-private shmctl.stat.after-rmid',
    witness:
      'M = shmget(key1, 100, IPC_CREAT|0600); P = shmat(M); shmctl(M, IPC_STAT); shmctl(M, IPC_RMID); shmctl(M, IPC_STAT)',
  },
  'shm-dtime-never-set': {
    breaks: 'shm_dtime is never set',
    rules: 'shmdt.success.updates exit.attachments.dropped exec.attachments.dropped',
    witness: 'M = shmget(private, 100); P = shmat(M); shmdt(P); shmctl(M, IPC_STAT)',
  },
  'shm-ctime-by-shmat': {
    breaks: 'shmat moves shm_ctime',
    rules: 'shmat.success.updates shmctl.stat.reports-all',
    witness: 'M = shmget(private, 100); tick(); P = shmat(M); shmctl(M, IPC_STAT)',
  },
  'shmget-umask': {
    breaks: 'the umask takes bits from the mode of a new segment',
    rules: 'shmget.create.umask-ignored shmget.create.mode-low-nine-bits get.mode-stored',
    witness: 'M = shmget(private, 100, 0666); shmctl(M, IPC_STAT)',
  },
})

const keys = liesIn('keys.c', ['shared-memory'], {
  'shmget-creat-ignored': {
    breaks: 'IPC_CREAT is ignored: only IPC_PRIVATE makes something new',
    rules: 'shmget.missing.creat-creates shmget.create.size-zero-einval',
    witness: 'M = shmget(key1, 100, IPC_CREAT|0600)',
  },
  'shmget-permission-unchecked': {
    breaks: 'the permission is not checked when a key is looked up',
    rules: 'shmget.existing.bits-folded get.perm-check shmget.existing.write-only-asked',
    witness: 'M = shmget(key1, 100, IPC_CREAT|0400); M2 = shmget(key1, 100, 0200)',
  },
})

export const aboutMemory: readonly Lie[] = [...segments, ...attachments, ...answers, ...keys]
