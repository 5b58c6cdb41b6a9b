import {
  GETALL,
  GETNCNT,
  GETPID,
  GETVAL,
  GETZCNT,
  IPC_RMID,
  IPC_SET,
  IPC_STAT,
  SETALL,
  SETVAL,
} from '../command.ts'
import type { Act, Taken } from '../conduct.ts'
import { type Meaning, meaningOf } from './meaning.ts'
import { changedBy, none, SEMVMX, type SemaphoreSet } from './set.ts'
import type { Verdict } from './verdict.ts'

const aboutOne: ReadonlySet<number> = new Set([GETPID, GETVAL, GETNCNT, GETZCNT, SETVAL])
const known: ReadonlySet<number> = new Set([IPC_RMID, IPC_SET, IPC_STAT, ...aboutOne, GETALL, SETALL])

/** What a semctl comes to. */
export function takeControl(
  set: SemaphoreSet,
  act: Act,
  meaning: Extract<Meaning, { is: 'control' }>,
  verdict: Verdict,
): Taken<SemaphoreSet> {
  const { sem, value } = meaning
  const { result } = act
  const errno = result?.errno ?? ''
  if (meaning.command === undefined)
    return { ...verdict('open', '', ''), because: 'arguments that are not understood' }
  const isOutside = set.values !== undefined && !set.isOpen && (sem < 0 || sem >= set.values.length)
  if (!known.has(meaning.command))
    return errno === 'EINVAL' || errno === ''
      ? { ...verdict('open', '', ''), because: 'commands of ipcs' }
      : verdict('open', '', '')
  if (errno === 'EINVAL') {
    if (aboutOne.has(meaning.command) && (sem < 0 || isOutside)) return verdict('yes', '', '')
    if (set.removed === undefined || meaning.command === IPC_SET) return verdict('open', '', '')
    return set.removed
      ? verdict('yes', '', '')
      : verdict('no', 'id.stale-einval', 'no EINVAL: the set exists, the arguments are good')
  }
  if (errno === 'EIDRM')
    return set.removed === false
      ? verdict('no', 'rmid.later-einval', 'no EIDRM: the set exists')
      : verdict('open', '', '')
  if (errno === 'ERANGE') {
    if (meaning.command === SETVAL && value !== undefined)
      return value < 0 || value > SEMVMX
        ? verdict('yes', '', '')
        : verdict('never', 'semctl.setval.erange', '0')
    return verdict('open', '', '')
  }
  if (errno !== '')
    return { ...verdict('open', '', ''), because: 'an error that depends on more than the trace tells' }
  if (set.removed === true) return verdict('no', 'id.stale-einval', '-1 EINVAL')
  if (aboutOne.has(meaning.command) && isOutside) return verdict('never', 'semctl.semnum.bad', '-1 EINVAL')
  if (meaning.command === GETNCNT || meaning.command === GETZCNT)
    return takeCount(act, meaning.command === GETZCNT, sem, verdict)
  return takeCommand(set, act, meaning, verdict)
}

/** No more can sleep than have begun and are not back; whether those do already is not known. */
function takeCount(
  { result, beside }: Act,
  zero: boolean,
  sem: number,
  verdict: Verdict,
): Taken<SemaphoreSet> {
  const answer = result?.value ?? 0
  const rule = zero ? 'semctl.getzcnt' : 'semctl.getncnt'
  if (answer < 0) return verdict('never', rule, '0 or more')
  if (beside === undefined)
    return { ...verdict('open', '', ''), because: 'who sleeps in the kernel is not known' }
  const most = [...beside].filter((other) => maySleep(other, zero, sem)).length
  return answer > most ? verdict('no', rule, most === 0 ? '0' : `0 to ${most}`) : verdict('yes', '', '')
}

function maySleep(act: Act, zero: boolean, sem: number): boolean {
  const meaning = meaningOf(act)
  if (meaning.is !== 'array') return false
  const { operations } = meaning
  return (
    operations === undefined ||
    operations.some((each) => each.sem === sem && (zero ? each.change === 0 : each.change < 0))
  )
}

function takeCommand(
  before: SemaphoreSet,
  { pid, result }: Act,
  { command, sem, value, values, count }: Extract<Meaning, { is: 'control' }>,
  verdict: Verdict,
): Taken<SemaphoreSet> {
  const answer = result?.value ?? 0
  const changed = command === SETVAL ? [sem] : command === SETALL ? [...(before.values?.keys() ?? [])] : []
  const set = changedBy(before, new Set(changed), pid)
  const there = { ...set, removed: false }
  switch (command) {
    case IPC_RMID:
      return answer === 0
        ? verdict('yes', '', '', { ...set, removed: true, undo: none })
        : verdict('never', 'semctl.rmid', '0')
    case SETVAL: {
      if (answer !== 0) return verdict('never', 'semctl.setval.ok', '0')
      if (value !== undefined && (value < 0 || value > SEMVMX))
        return verdict('never', 'semctl.setval.erange', '-1 ERANGE')
      const cleared = new Map(
        [...set.undo].map(
          ([process, each]) => [process, each.map((old, index) => (index === sem ? 0 : old))] as const,
        ),
      )
      return verdict('yes', '', '', {
        ...set,
        values: set.values?.map((old, index) => (index === sem ? value : old)),
        removed: false,
        undo: set.undo.size === 0 ? set.undo : cleared,
      })
    }
    case SETALL:
      return verdict('yes', '', '', {
        ...set,
        values:
          values !== undefined && values.length === set.values?.length
            ? values
            : set.values?.map(() => undefined),
        removed: false,
        undo: none,
      })
    case GETVAL: {
      if (answer < 0 || answer > SEMVMX) return verdict('never', 'semctl.getval', 'a value from 0 to 32767')
      const expected = set.values?.[sem]
      if (expected === undefined) return verdict('open', '', '', there)
      return expected === answer ? verdict('yes', '', '') : verdict('no', 'semctl.getval', String(expected))
    }
    case GETALL: {
      if (values === undefined || set.values === undefined)
        return { ...verdict('open', '', ''), because: 'values that the trace does not tell' }
      const differs = set.values.some((each, index) => each !== undefined && each !== values[index])
      return differs
        ? verdict('no', 'semctl.getall', `[${set.values.map((each) => each ?? '?').join(', ')}]`)
        : verdict(set.values.includes(undefined) ? 'open' : 'yes', '', '')
    }
    case GETPID: {
      const expected = pid === undefined ? undefined : set.pids?.[sem]
      if (expected === undefined)
        return { ...verdict('open', '', '', there), because: 'who changed it last was not known yet' }
      return expected === answer ? verdict('yes', '', '') : verdict('no', 'semctl.getpid', String(expected))
    }
    case IPC_STAT:
      return count !== undefined && !set.isOpen && set.values !== undefined && count !== set.values.length
        ? verdict('never', 'semctl.stat', `sem_nsems=${set.values.length}`)
        : verdict(count === undefined || set.isOpen ? 'open' : 'yes', '', '', there)
    default:
      return { ...verdict('open', '', ''), because: 'what it tells is not followed' }
  }
}
