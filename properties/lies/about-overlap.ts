import { type Lie, liesIn } from './lie.ts'

const semaphores = liesIn('overlap.c', ['semaphores'], {
  'overlap-semop-in-two': {
    breaks: 'the first operation of an array takes effect before the others',
    rules:
      'semop.atomic-all-or-nothing semop.return semop.array-not-modified semctl.getall semctl.getval semop.eagain semop.inc semop.dec sem.sleep.transactional semop.block.decrease cnt.single semctl.getncnt',
    witness: 'S = semget(private, 2); semop(S, [0 +1, 1 +1])',
  },
  'overlap-wake-up-lost': {
    breaks: 'one of a thousand wake-ups is lost',
    rules:
      'sem.wake.handoff semop.return semop.dec semop.array-not-modified semop.atomic-all-or-nothing semctl.getncnt cnt.single semctl.getall',
    witness: 'S = semget(private, 1); B: semop(S, [0 -1]); A: semop(S, [0 +1])',
  },
  'overlap-eintr-applied': {
    breaks: 'an interrupted call may have been performed',
    rules:
      'sem.eintr semop.return semop.array-not-modified semop.eagain semctl.getval semctl.getall semop.atomic-all-or-nothing semctl.getncnt',
    witness: 'S = semget(private, 1); semop(S, [0 +1])',
  },
})

const messages = liesIn('overlap.c', ['messages'], {
  'overlap-message-twice': {
    breaks: 'two receivers may get the same message',
    rules: 'msgrcv.ok msgrcv.return msgrcv.select.zero msgrcv.enomsg msgrcv.block msg.time.rtime msgsnd.ok',
    witness: 'Q = msgget(private); msgsnd(Q, 1, 8); msgrcv(Q, 8)',
  },
})

const memory = liesIn('overlap.c', ['shared-memory'], {
  'overlap-shmget-exclusive-twice': {
    breaks: 'two exclusive makers of one key may both succeed',
    rules: 'shmget.existing.creat-excl-eexist',
    witness: 'M = shmget(key1, 100, IPC_CREAT|IPC_EXCL|0600)',
  },
})

const processes = liesIn('overlap.c', ['processes'], {
  'overlap-report-twice': {
    breaks: 'two threads may get the same report',
    rules:
      'waitpid.end.reaps waitpid.each-once waitpid.two-threads.one-winner waitpid.two-threads.any waitpid.none.blocks waitpid.echild.no-children waitpid.echild.not-a-child',
    witness: 'P = fork(); T = thread(); P: _exit(1); waitpid(P)',
  },
  'overlap-stop-missed': {
    breaks: 'who is about to wait is not woken by a stop',
    rules: 'waitpid.none.blocks waitpid.stop.wakes-sleeper',
    witness: 'P = fork(); B: kill(P, SIGSTOP); waitpid(P, WUNTRACED)',
  },
  'overlap-stop-undone': {
    breaks: 'a stop that was reported is undone',
    rules: 'stop.signal.stops kill.sends continue.stopped.continues',
    witness: 'P = fork(); B: kill(P, SIGSTOP); waitpid(P, WUNTRACED)',
  },
  'overlap-continue-overtaken': {
    breaks: 'who is continued is stopped again',
    rules: 'stop.signal.stops kill.sends continue.stopped.continues',
    witness: 'P = fork(); B: kill(P, SIGSTOP); B: kill(P, SIGCONT)',
  },
  'overlap-end-forgotten': {
    breaks: 'what would end a stopped process is forgotten',
    rules: 'signal.default.ends exit.sigkill.always kill.sends exit.stopped.other-signal-waits',
    witness: 'P = fork(); B: kill(P, SIGSTOP); B: kill(P, SIGTERM); B: kill(P, SIGCONT)',
  },
  'overlap-report-lost': {
    breaks: 'who is interrupted takes a report that nobody is told of',
    rules: 'waitpid.none.blocks wait.signal.eintr waitpid.each-once waitpid.wnohang.zero-when-none-ready',
    witness: 'sigaction(SIGUSR1, handler); P = fork(); B: kill(A, SIGUSR1); waitpid(P)',
  },
})

/** Lies that take calls which overlap to be found. */
export const aboutOverlap: readonly Lie[] = [...semaphores, ...messages, ...memory, ...processes].map(
  (lie) => ({
    ...lie,
    mode: 'overlapping' as const,
  }),
)
