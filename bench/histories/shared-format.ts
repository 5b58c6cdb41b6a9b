import { errnos } from '../../model/vocabulary/names.ts'
import type { History, TimedCall } from '../../oracle/histories/history.ts'
import { actors, callOf, returned } from './objects.ts'

/** Histories of one counting semaphore (`sem`) or one queue of typed messages (`mq`), as files for several checkers have them. */
export interface HistoryFile {
  readonly kind: 'sem' | 'mq'
  readonly histories: readonly {
    readonly init?: number
    readonly ops: readonly (readonly number[])[]
  }[]
}

export interface Case {
  /** Of the semaphore, when the history begins. */
  readonly value: number
  readonly history: History
}

/** What the file means in calls of System V. */
export const casesOf = ({ kind, histories }: HistoryFile): readonly Case[] =>
  histories.map(({ init = 0, ops }) => ({
    value: init,
    history: { calls: ops.map(kind === 'sem' ? semaphoreCall : queueCall) },
  }))

function semaphoreCall(op: readonly number[]): TimedCall {
  const [client = 0, kind = 0, result = 0, begin = 0, end = 0] = op
  const actor = actors[client] as string
  const call = callOf(semaphoreCalls[kind] as string)
  const errno = result < 0 ? errnos.EAGAIN : 0
  return { actor, call, begin, end, seen: returned(actor, call, result, errno) }
}

const semaphoreCalls = [
  'semop(S, [0 -1])',
  'semop(S, [0 +1])',
  'semop(S, [0 -1 IPC_NOWAIT])',
  'semctl(S, 0, GETVAL)',
]

/** A message is known by its size. */
function queueCall(op: readonly number[]): TimedCall {
  const [client = 0, kind = 0, argument = 0, id = 0, type = 0, received = 0, begin = 0, end = 0] = op
  const actor = actors[client] as string
  if (kind === 0) {
    const call = callOf(`msgsnd(Q, ${argument}, ${id})`)
    return { actor, call, begin, end, seen: returned(actor, call, 0) }
  }
  if (kind === 3) {
    const call = callOf('msgctl(Q, IPC_STAT)')
    return { actor, call, begin, end, seen: returned(actor, call, 0, 0, { qnum: type }) }
  }
  const call = callOf(`msgrcv(Q, 100000, ${argument}${kind === 2 ? ', IPC_NOWAIT' : ''})`)
  const seen =
    type < 0 ? returned(actor, call, -1, errnos.ENOMSG) : returned(actor, call, received, 0, { type })
  return { actor, call, begin, end, seen }
}
