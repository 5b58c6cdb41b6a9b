import { IPC_NOWAIT, SEM_UNDO } from '../../../../model/vocabulary/names.ts'
import type { Operation } from './meaning.ts'

export const SEMVMX = 32767

/** What is known of a set; a value that is undefined is not known. */
export interface SemaphoreSet {
  /** Undefined: not even how many there are. */
  readonly values: readonly (number | undefined)[] | undefined
  /** There may be more than these. */
  readonly isOpen: boolean
  readonly removed: boolean | undefined
  /** What the end of a process gives back: adjustments by process. */
  readonly undo: ReadonlyMap<number, readonly number[]>
  /** Who changed each last, from when somebody asked for it: until then they would only multiply the possible worlds. */
  readonly pids: readonly (number | undefined)[] | undefined
}

export const none: ReadonlyMap<number, readonly number[]> = new Map()

export const newSet = (count: number | undefined, isFresh: boolean): SemaphoreSet => ({
  values:
    count === undefined ? undefined : new Array<number | undefined>(count).fill(isFresh ? 0 : undefined),
  isOpen: !isFresh,
  removed: isFresh ? false : undefined,
  undo: none,
  pids: undefined,
})

/** The same with another process as the last one to change some. */
export const changedBy = (set: SemaphoreSet, sems: ReadonlySet<number>, pid: number | undefined) =>
  set.pids === undefined ? set : { ...set, pids: set.pids.map((each, sem) => (sems.has(sem) ? pid : each)) }

/** What an array comes to. */
export type Attempt =
  | { readonly is: 'runs'; readonly values: SemaphoreSet['values']; readonly sure: boolean }
  | { readonly is: 'blocks' | 'again'; readonly rule: string }
  | { readonly is: 'range' | 'outside' }
  | { readonly is: 'open' }

/** As the model's `attempt`, with values that may be unknown: then it is taken that the operation can run. */
export function attempt(set: SemaphoreSet, operations: readonly Operation[]): Attempt {
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

export function wordsOf(tried: Attempt): string {
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

export function performed(
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
export function endOf(before: SemaphoreSet, process: number, pid: number | undefined): SemaphoreSet {
  const adjusted = before.undo.get(process) ?? []
  const set = changedBy(before, new Set(adjusted.flatMap((each, sem) => (each ? [sem] : []))), pid)
  const adjustments = set.undo.get(process)
  if (adjustments === undefined) return set
  const undo = new Map(set.undo)
  undo.delete(process)
  const values = set.values?.map((value, sem) =>
    value === undefined ? value : Math.min(Math.max(value + (adjustments[sem] ?? 0), 0), SEMVMX),
  )
  return { ...set, values, undo }
}

export const forgotten = (set: SemaphoreSet): SemaphoreSet => ({
  ...set,
  values: set.values?.map(() => undefined),
  pids: undefined,
  removed: set.removed === true ? true : undefined,
})
