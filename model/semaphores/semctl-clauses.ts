import { type Clause, clause } from '../rule.ts'

const description = 'POSIX.1-2024 semctl, DESCRIPTION'

export const semnumIgnored = clause(
  'semctl.semnum.ignored',
  'shall',
  'Commands about the whole set do not look at the semaphore number.',
  description,
)
export const setPid = clause(
  'semctl.set.sempid',
  'unspecified',
  'SETVAL and SETALL record the caller as the last process of the semaphores they set.',
  'Linux ipc/sem.c, semctl_setval',
)
export const needsNoRead = clause(
  'semctl.setall.no-read',
  'shall',
  'SETALL needs alter permission, and no read permission.',
  'POSIX.1-2024 semctl, DESCRIPTION, SETALL',
)
export const sleepersEnd = clause(
  'sem.rmid',
  'shall',
  'Every sleeper returns with EIDRM when the set is removed, whatever it waits for.',
  'POSIX.1-2024 semop, ERRORS, [EIDRM]',
)
export const otimeStat = clause(
  'sem.time.otime',
  'shall',
  'sem_otime is the time of the last completed array.',
  description,
)
export const ctimeStat = clause(
  'sem.time.ctime',
  'shall',
  'sem_ctime is the time of creation or of the last change by semctl.',
  description,
)
export const ctimeUntouched = clause(
  'semop.ctime-untouched',
  'shall',
  'semop leaves sem_ctime alone.',
  description,
)

/** What semctl shows besides the rules that decide. */
export const semctlClauses: readonly Clause[] = [
  semnumIgnored,
  setPid,
  needsNoRead,
  sleepersEnd,
  otimeStat,
  ctimeStat,
  ctimeUntouched,
]
