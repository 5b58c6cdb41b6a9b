import type { ForeignCall } from '../event.ts'
import { intOf, numberOf } from '../strace/numbers.ts'
import { SIGCHLD, signalOf } from '../strace/signals.ts'
import type { Thread } from './process.ts'

export const CLONE_VM = 0x100
export const CLONE_SIGHAND = 0x800
export const CLONE_PARENT = 0x8000
export const CLONE_THREAD = 0x10000
export const CLONE_SYSVSEM = 0x40000
export const CLONE_NEWIPC = 0x8000000
export const CLONE_NEWUSER = 0x10000000
export const CLONE_NEWPID = 0x20000000
export const CLONE_CLEAR_SIGHAND = 2 ** 32

/** A call under way that makes a process or a thread. */
export interface Birth {
  readonly call: ForeignCall
  readonly by: Thread
  readonly flags: number
  readonly exitSignal: number | undefined
  /** Who appeared meanwhile and was taken for the one that it makes. */
  child: number | undefined
}

export const has = (flags: number, bit: number) => Math.floor(flags / bit) % 2 === 1

/** The flags of fork, vfork, clone and clone3, and the signal that the end of the child sends. */
export function birthFlags(call: ForeignCall): { flags: number; exitSignal: number | undefined } {
  if (call.name === 'fork') return { flags: 0, exitSignal: SIGCHLD }
  if (call.name === 'vfork') return { flags: CLONE_VM, exitSignal: SIGCHLD }
  const words = call.args.map((arg) => arg.replace(/^\{/, '')).join(', ')
  const text = /\bflags=([^,}]*)/.exec(words)?.[1] ?? call.args[0] ?? ''
  const signals: number[] = []
  const flags: string[] = []
  for (const part of text.replace(/\/\*.*?\*\//g, '').split('|')) {
    const signal = part.trim().startsWith('SIG') ? signalOf(part.trim()) : undefined
    if (signal !== undefined) signals.push(signal)
    else flags.push(part.trim())
  }
  const bits = numberOf(flags.filter((flag) => flag !== '').join('|') || '0') ?? 0
  const named = /\bexit_signal=([^,}]*)/.exec(words)?.[1]
  const low = bits % 256
  const exitSignal =
    signals[0] ??
    (named === undefined ? (low === 0 ? 0 : low) : (signalOf(named) ?? intOf(named) ?? undefined))
  return { flags: bits - low, exitSignal }
}
