import { atLeast, type Expected } from '../expected.ts'
import type { SemopCall } from './state.ts'

/** semtimedop reports how long it took, at least so many microseconds; semop reports nothing. */
export const elapsed = (call: SemopCall, least: number): Readonly<Record<string, Expected>> | null =>
  call.name === 'semtimedop' ? { elapsed: atLeast(least) } : null
