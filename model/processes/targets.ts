import { INT_MIN } from '../vocabulary/names.ts'
import type { ProcessArgument } from '../vocabulary/shape.ts'

/** What a pid argument names; '' is a number that no process and no group of the run has. */
export type Target =
  | { readonly is: 'process'; readonly name: string }
  | { readonly is: 'group'; readonly name: string }
  /** 0: the caller, or its group. */
  | { readonly is: 'zero' }
  /** -1. */
  | { readonly is: 'all' }
  | { readonly is: 'intMin' }

/** Literal pids other than 0 and -1 are taken to be nobody's. */
export function targetOf(argument: ProcessArgument): Target {
  if (typeof argument === 'string')
    return argument.startsWith('-')
      ? { is: 'group', name: argument.slice(1) }
      : { is: 'process', name: argument }
  if (argument === 0) return { is: 'zero' }
  if (argument === -1) return { is: 'all' }
  if (argument === INT_MIN) return { is: 'intMin' }
  return { is: isNegative(argument) ? 'group' : 'process', name: '' }
}

/** A pid argument below 0. */
export const isNegative = (argument: ProcessArgument): boolean =>
  typeof argument === 'number' ? argument < 0 : argument.startsWith('-')
