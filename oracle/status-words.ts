import type { Call } from '../model/vocabulary/forms.ts'
import { signalName } from '../model/vocabulary/names.ts'

/** A wait status, a siginfo code or a siginfo status in words; undefined if the field is something else. */
export function statusWords(
  field: string,
  value: number,
  out: Readonly<Record<string, unknown>>,
  call: Call | undefined,
): string | undefined {
  const name = call?.name
  if (name === 'wait' || name === 'waitpid' || name === 'wait4')
    return field === 'status' ? waitStatusWords(value) : undefined
  if (name !== 'waitid' && name !== 'caught') return undefined
  if (field === 'signo') return value === 0 ? '0' : signalName(value)
  if (field === 'code') return childCodes[value] ?? userCodes[value] ?? String(value)
  if (field !== 'status') return undefined
  return value !== 0 && isSignalCode(out.code) ? signalName(value) : String(value)
}

/** `exited 3`, `killed by SIGKILL`, `stopped by SIGSTOP`, `continued`: the status word of wait(2). */
export function waitStatusWords(status: number): string {
  const low = status & 0x7f
  const high = (status >> 8) & 0xff
  if (status === 0xffff) return 'continued'
  if (status >>> 16 !== 0) return `status 0x${(status >>> 0).toString(16)}`
  if ((status & 0xff) === 0x7f) return `stopped by ${signalName(high)}`
  if (low === 0) return `exited ${high}`
  return `killed by ${signalName(low)}${(status & 0x80) === 0 ? '' : ' with a core dump'}`
}

const childCodes: Readonly<Record<number, string>> = {
  1: 'CLD_EXITED',
  2: 'CLD_KILLED',
  3: 'CLD_DUMPED',
  4: 'CLD_TRAPPED',
  5: 'CLD_STOPPED',
  6: 'CLD_CONTINUED',
}

const userCodes: Readonly<Record<number, string>> = { 0: '0', [-6]: 'SI_TKILL' }

const isSignalCode = (code: unknown) => typeof code === 'number' && code >= 2 && code <= 6
