import { type Call, formOf } from '../../model/vocabulary/forms.ts'

const followed: ReadonlySet<string> = new Set(['sigaction', '_exit', 'wait', 'waitpid', 'waitid'])

/**
 * Whether actors may make the call while others make theirs. Births are not followed yet, nor signals to groups: Linux sends them
 * to one member after the other.
 */
export function canOverlap(call: Call): boolean {
  const { reach, pseudo, makes } = formOf(call.name)
  if (pseudo === true || makes === 'process' || makes === 'thread') return false
  if (reach !== 'processes' || followed.has(call.name)) return true
  return call.name === 'kill' && typeof call.process === 'string' && !call.process.startsWith('-')
}
