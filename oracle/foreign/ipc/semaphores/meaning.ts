import { SEM_UNDO } from '../../../../model/vocabulary/names.ts'
import { elementsOf, fieldsOf } from '../../strace/arguments.ts'
import { intOf, isNull, numberOf } from '../../strace/numbers.ts'
import { commandOf } from '../command.ts'
import type { Act } from '../conduct.ts'

export interface Operation {
  readonly sem: number
  readonly change: number
  readonly flags: number
}

/** What the arguments of a call on a set say; undefined: what the trace does not tell. */
export type Meaning =
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
  /** `isShared`: another process may have the same undo entries, and keep them. */
  | { readonly is: 'end'; readonly isShared: boolean }

const BAD_TIMEOUT = -1

export const isBadTimeout = (timeout: number | null | undefined) => timeout === BAD_TIMEOUT

/** Whether the call may leave an undo entry. */
export const mayUndo = (act: Act): boolean => {
  const meaning = meaningOf(act)
  return (
    meaning.is === 'array' &&
    (meaning.operations === undefined || meaning.operations.some(({ flags }) => (flags & SEM_UNDO) !== 0))
  )
}

export function meaningOf(act: Act): Meaning {
  const known = act.meaning as Meaning | undefined
  if (known !== undefined) return known
  const meaning = understand(act)
  // What the kernel fills in is there only once the call has returned.
  if (act.result !== undefined || meaning.is !== 'control') act.meaning = meaning
  return meaning
}

function understand({ is, call }: Act): Meaning {
  if (is === 'end') return { is: 'end', isShared: false }
  const { name, args } = call
  if (name === 'semctl') {
    const list = elementsOf(args[3])?.map((word) => numberOf(word))
    return {
      is: 'control',
      command: commandOf(args[2]),
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

function timeoutOf(text: string | undefined): number | null | undefined {
  if (isNull(text)) return null
  const fields = fieldsOf(text)
  const [seconds, nanoseconds] = [numberOf(fields.tv_sec), numberOf(fields.tv_nsec)]
  if (seconds === undefined || nanoseconds === undefined) return undefined
  return seconds < 0 || nanoseconds < 0 || nanoseconds > 999_999_999
    ? BAD_TIMEOUT
    : seconds + nanoseconds / 1e9
}
