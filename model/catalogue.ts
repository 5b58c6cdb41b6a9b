import * as control from './common/control.ts'
import { ftokClauses } from './common/ftok.ts'
import * as full from './common/full.ts'
import * as get from './common/get.ts'
import { listingClauses } from './common/listing.ts'
import { newIdClauses } from './common/new-ids.ts'
import { programClauses } from './common/programs.ts'
import { setLimitRules } from './common/set-limit.ts'
import { slotClauses } from './common/slots.ts'
import { spaceClauses } from './common/spaces.ts'
import { badClauses as badMessageClauses } from './messages/bad.ts'
import { sharedClauses as messageClauses } from './messages/clauses.ts'
import { copyClauses } from './messages/copy.ts'
import { infoClauses as messageInfoClauses } from './messages/info.ts'
import { limitClauses as messageLimitClauses } from './messages/limits.ts'
import { msgctlClauses, rules as msgctlRules } from './messages/msgctl.ts'
import { msggetClauses, rules as msggetRules } from './messages/msgget.ts'
import { msgrcvClauses, rules as msgrcvRules } from './messages/msgrcv.ts'
import { msgsndClauses, rules as msgsndRules } from './messages/msgsnd.ts'
import { sleepingClauses as messageSleepingClauses } from './messages/sleeping.ts'
import { processClauses } from './processes/clauses/index.ts'
import type { Clause } from './rule.ts'
import { badClauses as badSemaphoreClauses } from './semaphores/bad.ts'
import * as semaphoreClauses from './semaphores/clauses.ts'
import { infoClauses as semaphoreInfoClauses } from './semaphores/info.ts'
import { insideClauses } from './semaphores/inside.ts'
import { semctlClauses, rules as semctlRules } from './semaphores/semctl.ts'
import { semgetClauses, rules as semgetRules } from './semaphores/semget.ts'
import { semopClauses, rules as semopRules } from './semaphores/semop.ts'
import { sleepingClauses } from './semaphores/sleeping.ts'
import { undoClauses } from './semaphores/undo.ts'
import { unshareClauses } from './semaphores/unshare.ts'
import { badClauses as badMemoryClauses } from './shared-memory/bad.ts'
import { byteClauses } from './shared-memory/bytes.ts'
import { forcedClauses } from './shared-memory/forced.ts'
import { hugeClauses } from './shared-memory/huge.ts'
import { infoClauses as memoryInfoClauses } from './shared-memory/info.ts'
import { lifecycleClauses } from './shared-memory/lifecycle.ts'
import { limitClauses as memoryLimitClauses } from './shared-memory/limits.ts'
import { noCount } from './shared-memory/many.ts'
import { mappingClauses } from './shared-memory/mapping-clauses.ts'
import { rules as shmatRules } from './shared-memory/shmat.ts'
import { shmatClauses } from './shared-memory/shmat-clauses.ts'
import { rules as shmctlRules } from './shared-memory/shmctl.ts'
import { shmctlClauses } from './shared-memory/shmctl-clauses.ts'
import { rules as shmdtRules } from './shared-memory/shmdt.ts'
import { shmdtClauses } from './shared-memory/shmdt-clauses.ts'
import { rules as shmgetRules } from './shared-memory/shmget.ts'
import { shmgetClauses } from './shared-memory/shmget-clauses.ts'
import type { Family } from './vocabulary/shape.ts'

/** The family of a clause; those about every kind of IPC object are `common`. */
export type ClauseFamily = Family | 'common'

/** The clauses among the exports of a module. */
const clausesOf = (module: Readonly<Record<string, unknown>>): readonly Clause[] =>
  Object.values(module).filter(
    (each): each is Clause => typeof each === 'object' && each !== null && 'sentence' in each,
  )

/** Where each clause is first met is its family: rules repeat the clauses of what is common. */
const sources: Readonly<Record<ClauseFamily, readonly (readonly Clause[])[]>> = {
  common: [
    ...[clausesOf(get), clausesOf(control), clausesOf(full), setLimitRules, slotClauses],
    ...[spaceClauses, insideClauses, programClauses],
    ...[listingClauses, ftokClauses, newIdClauses],
  ],
  semaphores: [
    ...[clausesOf(semaphoreClauses), semgetRules, semgetClauses, semopRules, semopClauses],
    ...[semctlRules, semctlClauses, sleepingClauses, undoClauses, unshareClauses, badSemaphoreClauses],
    semaphoreInfoClauses,
  ],
  messages: [
    ...[msggetRules, msggetClauses, msgsndRules, msgsndClauses, msgrcvRules, msgrcvClauses],
    ...[msgctlRules, msgctlClauses, messageClauses, messageSleepingClauses],
    ...[messageInfoClauses, messageLimitClauses, copyClauses, badMessageClauses],
  ],
  'shared-memory': [
    ...[shmgetRules, shmgetClauses, shmatRules, shmatClauses, shmdtRules, shmdtClauses],
    ...[byteClauses, forcedClauses, shmctlRules, shmctlClauses, lifecycleClauses, mappingClauses],
    ...[memoryInfoClauses, memoryLimitClauses, badMemoryClauses, [noCount], hugeClauses],
  ],
  processes: [processClauses],
}

const familyById = new Map<string, ClauseFamily>()
const byId = new Map<string, Clause>()
for (const [family, lists] of Object.entries(sources))
  for (const clause of lists.flat())
    if (!byId.has(clause.id)) {
      byId.set(clause.id, clause)
      familyById.set(clause.id, family as ClauseFamily)
    }

/** Every clause of the model, each once. */
export const clauses: readonly Clause[] = [...byId.values()]

/** The clause of an id; undefined if the model has none. */
export const clauseOf = (id: string): Clause | undefined => byId.get(id)

/** The family of a clause by its id; undefined if the model has none. */
export const familyOf = (id: string): ClauseFamily | undefined => familyById.get(id)
