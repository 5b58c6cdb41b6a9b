import { type Call, formOf } from '../../model/vocabulary/forms.ts'

/** SIGUSR1 and SIGUSR2: signals that tests have handlers for. */
const handled: readonly number[] = [10, 12]

const ends: ReadonlySet<string> = new Set(['sigaction', '_exit', 'wait', 'waitpid', 'waitid'])

/** Whether actors may make the call while others make theirs: births and stops of processes are not followed yet, nor ends but by `_exit`. */
export function canOverlap(call: Call): boolean {
  const { reach, pseudo, makes } = formOf(call.name)
  if (pseudo === true || makes === 'process' || makes === 'thread') return false
  if (reach !== 'processes' || ends.has(call.name)) return true
  return call.name === 'kill' && handled.includes(call.signal)
}
