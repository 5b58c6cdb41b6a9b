import { type Lie, liesIn } from './lie.ts'

const errors = liesIn('semaphore_errors.c', ['semaphores'], {
  'semop-bad-number-einval': {
    breaks: 'a semaphore number that is too large is EINVAL',
    rules: 'semop.efbig',
    witness: 'S = semget(private, 1); semop(S, [1 +1])',
  },
  'semop-too-many-einval': {
    breaks: 'too many operations are EINVAL',
    rules: 'semop.e2big limit.semopm',
    witness: `S = semget(private, 1); semop(S, [${Array(501).fill('0 +1').join(', ')}])`,
  },
  'semop-counts-in-64-bits': {
    breaks: 'more operations than 32 bits can count are E2BIG',
    rules: 'semop.nsops-32bit',
    witness: 'S = semget(private, 1); wide_semop(S, [0 +1])',
  },
  'semop-nothing-succeeds': {
    breaks: 'an empty array succeeds',
    rules: 'semop.nsops-zero',
    witness: 'S = semget(private, 1); semop(S, [])',
  },
  'semop-permission-before-number': {
    breaks: 'the permission is checked in front of the semaphore numbers',
    rules: 'semop.efbig',
    witness: 'S = semget(private, 1, 0400); semop(S, [1 +1])',
  },
  'semop-zero-needs-alter': {
    breaks: 'waiting for zero needs permission to alter',
    rules: 'semop.zero semop.block.zero semop.eagain semop.order.first-failing-op-decides',
    witness: 'S = semget(private, 1, 0400); semop(S, [0 0])',
  },
  'setval-range-einval': {
    breaks: 'a value out of range is EINVAL',
    rules: 'semctl.setval.erange',
    witness: 'S = semget(private, 1); semctl(S, 0, SETVAL, 32768)',
  },
  'setval-wraps': {
    breaks: 'SETVAL takes the low sixteen bits of its value',
    rules: 'semctl.setval.erange semctl.setval.negative',
    witness: 'S = semget(private, 1); semctl(S, 0, SETVAL, -65535)',
  },
  'semctl-bad-number-erange': {
    breaks: 'a semaphore number that is out of range is ERANGE',
    rules: 'semctl.semnum.bad',
    witness: 'S = semget(private, 1); semctl(S, 1, GETVAL)',
  },
  'semctl-number-always-checked': {
    breaks: 'commands about the whole set check the semaphore number',
    rules: 'semctl.semnum.ignored',
    witness: 'S = semget(private, 1); semctl(S, 99, GETALL)',
  },
  'semctl-stale-eidrm': {
    breaks: 'an id that no set has is EIDRM',
    rules: 'id.stale-einval rmid.later-einval',
    witness: 'S = semget(private, 1); semctl(S, 0, IPC_RMID); semctl(S, 0, GETVAL)',
  },
  'semctl-unknown-command-succeeds': {
    breaks: 'a command that does not exist succeeds',
    rules: 'semctl.cmd-unknown',
    witness: 'S = semget(private, 1); semctl(S, 0, 999)',
  },
  'getval-number-before-permission': {
    breaks: 'GETVAL and its like check the number in front of the permission',
    rules: 'perm.read',
    witness: 'S = semget(private, 1, 0200); semctl(S, -1, GETVAL)',
  },
})

const arrays = liesIn('semaphore_arrays.c', ['semaphores'], {
  'semop-one-by-one': {
    breaks: 'the operations of an array run one after another',
    rules: 'semop.atomic-all-or-nothing sem.sleep.transactional',
    witness: 'S = semget(private, 2); semop(S, [0 +1, 1 -1 IPC_NOWAIT]); semctl(S, 0, GETVAL)',
  },
  'semop-keeps-prefix': {
    breaks: 'an array that fails keeps what its first operations did',
    rules: 'semop.atomic-all-or-nothing',
    witness: 'S = semget(private, 2); semop(S, [0 +1, 1 -1 IPC_NOWAIT]); semctl(S, 0, GETVAL)',
  },
  'semop-decreases-first': {
    breaks: 'all decreases of an array are tried first',
    rules: 'semop.sequential-in-array',
    witness: 'S = semget(private, 1); B: semop(S, [0 +1, 0 -1])',
  },
  'semop-zero-passes': {
    breaks: 'an operation of 0 does nothing',
    rules: 'semop.block.zero semop.eagain semop.order.first-failing-op-decides',
    witness: 'S = semget(private, 1); semop(S, [0 +1]); B: semop(S, [0 0])',
  },
  'semop-any-no-wait': {
    breaks: 'one IPC_NOWAIT counts for the whole array',
    rules: 'semop.order.first-failing-op-decides semop.block.decrease semop.block.zero',
    witness: 'S = semget(private, 2); B: semop(S, [0 -1, 1 -1 IPC_NOWAIT])',
  },
  'semop-first-no-wait': {
    breaks: 'the flags of the first operation count for the whole array',
    rules: 'semop.order.first-failing-op-decides semop.block.decrease semop.block.zero semop.eagain',
    witness: 'S = semget(private, 2); B: semop(S, [0 0, 1 -1 IPC_NOWAIT])',
  },
  'semop-overflow-of-the-sum': {
    breaks: 'only the result of an array must fit, not what is between',
    rules: 'semop.erange.value semop.late-erange',
    witness: 'S = semget(private, 1); semop(S, [0 +1]); semop(S, [0 +32767, 0 -2])',
  },
  'semop-overflow-saturates': {
    breaks: 'an increase above the maximum stops at the maximum',
    rules: 'semop.erange.value semop.erange.not-block',
    witness: 'S = semget(private, 1); semctl(S, 0, SETVAL, 32767); semop(S, [0 +1])',
  },
  'semop-overflow-waits': {
    breaks: 'an increase above the maximum waits for room',
    rules: 'semop.erange.value semop.erange.not-block',
    witness: 'S = semget(private, 1); semctl(S, 0, SETVAL, 32767); B: semop(S, [0 +1])',
  },
  'semop-huge-decrease-passes': {
    breaks: 'a decrease by 32768 passes every check',
    rules: 'semop.dec-huge semop.block.decrease semop.eagain',
    witness: 'S = semget(private, 1); B: semop(S, [0 -32768])',
  },
  'setall-is-many-setvals': {
    breaks: 'SETALL is a loop of SETVAL, and sleepers see what is between',
    rules: 'semctl.setall.ok sem.setval-wakes sem.sleep.transactional sem.wake.not-inside-array',
    witness:
      'S = semget(private, 2); semctl(S, 0, SETVAL, 1); B: semop(S, [0 0, 1 0]); semctl(S, 0, SETALL, {0 1})',
  },
  'setall-stops-at-bad': {
    breaks: 'SETALL sets the values in front of the one that is out of range',
    rules: 'semctl.setall.erange',
    witness: 'S = semget(private, 2); semctl(S, 0, SETALL, {1 32768}); semctl(S, 0, GETALL)',
  },
})

const sleeping = liesIn('semaphore_sleeping.c', ['semaphores'], {
  'semop-lost-wake-up': {
    breaks: 'who waits for an increase is never woken by one',
    rules: 'sem.wake.handoff semop.inc sem.setval-wakes semop.dec',
    witness: 'S = semget(private, 1); B: semop(S, [0 -1]); semop(S, [0 +1])',
  },
  'semop-array-lost-wake-up': {
    breaks: 'who is stopped by a later operation misses the increase it needs',
    rules: 'sem.wake.handoff semop.inc sem.setval-wakes semop.dec',
    witness: 'S = semget(private, 2); B: semop(S, [0 0, 1 -1]); semop(S, [1 +1])',
  },
  'semop-woken-takes-nothing': {
    breaks: 'a woken process leaves without taking what it waited for',
    rules: 'sem.wake.handoff semop.inc semop.dec sem.setval-wakes semctl.setval.ok semctl.setall.ok',
    witness: 'S = semget(private, 1); B: semop(S, [0 -1]); semop(S, [0 +1]); semctl(S, 0, GETVAL)',
  },
  'semop-woken-eagain': {
    breaks: 'a woken process finds that it may not wait',
    rules: 'sem.wake.handoff semop.inc semop.dec sem.setval-wakes sem.zero-before-alter semop.zero',
    witness: 'S = semget(private, 1); B: semop(S, [0 -1]); semop(S, [0 +1])',
  },
  'semop-last-comes-first': {
    breaks: 'the process that came last is served first',
    rules: 'sem.fifo.same-op sem.fifo.older-first-when-both-can',
    witness: 'S = semget(private, 1); B: semop(S, [0 -1]); C: semop(S, [0 -1]); semop(S, [0 +1])',
  },
  'semop-newcomer-queues': {
    breaks: 'who comes while others sleep queues behind them although it could run',
    rules: 'sem.newcomer-not-queued',
    witness: 'S = semget(private, 1); semop(S, [0 +1]); B: semop(S, [0 -2]); C: semop(S, [0 -1])',
  },
  'semop-removed-einval': {
    breaks: 'sleepers of a set that is removed return EINVAL',
    rules: 'sem.rmid rmid.sleepers-eidrm',
    witness: 'S = semget(private, 1); B: semop(S, [0 -1]); semctl(S, 0, IPC_RMID)',
  },
  'semop-restarts': {
    breaks: 'a call that a handler interrupted goes on',
    rules: 'sem.eintr sem.stop-cont',
    witness: 'S = semget(private, 1); B: sigaction(SIGUSR1, handler); B: semop(S, [0 -1]); kill(B, SIGUSR1)',
  },
  'semop-interrupted-keeps-prefix': {
    breaks: 'an interrupted array keeps what its first operations did',
    rules: 'sem.eintr sem.stop-cont sem.sleep.transactional semop.atomic-all-or-nothing',
    witness:
      'S = semget(private, 2); B: sigaction(SIGUSR1, handler); B: semop(S, [0 +1, 1 -1]); kill(B, SIGUSR1); semctl(S, 0, GETVAL)',
  },
  'semop-interrupted-eagain': {
    breaks: 'an interrupted call says EAGAIN',
    rules: 'sem.eintr sem.stop-cont',
    witness: 'S = semget(private, 1); B: sigaction(SIGUSR1, handler); B: semop(S, [0 -1]); kill(B, SIGUSR1)',
  },
  'semop-asleep-forgets-no-wait': {
    breaks: 'IPC_NOWAIT on a later operation is forgotten once the process sleeps',
    rules: 'semop.late-eagain',
    witness: 'S = semget(private, 2); B: semop(S, [0 -1, 1 -1 IPC_NOWAIT]); semop(S, [0 +1])',
  },
})

const timeLimits = liesIn('semaphore_time_limits.c', ['semaphores'], {
  'semtimedop-etimedout': {
    breaks: 'a deadline that passes is ETIMEDOUT',
    rules: 'semtimedop.expire semtimedop.zero',
    witness: 'S = semget(private, 1); semtimedop(S, [0 -1], {0 0})',
  },
  'semtimedop-expiry-succeeds': {
    breaks: 'a deadline that passes is no failure',
    rules: 'semtimedop.expire semtimedop.zero',
    witness: 'S = semget(private, 1); semtimedop(S, [0 -1], {0 0})',
  },
  'semtimedop-early': {
    breaks: 'half of the time limit is enough',
    rules: 'semtimedop.expire',
    witness: 'S = semget(private, 1); B: semtimedop(S, [0 -1], {0 9000000}); B: expires',
  },
  'semtimedop-zero-waits': {
    breaks: 'a time limit of zero is none',
    rules: 'semtimedop.zero',
    witness: 'S = semget(private, 1); B: semtimedop(S, [0 -1], {0 0})',
  },
  'semtimedop-null-expires': {
    breaks: 'no time limit is a limit of zero',
    rules: 'semtimedop.null',
    witness: 'S = semget(private, 1); B: semtimedop(S, [0 -1], none)',
  },
  'semtimedop-carries-nanoseconds': {
    breaks: 'nanoseconds out of range are carried over into the seconds',
    rules: 'semtimedop.einval',
    witness: 'S = semget(private, 1); B: semtimedop(S, [0 -1], {0 1000000000})',
  },
  'semtimedop-bad-time-seen-late': {
    breaks: 'a wrong time limit is noticed only when the call must sleep',
    rules: 'semtimedop.einval',
    witness: 'S = semget(private, 1); semtimedop(S, [0 +1], {-1 0})',
  },
  'semtimedop-whole-seconds': {
    breaks: 'a time limit below a second has passed',
    rules: 'semtimedop.expire semop.block.decrease semop.block.zero',
    witness: 'S = semget(private, 1); B: semtimedop(S, [0 -1], {0 9000000}); B: expires',
  },
  'semtimedop-huge-overflows': {
    breaks: 'very many seconds overflow into the past',
    rules: 'semtimedop.huge',
    witness: 'S = semget(private, 1); B: semtimedop(S, [0 -1], {LONG_MAX 0})',
  },
  'semtimedop-negative-is-no-limit': {
    breaks: 'a negative number of seconds means for ever',
    rules: 'semtimedop.einval',
    witness: 'S = semget(private, 1); B: semtimedop(S, [0 -1], {-1 0})',
  },
})

const undo = liesIn('semaphore_undo.c', ['semaphores'], {
  'undo-ignored': {
    breaks: 'SEM_UNDO is ignored',
    rules: 'undo.exit undo.accumulate undo.exit.below-zero undo.exit.above-max',
    witness: 'S = semget(private, 1); B: semop(S, [0 +1 SEM_UNDO]); kill(B, SIGKILL); semctl(S, 0, GETVAL)',
  },
  'undo-doubled': {
    breaks: 'each operation is recorded twice',
    rules: 'undo.exit undo.accumulate undo.exit.below-zero undo.exit.above-max undo.erange.range',
    witness:
      'S = semget(private, 1); semop(S, [0 +5]); B: semop(S, [0 +1 SEM_UNDO]); kill(B, SIGKILL); semctl(S, 0, GETVAL)',
  },
  'undo-first-only': {
    breaks: 'only the first operation of an array is recorded',
    rules: 'undo.exit undo.accumulate undo.exit.atomic-per-set',
    witness:
      'S = semget(private, 2); B: semop(S, [0 +1, 1 +1 SEM_UNDO]); kill(B, SIGKILL); semctl(S, 1, GETVAL)',
  },
  'undo-of-failures': {
    breaks: 'a call that fails has recorded its operations',
    rules: 'undo.rollback undo.exit sem.eintr.undo undo.accumulate',
    witness:
      'S = semget(private, 2); B: semop(S, [0 +5]); B: semop(S, [0 +1 SEM_UNDO, 1 -1 IPC_NOWAIT]); kill(B, SIGKILL); semctl(S, 0, GETVAL)',
  },
  'undo-without-limit': {
    breaks: 'what would leave the range of adjustments is not recorded, and no error',
    rules: 'undo.erange.range',
    witness:
      'S = semget(private, 1); semop(S, [0 +32767 SEM_UNDO]); semop(S, [0 -32767]); semop(S, [0 +2 SEM_UNDO])',
  },
  'undo-inherited-by-fork': {
    breaks: 'a child inherits the adjustments of its parent',
    rules: 'undo.fork',
    witness:
      'S = semget(private, 1); semop(S, [0 +1 SEM_UNDO]); P = fork(); P: _exit(0); semctl(S, 0, GETVAL)',
  },
  'undo-at-exec': {
    breaks: 'exec makes the adjustments',
    rules: 'undo.exec',
    witness: 'S = semget(private, 1); B: semop(S, [0 +1 SEM_UNDO]); B: exec(self); semctl(S, 0, GETVAL)',
  },
  'undo-survives-setval': {
    breaks: "SETVAL leaves the caller's adjustments alone",
    rules: 'undo.setval-clears',
    witness:
      'S = semget(private, 1); B: semop(S, [0 +1 SEM_UNDO]); B: semctl(S, 0, SETVAL, 3); kill(B, SIGKILL); semctl(S, 0, GETVAL)',
  },
})

const answers = liesIn('semaphore_answers.c', ['semaphores'], {
  'counts-swapped': {
    breaks: 'GETNCNT and GETZCNT are mixed up',
    rules: 'cnt.single semctl.getncnt semctl.getzcnt semop.block.decrease semop.block.zero',
    witness: 'S = semget(private, 1); B: semop(S, [0 -1]); semctl(S, 0, GETNCNT)',
  },
  'getncnt-of-the-set': {
    breaks: 'GETNCNT counts the sleepers of the whole set',
    rules: 'cnt.single cnt.multi.first-blocking semctl.getncnt',
    witness: 'S = semget(private, 2); B: semop(S, [0 -1]); semctl(S, 1, GETNCNT)',
  },
  'getncnt-at-most-one': {
    breaks: 'GETNCNT tells whether somebody sleeps, not how many',
    rules: 'cnt.single cnt.multi.first-blocking semctl.getncnt',
    witness: 'S = semget(private, 1); B: semop(S, [0 -1]); C: semop(S, [0 -1]); semctl(S, 0, GETNCNT)',
  },
  'getpid-zero': {
    breaks: 'GETPID always answers 0',
    rules: 'semop.sempid semctl.getpid semctl.set.sempid undo.exit.sempid',
    witness: 'S = semget(private, 1); semop(S, [0 +1]); semctl(S, 0, GETPID)',
  },
  'getpid-forgets-the-dead': {
    breaks: 'GETPID answers 0 for a process that has ended',
    rules: 'ns.dead-pid-persists',
    witness:
      'S = semget(private, 1); P = fork(); P: semop(S, [0 +1]); P: _exit(0); waitpid(P); semctl(S, 0, GETPID)',
  },
  'sempid-of-the-set': {
    breaks: 'a completed array records its process for all semaphores of the set',
    rules: 'semop.sempid',
    witness: 'S = semget(private, 2); semop(S, [0 +1]); semctl(S, 1, GETPID)',
  },
  'getval-eight-bits': {
    breaks: 'values come as bytes',
    rules: 'semctl.getval semctl.setval.ok semop.inc semctl.setall.ok',
    witness: 'S = semget(private, 1); semctl(S, 0, SETVAL, 1000); semctl(S, 0, GETVAL)',
  },
  'sem-otime-never-set': {
    breaks: 'sem_otime is never set',
    rules: 'semop.otime sem.time.otime',
    witness: 'S = semget(private, 1); semop(S, [0 +1]); semctl(S, 0, IPC_STAT)',
  },
  'sem-otime-from-creation': {
    breaks: 'sem_otime starts with the time of creation',
    rules: 'semget.init sem.time.otime semctl.stat',
    witness: 'S = semget(private, 1); semctl(S, 0, IPC_STAT)',
  },
  'sem-ctime-by-semop': {
    breaks: 'semop moves sem_ctime',
    rules: 'semop.ctime-untouched sem.time.ctime',
    witness: 'S = semget(private, 1); tick(); semop(S, [0 +1]); semctl(S, 0, IPC_STAT)',
  },
  'setval-leaves-ctime': {
    breaks: 'SETVAL and SETALL leave sem_ctime alone',
    rules: 'semctl.setval.ok semctl.setall.ok sem.time.ctime',
    witness: 'S = semget(private, 1); tick(); semctl(S, 0, SETVAL, 1); semctl(S, 0, IPC_STAT)',
  },
  'semget-umask': {
    breaks: 'the umask takes bits from the mode of a new set',
    rules: 'get.mode-stored',
    witness: 'S = semget(private, 1, 0666); semctl(S, 0, IPC_STAT)',
  },
  'sem-key-hidden': {
    breaks: 'the key is not told',
    rules: 'get.creat semctl.stat',
    witness: 'S = semget(key1, 1, IPC_CREAT|0600); semctl(S, 0, IPC_STAT)',
  },
  'sem-uid-gid-swapped': {
    breaks: 'uid and gid are told in the wrong order',
    rules: 'ipcset.fields semctl.set semctl.stat',
    witness: 'S = semget(private, 1); semctl(S, 0, IPC_SET, 1, own, 0600); semctl(S, 0, IPC_STAT)',
  },
  'sem-creator-follows-owner': {
    breaks: 'IPC_SET changes the creator as well',
    rules: 'ipcset.fields semctl.set semctl.stat perm.set.owner-can-give-away perm.creator-keeps-access',
    witness: 'S = semget(private, 1); semctl(S, 0, IPC_SET, 1, own, 0600); semctl(S, 0, IPC_STAT)',
  },
  'sem-set-keeps-mode': {
    breaks: 'IPC_SET does not change the mode',
    rules:
      'ipcset.fields semctl.set ipcstat.perm perm.read perm.alter perm.checked-per-call semop.eacces.alter semop.eacces.read',
    witness: 'S = semget(private, 1); semctl(S, 0, IPC_SET, own, own, 0666); semctl(S, 0, IPC_STAT)',
  },
  'sem-rmid-does-nothing': {
    breaks: 'IPC_RMID succeeds, and the set is still there',
    rules: 'semctl.rmid rmid.immediate rmid.later-einval sem.rmid rmid.sleepers-eidrm id.stale-einval',
    witness: 'S = semget(private, 1); semctl(S, 0, IPC_RMID); semctl(S, 0, GETVAL)',
  },
})

const keys = liesIn('keys.c', ['semaphores'], {
  'semget-minus-one-einval': {
    breaks: 'a key of -1 is taken for an ftok that failed',
    rules: 'get.key-any-nonzero get.enoent get.creat',
    witness: 'S = semget(-1, 1, IPC_CREAT|0600)',
  },
  'semget-private-found': {
    breaks: 'IPC_PRIVATE is an ordinary key',
    rules: 'get.private.always-new id.nonnegative',
    witness: 'S = semget(private, 1); S2 = semget(private, 1)',
  },
  'semget-unused-key-einval': {
    breaks: 'a key that nobody uses is EINVAL',
    rules: 'get.enoent semget.nsems.zero-enoent',
    witness: 'S = semget(key1, 1, 0600)',
  },
  'semget-size-unchecked': {
    breaks: 'the number of semaphores asked for is not compared with that of the set',
    rules: 'semget.existing.too-big',
    witness: 'S = semget(key1, 1, IPC_CREAT|0600); S2 = semget(key1, 2, 0600)',
  },
  'semget-none-is-one': {
    breaks: 'a set of no semaphores gets one',
    rules: 'semget.nsems.zero-create',
    witness: 'S = semget(private, 0)',
  },
  'semget-size-before-excl': {
    breaks: 'the size is compared in front of IPC_EXCL',
    rules: 'get.eexist semget.existing.too-big-vs-excl',
    witness: 'S = semget(key1, 1, IPC_CREAT|0600); S2 = semget(key1, 2, IPC_CREAT|IPC_EXCL|0600)',
  },
  'semget-range-checked-late': {
    breaks: 'a negative number of semaphores finds an existing set',
    rules: 'semget.nsems.range',
    witness: 'S = semget(key1, 1, IPC_CREAT|0600); S2 = semget(key1, -1, 0600)',
  },
  'semget-last-digit-checked': {
    breaks: 'of the permission asked for only the last digit counts',
    rules: 'get.perm-check get.exec-bits-count',
    witness: 'S = semget(key1, 1, IPC_CREAT|0400); S2 = semget(key1, 1, 0200)',
  },
})

export const aboutSemaphores: readonly Lie[] = [
  ...errors,
  ...arrays,
  ...sleeping,
  ...timeLimits,
  ...undo,
  ...answers,
  ...keys,
]
