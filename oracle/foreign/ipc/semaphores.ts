import { IPC_NOWAIT, SEM_UNDO } from '../../../model/vocabulary/names.ts'
import { elementsOf, fieldsOf } from '../strace/arguments.ts'
import { intOf, numberOf } from '../strace/numbers.ts'
import type { Act, Conduct, Taken } from './conduct.ts'

/** What is known of a set; a value that is undefined is not known. */
export interface SemaphoreSet {
  /** Undefined: not even how many there are. */
  readonly values: readonly (number | undefined)[] | undefined
  /** There may be more than these. */
  readonly isOpen: boolean
  readonly removed: boolean | undefined
  /** What the end of a process gives back: adjustments by process. */
  readonly undo: ReadonlyMap<number, readonly number[]>
}

interface Operation {
  readonly sem: number
  readonly change: number
  readonly flags: number
}

type Meaning =
  | {
      readonly is: 'array'
      readonly operations: readonly Operation[] | undefined
      readonly count: number | undefined
      /** Seconds; null: none. */
      readonly timeout: number | null | undefined
    }
  | {
      readonly is: 'control'
      readonly command: number | undefined
      readonly sem: number
      readonly value: number | undefined
      readonly values: readonly number[] | undefined
      /** How many semaphores a status tells. */
      readonly count: number | undefined
    }
  | { readonly is: 'end' }

const SEMVMX = 32767
const command = {
  RMID: 0,
  SET: 1,
  STAT: 2,
  GETPID: 11,
  GETVAL: 12,
  GETALL: 13,
  GETNCNT: 14,
  GETZCNT: 15,
} as const
const SETVAL = 16
const SETALL = 17
const aboutOne: ReadonlySet<number> = new Set([11, 12, 14, 15, 16])
const known: ReadonlySet<number> = new Set([0, 1, 2, 11, 12, 13, 14, 15, 16, 17])

const none: ReadonlyMap<number, readonly number[]> = new Map()

export const newSet = (count: number | undefined, isFresh: boolean): SemaphoreSet => ({
  values:
    count === undefined ? undefined : new Array<number | undefined>(count).fill(isFresh ? 0 : undefined),
  isOpen: !isFresh,
  removed: isFresh ? false : undefined,
  undo: none,
})

/** Whether the call may leave an undo entry. */
export const mayUndo = (act: Act): boolean => {
  const meaning = meaningOf(act)
  return (
    meaning.is === 'array' &&
    (meaning.operations === undefined || meaning.operations.some(({ flags }) => (flags & SEM_UNDO) !== 0))
  )
}

function meaningOf(act: Act): Meaning {
  const known = act.meaning as Meaning | undefined
  if (known !== undefined) return known
  const meaning = understand(act)
  // What the kernel fills in is there only once the call has returned.
  if (act.result !== undefined || meaning.is !== 'control') act.meaning = meaning
  return meaning
}

function understand({ is, call }: Act): Meaning {
  if (is === 'end') return { is: 'end' }
  const { name, args } = call
  if (name === 'semctl') {
    const number = numberOf(args[2])
    const list = elementsOf(args[3])?.map((word) => numberOf(word))
    return {
      is: 'control',
      command: number === undefined ? undefined : Number(BigInt(number) & ~0x100n),
      sem: intOf(args[1]) ?? -1,
      value: intOf(args[3]),
      values: list?.every((each) => each !== undefined) ? (list as number[]) : undefined,
      count: numberOf(fieldsOf(args[3]).sem_nsems),
    }
  }
  const list = elementsOf(args[1])?.map(operationOf)
  return {
    is: 'array',
    operations: list?.every((each) => each !== undefined) ? (list as Operation[]) : undefined,
    count: numberOf(args[2]),
    timeout: name === 'semop' ? null : timeoutOf(args[3]),
  }
}

function operationOf(text: string): Operation | undefined {
  const fields = fieldsOf(text)
  const [sem, change, flags] = [intOf(fields.sem_num), intOf(fields.sem_op), numberOf(fields.sem_flg)]
  if (sem !== undefined && change !== undefined && flags !== undefined) return { sem, change, flags }
  const plain = /^\{(\d+), (-?\d+), ([^,}]*)\}$/.exec(text)
  const bits = numberOf(plain?.[3])
  return plain === null || bits === undefined
    ? undefined
    : { sem: Number(plain[1]), change: Number(plain[2]), flags: bits }
}

export function timeoutOf(text: string | undefined): number | null | undefined {
  if (text === 'NULL') return null
  const fields = fieldsOf(text)
  const [seconds, nanoseconds] = [numberOf(fields.tv_sec), numberOf(fields.tv_nsec)]
  if (seconds === undefined || nanoseconds === undefined) return undefined
  return seconds < 0 || nanoseconds < 0 || nanoseconds > 999_999_999
    ? BAD_TIMEOUT
    : seconds + nanoseconds / 1e9
}

/** What an array comes to. */
type Attempt =
  | { readonly is: 'runs'; readonly values: SemaphoreSet['values']; readonly sure: boolean }
  | { readonly is: 'blocks' | 'again'; readonly rule: string }
  | { readonly is: 'range' | 'outside' }
  | { readonly is: 'open' }

/** As the model's `attempt`, with values that may be unknown: then it is taken that the operation can run. */
function attempt(set: SemaphoreSet, operations: readonly Operation[]): Attempt {
  if (set.values === undefined) return { is: 'runs', values: undefined, sure: false }
  const values = set.values.slice()
  let sure = true
  for (const { sem } of operations) if (sem >= values.length) return { is: set.isOpen ? 'open' : 'outside' }
  for (const { sem, change, flags } of operations) {
    const value = values[sem]
    if (value === undefined) {
      sure = false
      if (change === 0) values[sem] = 0
      continue
    }
    const next = value + change
    if ((change === 0 && value !== 0) || next < 0) {
      if (!sure) return { is: 'open' }
      if ((flags & IPC_NOWAIT) !== 0) return { is: 'again', rule: 'semop.eagain' }
      return { is: 'blocks', rule: change === 0 ? 'semop.block.zero' : 'semop.block.decrease' }
    }
    if (next > SEMVMX) return sure ? { is: 'range' } : { is: 'open' }
    values[sem] = next
  }
  return { is: 'runs', values, sure }
}

function take(set: SemaphoreSet, act: Act): Taken<SemaphoreSet> {
  const meaning = meaningOf(act)
  const verdict = (fits: Taken<SemaphoreSet>['fits'], rule: string, allowed: string, state = set) => ({
    ...{ fits, state, rule, allowed, because: 'the values were not known yet' },
  })
  const errno = act.result?.errno ?? ''
  if (meaning.is === 'end') return verdict('yes', '', '', endOf(set, act.process))
  if (errno === 'EACCES' || errno === 'EPERM' || errno === 'EFAULT' || errno === 'ENOMEM')
    return { ...verdict('open', '', ''), because: 'an error that depends on more than the trace tells' }
  if (meaning.is === 'control') return takeControl(set, act, meaning, verdict)
  const { operations, count, timeout } = meaning
  if (errno === 'E2BIG')
    return count === 1
      ? verdict('never', 'semop.e2big', '0')
      : { ...verdict('open', '', ''), because: 'limits are not known' }
  if (errno === '') {
    if (count === 0) return verdict('never', 'semop.nsops-zero', '-1 EINVAL')
    if (set.removed === true) return verdict('no', 'semop.einval.id', '-1 EINVAL or EIDRM')
    if (operations === undefined)
      return {
        ...verdict('open', '', '', forgotten(set)),
        because: 'operations that the trace does not tell',
      }
  }
  if (errno === 'EIDRM' || (errno === 'EINVAL' && count !== 0 && !isBadTimeout(timeout))) {
    if (set.removed === undefined) return verdict('open', '', '')
    return set.removed
      ? verdict('yes', '', '')
      : verdict(
          'no',
          errno === 'EIDRM' ? 'sem.rmid' : 'semop.einval.id',
          '0, EAGAIN or sleep: the set exists',
        )
  }
  if (errno === 'EINVAL') return verdict('yes', '', '')
  if (operations === undefined)
    return { ...verdict('open', '', ''), because: 'operations that the trace does not tell' }
  const tried = attempt(set, operations)
  const expected = wordsOf(tried)
  switch (errno) {
    case '':
      if (tried.is === 'runs')
        return verdict(
          tried.sure ? 'yes' : 'open',
          '',
          '',
          performed(set, act.process, operations, tried.values),
        )
      if (tried.is === 'open') return verdict('open', '', '', forgotten(set))
      if (tried.is === 'outside') return verdict('never', 'semop.efbig', expected)
      return verdict('no', 'rule' in tried ? tried.rule : 'semop.erange.value', expected)
    case 'EAGAIN':
      if (tried.is === 'again') return verdict('yes', '', '')
      if (tried.is === 'open' || (tried.is === 'runs' && !tried.sure)) return verdict('open', '', '')
      if (tried.is === 'blocks' && typeof timeout === 'number') {
        const early = act.took !== null && act.took < timeout - 0.001
        return early ? verdict('no', 'semtimedop.expire', `sleep for ${timeout} s`) : verdict('yes', '', '')
      }
      return tried.is === 'blocks'
        ? verdict('no', timeout === undefined ? 'semtimedop.null' : tried.rule, 'sleep')
        : verdict('no', 'semop.return', expected)
    case 'EINTR':
      return tried.is === 'blocks'
        ? verdict('yes', '', '')
        : tried.is === 'open' || (tried.is === 'runs' && !tried.sure)
          ? verdict('open', '', '')
          : verdict('no', 'sem.eintr', expected)
    case 'EFBIG':
      return tried.is === 'outside'
        ? verdict('yes', '', '')
        : tried.is === 'open' || set.values === undefined
          ? verdict('open', '', '')
          : verdict('never', 'semop.efbig', expected)
    case 'ERANGE':
      return tried.is === 'range'
        ? verdict('yes', '', '')
        : operations.some(({ flags }) => (flags & SEM_UNDO) !== 0) ||
            tried.is === 'open' ||
            (tried.is === 'runs' && !tried.sure)
          ? verdict('open', '', '')
          : verdict('no', 'semop.erange.value', expected)
    default:
      return { ...verdict('open', '', ''), because: 'an error that depends on more than the trace tells' }
  }
}

const BAD_TIMEOUT = -1
const isBadTimeout = (timeout: number | null | undefined) => timeout === BAD_TIMEOUT

function wordsOf(tried: Attempt): string {
  switch (tried.is) {
    case 'runs':
      return '0'
    case 'again':
      return '-1 EAGAIN'
    case 'blocks':
      return 'sleep'
    case 'range':
      return '-1 ERANGE'
    case 'outside':
      return '-1 EFBIG'
    case 'open':
      return 'anything'
  }
}

function performed(
  set: SemaphoreSet,
  process: number,
  operations: readonly Operation[],
  values: SemaphoreSet['values'],
): SemaphoreSet {
  if (!operations.some(({ flags, change }) => (flags & SEM_UNDO) !== 0 && change !== 0))
    return { ...set, values, removed: false }
  const adjustments = (set.undo.get(process) ?? []).slice()
  for (const { sem, change, flags } of operations)
    if ((flags & SEM_UNDO) !== 0) adjustments[sem] = (adjustments[sem] ?? 0) - change
  return { ...set, values, removed: false, undo: changedUndo(set.undo, process, adjustments) }
}

function changedUndo(undo: SemaphoreSet['undo'], process: number, adjustments: readonly number[]) {
  const changed = new Map(undo)
  if (adjustments.some((each) => (each ?? 0) !== 0)) changed.set(process, adjustments)
  else changed.delete(process)
  return changed
}

/** The undo of a process that ends: all at once, no value below 0 or above SEMVMX. */
function endOf(set: SemaphoreSet, process: number): SemaphoreSet {
  const adjustments = set.undo.get(process)
  if (adjustments === undefined) return set
  const undo = new Map(set.undo)
  undo.delete(process)
  const values = set.values?.map((value, sem) =>
    value === undefined ? value : Math.min(Math.max(value + (adjustments[sem] ?? 0), 0), SEMVMX),
  )
  return { ...set, values, undo }
}

const forgotten = (set: SemaphoreSet): SemaphoreSet => ({
  ...set,
  values: set.values?.map(() => undefined),
  removed: set.removed === true ? true : undefined,
})

type Verdict = (
  fits: Taken<SemaphoreSet>['fits'],
  rule: string,
  allowed: string,
  state?: SemaphoreSet,
) => Taken<SemaphoreSet>

function takeControl(
  set: SemaphoreSet,
  { result }: Act,
  meaning: Extract<Meaning, { is: 'control' }>,
  verdict: Verdict,
): Taken<SemaphoreSet> {
  const { sem, value } = meaning
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
    if (set.removed === undefined || meaning.command === command.SET) return verdict('open', '', '')
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
  return takeCommand(set, result?.value ?? 0, meaning, verdict)
}

function takeCommand(
  set: SemaphoreSet,
  answer: number,
  { command: number, sem, value, values, count }: Extract<Meaning, { is: 'control' }>,
  verdict: Verdict,
): Taken<SemaphoreSet> {
  const there = { ...set, removed: false }
  switch (number) {
    case command.RMID:
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
    case command.GETVAL: {
      if (answer < 0 || answer > SEMVMX) return verdict('never', 'semctl.getval', 'a value from 0 to 32767')
      const expected = set.values?.[sem]
      if (expected === undefined) return verdict('open', '', '', there)
      return expected === answer ? verdict('yes', '', '') : verdict('no', 'semctl.getval', String(expected))
    }
    case command.GETALL: {
      if (values === undefined || set.values === undefined)
        return { ...verdict('open', '', ''), because: 'values that the trace does not tell' }
      const differs = set.values.some((each, index) => each !== undefined && each !== values[index])
      return differs
        ? verdict('no', 'semctl.getall', `[${set.values.map((each) => each ?? '?').join(', ')}]`)
        : verdict(set.values.includes(undefined) ? 'open' : 'yes', '', '')
    }
    case command.GETNCNT:
    case command.GETZCNT:
      return { ...verdict('open', '', ''), because: 'who sleeps in the kernel is not known' }
    case command.STAT:
      return count !== undefined && !set.isOpen && set.values !== undefined && count !== set.values.length
        ? verdict('never', 'semctl.stat', `sem_nsems=${set.values.length}`)
        : verdict(count === undefined || set.isOpen ? 'open' : 'yes', '', '', there)
    default:
      return { ...verdict('open', '', ''), because: 'what it tells is not followed' }
  }
}

function learn(set: SemaphoreSet, act: Act): SemaphoreSet {
  const meaning = meaningOf(act)
  const { result } = act
  if (meaning.is !== 'control' || result === undefined) return set
  if (result.errno === 'EINVAL' && meaning.command === command.STAT) return { ...set, removed: true }
  if (result.errno !== '') return set
  const there = set.removed === undefined ? { ...set, removed: false } : set
  if (
    meaning.command === command.GETVAL &&
    result.value !== null &&
    there.values?.[meaning.sem] === undefined
  ) {
    const answer = result.value
    return { ...there, values: there.values?.map((old, index) => (index === meaning.sem ? answer : old)) }
  }
  if (meaning.command === command.GETALL && meaning.values !== undefined)
    return { ...there, isOpen: false, values: meaning.values }
  if (meaning.command === command.STAT && there.isOpen) {
    const count = numberOf(fieldsOf(act.call.args[3]).sem_nsems)
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
  key: ({ values, removed, undo }) =>
    `${values?.map((each) => each ?? '?').join() ?? '*'}${removed === true ? 'r' : ''}${
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
        (meaning.command === command.RMID || meaning.command === SETVAL || meaning.command === SETALL))
    )
  },
  take,
  learn,
}
