import * as control from './common/control.ts'
import * as get from './common/get.ts'
import { sharedClauses as messageClauses } from './messages/clauses.ts'
import { msgctl, msgctlClauses, rules as msgctlRules } from './messages/msgctl.ts'
import { msgget, msggetClauses, rules as msggetRules } from './messages/msgget.ts'
import { msgrcv, msgrcvClauses, rules as msgrcvRules } from './messages/msgrcv.ts'
import { msgsnd, msgsndClauses, rules as msgsndRules } from './messages/msgsnd.ts'
import { sleepingClauses as messageSleepingClauses } from './messages/sleeping.ts'
import type { Moment } from './moment.ts'
import { processClauses } from './processes/clauses/index.ts'
import { processPerformers } from './processes/performers.ts'
import type { Clause } from './rule.ts'
import * as semaphoreClauses from './semaphores/clauses.ts'
import { semctl, semctlClauses, rules as semctlRules } from './semaphores/semctl.ts'
import { semget, semgetClauses, rules as semgetRules } from './semaphores/semget.ts'
import { expire, semop, semopClauses, rules as semopRules } from './semaphores/semop.ts'
import { sleepingClauses } from './semaphores/sleeping.ts'
import { undoClauses } from './semaphores/undo.ts'
import { access, byteClauses } from './shared-memory/bytes.ts'
import { lifecycleClauses } from './shared-memory/lifecycle.ts'
import { shmat, rules as shmatRules } from './shared-memory/shmat.ts'
import { shmatClauses } from './shared-memory/shmat-clauses.ts'
import { shmctl, rules as shmctlRules } from './shared-memory/shmctl.ts'
import { shmctlClauses } from './shared-memory/shmctl-clauses.ts'
import { shmdt, rules as shmdtRules } from './shared-memory/shmdt.ts'
import { shmdtClauses } from './shared-memory/shmdt-clauses.ts'
import { shmget, rules as shmgetRules } from './shared-memory/shmget.ts'
import { shmgetClauses } from './shared-memory/shmget-clauses.ts'
import type { Call, FormName } from './vocabulary/forms.ts'

/** Performs a call within a moment: replaces the world, adds the events. */
export type Performer<C extends Call> = (moment: Moment, actor: string, call: C) => void

const nothing = () => {}

/** Who performs each form. */
export const performers: { readonly [N in FormName]: Performer<Extract<Call, { readonly name: N }>> } = {
  semget,
  semop,
  semtimedop: semop,
  'semctl.IPC_STAT': semctl,
  'semctl.IPC_SET': semctl,
  'semctl.IPC_RMID': semctl,
  'semctl.GETALL': semctl,
  'semctl.SETALL': semctl,
  'semctl.GETVAL': semctl,
  'semctl.GETPID': semctl,
  'semctl.GETNCNT': semctl,
  'semctl.GETZCNT': semctl,
  'semctl.SETVAL': semctl,
  'semctl.other': semctl,

  msgget,
  msgsnd,
  msgrcv,
  'msgctl.IPC_STAT': msgctl,
  'msgctl.IPC_SET': msgctl,
  'msgctl.IPC_RMID': msgctl,
  'msgctl.other': msgctl,

  shmget,
  shmat,
  shmdt,
  load: access,
  store: access,
  'shmctl.IPC_STAT': shmctl,
  'shmctl.IPC_SET': shmctl,
  'shmctl.IPC_RMID': shmctl,
  'shmctl.SHM_LOCK': shmctl,
  'shmctl.SHM_UNLOCK': shmctl,
  'shmctl.other': shmctl,

  ...processPerformers,

  tick: nothing,
  expires: (moment, actor) => expire(moment, actor),
}

/** Every clause of the model, in no particular order; an id may stand in several families. */
/** The clauses among the exports of a module. */
const clausesOf = (module: Readonly<Record<string, unknown>>): readonly Clause[] =>
  Object.values(module).filter(
    (each): each is Clause => typeof each === 'object' && each !== null && 'sentence' in each,
  )

export const clauses: readonly Clause[] = [
  ...clausesOf(get),
  ...clausesOf(control),
  ...clausesOf(semaphoreClauses),
  ...semgetRules,
  ...semgetClauses,
  ...semopRules,
  ...semopClauses,
  ...semctlRules,
  ...semctlClauses,
  ...sleepingClauses,
  ...undoClauses,
  ...msggetRules,
  ...msggetClauses,
  ...msgsndRules,
  ...msgsndClauses,
  ...msgrcvRules,
  ...msgrcvClauses,
  ...msgctlRules,
  ...msgctlClauses,
  ...messageClauses,
  ...messageSleepingClauses,
  ...shmgetRules,
  ...shmgetClauses,
  ...shmatRules,
  ...shmatClauses,
  ...shmdtRules,
  ...shmdtClauses,
  ...byteClauses,
  ...shmctlRules,
  ...shmctlClauses,
  ...lifecycleClauses,
  ...processClauses,
]
