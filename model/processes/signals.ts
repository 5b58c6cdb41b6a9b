import { signals } from '../vocabulary/names.ts'
import type { Action } from './state.ts'

export const { SIGHUP, SIGKILL, SIGCHLD, SIGCONT, SIGSTOP } = signals

/** Numbers that signals have: 1 to this (with the realtime signals). */
export const SIGNALS_MAX = 64

export type DefaultAction = 'terminate' | 'core' | 'stop' | 'ignore'

/** SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGXCPU, SIGXFSZ, SIGSYS. */
const CORE: readonly number[] = [3, 4, 5, 6, 7, 8, 11, 24, 25, 31]
const STOP: readonly number[] = [SIGSTOP, signals.SIGTSTP, signals.SIGTTIN, signals.SIGTTOU]
const IGNORE: readonly number[] = [SIGCHLD, SIGCONT, signals.SIGURG, signals.SIGWINCH]

/** What Linux takes before others, whatever their numbers: SIGILL, SIGTRAP, SIGBUS, SIGFPE, SIGSEGV, SIGSYS. */
const SYNCHRONOUS: readonly number[] = [4, 5, 7, 8, 11, 31]

export const isSignal = (signal: number): boolean => signal >= 1 && signal <= SIGNALS_MAX

/** As the kernel numbers them; the C library keeps the first few for itself. */
export const isRealtime = (signal: number): boolean => signal >= 32 && signal <= SIGNALS_MAX

export const isStopSignal = (signal: number): boolean => STOP.includes(signal)

/** Cannot be caught, blocked or ignored. */
export const isUncatchable = (signal: number): boolean => signal === SIGKILL || signal === SIGSTOP

/** SIGCONT is among those to ignore: it continues a process when it is sent, whatever its action. */
export function defaultActionOf(signal: number): DefaultAction {
  if (STOP.includes(signal)) return 'stop'
  if (IGNORE.includes(signal)) return 'ignore'
  return CORE.includes(signal) ? 'core' : 'terminate'
}

/** Whether the action is to ignore the signal, because it was set so or because that is its default. */
export const ignores = ({ disposition }: Action, signal: number): boolean =>
  disposition === 'ignore' || (disposition === 'default' && defaultActionOf(signal) === 'ignore')

export const isFatal = ({ disposition }: Action, signal: number): boolean =>
  disposition === 'default' && ['terminate', 'core'].includes(defaultActionOf(signal))

/** Pending signals in the order in which Linux takes them (kernel/signal.c, next_signal). */
export const inOrder = (pending: readonly number[]): readonly number[] =>
  [...pending].sort((a, b) => orderOf(a) - orderOf(b))

const orderOf = (signal: number) =>
  signal === SIGKILL ? -SIGNALS_MAX : SYNCHRONOUS.includes(signal) ? signal - SIGNALS_MAX / 2 : signal
