import { type Lie, liesIn } from './lie.ts'

const queues = liesIn('limits.c', ['messages'], {
  'msgget-unlimited': {
    breaks: 'the number of queues has no limit',
    rules: 'msgget.enospc limit.msgmni get.enospc.count',
    witness: 'A: setlimit(msgmni, 1); Q = msgget(private); R = msgget(private)',
  },
  'msgget-constant-limit': {
    breaks: 'a changed MSGMNB does not concern new queues',
    rules: 'msgget.init limit.msgmnb sysctl.msgmnb.existing limit.changes-at-once',
    witness: 'A: setlimit(msgmnb, 100); Q = msgget(private); A: msgctl(Q, IPC_STAT)',
  },
  'msgrcv-long-message-refused': {
    breaks: 'messages longer than a lowered MSGMAX cannot be received',
    rules: 'sysctl.msgmax.existing msgrcv.ok',
    witness: 'Q = msgget(private); A: msgsnd(Q, 1, 100); A: setlimit(msgmax, 10); A: msgrcv(Q, 100)',
  },
})

const sets = liesIn('limits.c', ['semaphores'], {
  'semget-full-enomem': {
    breaks: 'as many sets as are allowed is ENOMEM',
    rules: 'semget.enospc.semmni semget.enospc.semmns limit.semmni limit.semmns get.enospc.count',
    witness: 'A: setlimit(semmni, 0); S = semget(private, 1)',
  },
  'semget-full-before-arguments': {
    breaks: 'a limit that is reached is complained about before the arguments',
    rules: 'get.enospc.order semget.nsems.zero-create',
    witness: 'A: setlimit(semmni, 0); S = semget(private, 0)',
  },
})

const segments = liesIn('limits.c', ['shared-memory'], {
  'shmget-full-einval': {
    breaks: 'as many segments or pages as are allowed is EINVAL',
    rules:
      'shmget.create.shmmni-enospc shmget.create.shmall-enospc get.enospc.count shmctl.rmid.resources-until-destroyed',
    witness: 'A: setlimit(shmmni, 0); M = shmget(private, 1)',
  },
  'shmget-maximum-applied-late': {
    breaks: 'a segment larger than a lowered SHMMAX is not found',
    rules: 'shmget.existing.shmmax-not-applied shmget.existing.returns-id shmget.existing.size-zero-accepted',
    witness: 'M = shmget(key1, 8192, IPC_CREAT|0600); A: setlimit(shmmax, 4096); N = shmget(key1, 0)',
  },
  'shmat-no-room-einval': {
    breaks: 'too little address space is EINVAL',
    rules: 'shmat.limit.address-space-enomem',
    witness: 'M = shmget(private, 1); A: setrlimit(RLIMIT_AS, 0); A: X = shmat(M)',
  },
  'shm-lock-nothing-enomem': {
    breaks: 'with RLIMIT_MEMLOCK 0 locking is ENOMEM',
    rules: 'shmctl.lock.zero-limit-eperm',
    witness: 'M = shmget(private, 1); A: setrlimit(RLIMIT_MEMLOCK, 0); A: shmctl(M, SHM_LOCK)',
  },
})

const forks = liesIn('limits.c', ['processes'], {
  'fork-limit-enomem': {
    breaks: 'too many processes are ENOMEM',
    rules: 'fork.limit.eagain',
    witness: 'A: become(7077, own); A: setrlimit(RLIMIT_NPROC, 1); A: E = fork()',
  },
})

export const aboutLimits: readonly Lie[] = [...queues, ...sets, ...segments, ...forks]
