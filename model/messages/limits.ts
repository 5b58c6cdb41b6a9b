import { countOf } from '../common/full.ts'
import { clause } from '../rule.ts'
import type { World } from '../world.ts'

export const limitMsgmni = clause(
  'limit.msgmni',
  'shall',
  'There are at most MSGMNI queues; a limit out of range is refused when it is written.',
  'POSIX.1-2024 msgget, ERRORS, [ENOSPC]',
)
export const longerThanAllowed = clause(
  'sysctl.msgmax.existing',
  'linux',
  'Messages longer than a MSGMAX lowered meanwhile can still be received.',
  'proc(5), /proc/sys/kernel/msgmax',
)
export const otherLimitThanNew = clause(
  'sysctl.msgmnb.existing',
  'linux',
  'A changed MSGMNB leaves the limits of existing queues; how far IPC_SET may raise them changes at once.',
  'proc(5), /proc/sys/kernel/msgmnb',
)

export const hasAllQueues = ({ queues, limits }: World): boolean => countOf(queues) >= limits.msgmni

/** Whether new queues get another limit than when the scenario began. */
export const hasOtherMsgmnb = ({ limits, facts }: World): boolean => limits.msgmnb !== facts.limits.msgmnb

export const limitClauses = [limitMsgmni, longerThanAllowed, otherLimitThanNew]
