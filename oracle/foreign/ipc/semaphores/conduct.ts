import { GETALL, GETNCNT, GETPID, GETVAL, GETZCNT, IPC_RMID, IPC_STAT, SETALL, SETVAL } from '../command.ts'
import type { Act, Conduct, Taken } from '../conduct.ts'
import { meaningOf } from './meaning.ts'
import { takeControl } from './semctl.ts'
import { takeArray } from './semop.ts'
import { attempt, endOf, forgotten, type SemaphoreSet } from './set.ts'

/** More semaphores than these are not followed one by one. */
const SEMMSL_MAX = 32_000

function take(set: SemaphoreSet, act: Act): Taken<SemaphoreSet> {
  const meaning = meaningOf(act)
  const verdict = (fits: Taken<SemaphoreSet>['fits'], rule: string, allowed: string, state = set) => ({
    ...{ fits, state, rule, allowed, because: 'the values were not known yet' },
  })
  const errno = act.result?.errno ?? ''
  if (meaning.is === 'end')
    return meaning.isShared
      ? verdict('open', '', '', forgotten(set))
      : verdict('yes', '', '', endOf(set, act.process, act.pid))
  if (errno === 'EACCES' || errno === 'EPERM' || errno === 'EFAULT' || errno === 'ENOMEM')
    return { ...verdict('open', '', ''), because: 'an error that depends on more than the trace tells' }
  return meaning.is === 'control'
    ? takeControl(set, act, meaning, verdict)
    : takeArray(set, act, meaning, verdict)
}

function learn(set: SemaphoreSet, act: Act): SemaphoreSet {
  const meaning = meaningOf(act)
  const { result } = act
  if (meaning.is !== 'control' || result === undefined) return set
  if (result.errno === 'EINVAL' && meaning.command === IPC_STAT) return { ...set, removed: true }
  if (result.errno !== '') return set
  const there = set.removed === undefined ? { ...set, removed: false } : set
  const { sem } = meaning
  if (meaning.command === GETVAL && result.value !== null && there.values?.[sem] === undefined) {
    if (sem < 0 || sem > SEMMSL_MAX) return there
    const values = Array.from(
      { length: Math.max(there.values?.length ?? 0, sem + 1) },
      (_, index) => there.values?.[index],
    )
    values[sem] = result.value
    return { ...there, values }
  }
  if (
    meaning.command === GETPID &&
    act.pid !== undefined &&
    result.value !== null &&
    there.values?.[sem] !== undefined
  ) {
    const pids = there.pids ?? there.values.map(() => undefined)
    return { ...there, pids: pids.map((each, index) => (index === sem ? (result.value ?? each) : each)) }
  }
  if (meaning.command === GETALL && meaning.values !== undefined)
    return { ...there, isOpen: false, values: meaning.values }
  if (meaning.command === IPC_STAT && there.isOpen) {
    const { count } = meaning
    if (count !== undefined)
      return {
        ...there,
        isOpen: false,
        values: Array.from({ length: count }, (_, sem) => there.values?.[sem]),
      }
  }
  return there
}

export const semaphoreConduct: Conduct<SemaphoreSet> = {
  unknown: forgotten,
  key: ({ values, removed, undo, pids }) =>
    `${pids === undefined ? '' : `${pids}/`}${values?.map((each) => each ?? '?').join() ?? '*'}${removed === true ? 'r' : ''}${
      undo.size === 0
        ? ''
        : [...undo]
            .map(([process, each]) => `;${process}:${each}`)
            .sort()
            .join('')
    }`,
  changes(act) {
    if (act.is === 'end') return true
    if (act.result !== undefined && (act.result.errno !== '' || act.result.value === null))
      return act.result.value === null
    const meaning = meaningOf(act)
    return (
      meaning.is === 'array' ||
      (meaning.is === 'control' &&
        (meaning.command === IPC_RMID || meaning.command === SETVAL || meaning.command === SETALL))
    )
  },
  take,
  learn,
  counts(act) {
    const meaning = meaningOf(act)
    return meaning.is === 'control' && (meaning.command === GETNCNT || meaning.command === GETZCNT)
  },
  awakes(set, act) {
    const meaning = meaningOf(act)
    if (meaning.is !== 'array' || meaning.operations === undefined) return undefined
    if (set.removed === true) return { rule: 'rmid.sleepers-eidrm', allowed: '-1 EIDRM' }
    const tried = attempt(set, meaning.operations)
    return set.removed === false && tried.is === 'runs' && tried.sure
      ? { rule: 'sem.wake.handoff', allowed: '0' }
      : undefined
  },
}
