import type { Errno } from './vocabulary/names.ts'
import type { Long } from './vocabulary/shape.ts'

/**
 * What the model says about a value that it sees only by name: numbers stand for themselves, kernel-chosen values
 * are symbols that the oracle binds at first sight and then holds to be consistent and fresh.
 */
export type Expected =
  | Long
  | readonly number[]
  | { readonly is: 'id'; readonly of: string }
  /**
   * The identifier that Linux gives to a new object of a kind, where the namespace has no others: by the slots in turn, or
   * as near to the `wish` as can be (-1: none). `passed` objects were made and removed meanwhile, and `of` is '' where
   * the new one is gone as well.
   */
  | {
      readonly is: 'new id'
      readonly of: string
      readonly kind: Kind
      readonly wish: number
      readonly passed: number
    }
  /** The highest slot of the objects: the part of their ids that says where the kernel keeps them. */
  | { readonly is: 'slot'; readonly of: readonly string[] }
  | { readonly is: 'pid'; readonly of: string }
  /** The pid of a new process, which is that of one that is gone. */
  | { readonly is: 'pid again'; readonly of: string; readonly first: string }
  | { readonly is: 'address'; readonly of: string; readonly offset: number }
  | { readonly is: 'descriptor'; readonly of: string }
  /** A number that a library made of something, the same each time: of the same file and project the same key. */
  | { readonly is: 'made'; readonly of: string }
  /** The key n of the run as the caller sees it. */
  | { readonly is: 'key'; readonly of: number }
  /** A stamp of the step with this number: seconds between the clock before and after it. */
  | { readonly is: 'time'; readonly step: number }
  | { readonly is: 'atLeast'; readonly least: Long }
  | { readonly is: 'atMost'; readonly most: Long }
  | { readonly is: 'untouched' }
  | { readonly is: 'anything' }

/** The kinds of objects, as the world calls them. */
export type Kind = 'sets' | 'queues' | 'segments'

/** What a call gives back; out data by the names of the form's outputs, null where nothing may be written. */
export interface Result {
  readonly value: Expected
  readonly errno: Errno | 'none'
  readonly out: Readonly<Record<string, Expected>> | null
}

/** What must be true for the first time when the system is at rest after a step. */
export type ExpectedEvent =
  | { readonly is: 'returned'; readonly actor: string; readonly result: Result }
  | { readonly is: 'faulted'; readonly actor: string; readonly signal: number; readonly code: number }
  | { readonly is: 'ended' | 'stopped' | 'continued'; readonly actor: string }

export const idOf = (of: string): Expected => ({ is: 'id', of })
/** 0 where there is no object. */
export const highestSlot = (of: readonly string[]): Expected => (of.length === 0 ? 0 : { is: 'slot', of })
export const pidOf = (of: string): Expected => (of === '' ? 0 : { is: 'pid', of })
export const keyOf = (of: number): Expected => (of === 0 ? 0 : { is: 'key', of })
/** A stamp: 0 is "never" and reads as 0. */
export const timeOf = (step: number): Expected => (step === 0 ? 0 : { is: 'time', step })
export const untouched: Expected = { is: 'untouched' }
export const anything: Expected = { is: 'anything' }
export const atLeast = (least: Long): Expected => ({ is: 'atLeast', least })
export const atMost = (most: Long): Expected => ({ is: 'atMost', most })
