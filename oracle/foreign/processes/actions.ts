import type { ForeignCall, ForeignResult } from '../event.ts'
import { fieldsOf } from '../strace/arguments.ts'
import { isNull, numberOf } from '../strace/numbers.ts'
import { bitOf, NEVER_BLOCKED, SIGKILL, SIGSTOP, signalOf, signalSetOf } from '../strace/signals.ts'
import { deviates, deviatesAs, judged, type Opinion, open } from '../verdict.ts'
import { type Action, actionOf, type Process, type Thread, VAGUE } from './process.ts'

/** Flags that the kernel keeps; the others are cleared by some versions. */
const KEPT = 0xdc000007

/** `{sa_handler=SIG_IGN, sa_mask=[], sa_flags=0}`; undefined where the trace does not tell all of it. */
function actionText(text: string | undefined): Action | undefined {
  const fields = fieldsOf(text)
  const handler = fields.sa_handler ?? fields.sa_sigaction
  const mask = signalSetOf(fields.sa_mask)
  const flags = numberOf(fields.sa_flags)
  if (handler === undefined || mask === undefined || flags === undefined) return undefined
  const plain = handler.replace(/\s*\/\*.*\*\//, '')
  const kind =
    plain === 'SIG_DFL' || Number(plain) === 0
      ? 'default'
      : plain === 'SIG_IGN' || Number(plain) === 1
        ? 'ignored'
        : 'handler'
  const kept = Number(BigInt(flags) & BigInt(KEPT))
  return {
    handler: kind,
    key: `${kind === 'handler' ? plain : kind} ${mask & ~NEVER_BLOCKED} ${kept}`,
    flags: kept,
  }
}

/** How often the actions of the process had changed when the call was entered. */
export interface ActionCall {
  readonly changes: number
  readonly alone: boolean
}

export function enterAction({ process }: Thread, call: ForeignCall): ActionCall {
  const changes = !isNull(call.args[1])
  const alone = process.changingActions === 0
  if (changes) process.changingActions++
  return { changes: process.actionChanges, alone }
}

export function judgeAction(
  thread: Thread,
  entered: ActionCall,
  call: ForeignCall,
  result: ForeignResult,
): Opinion {
  const { process } = thread
  const [signalText, text, old] = call.args
  const changes = !isNull(text)
  const isAlone = entered.alone && process.actionChanges === entered.changes
  if (changes) process.changingActions--
  const signal = signalOf(signalText)
  if (signal === undefined) return open('arguments that are not understood')
  if (result.value === null) return open('a signal ended the call')
  const isBad = signal < 1 || signal > 64 || (changes && (signal === SIGKILL || signal === SIGSTOP))
  if (result.errno === 'EINVAL') return isBad ? judged : deviates('sigaction.einval', '0')
  if (result.errno !== '') return open('an error that depends on more than the trace tells')
  if (isBad) return deviates('sigaction.einval', '-1 EINVAL')
  const known = actionOf(process, signal)
  const told = old === undefined || isNull(old) ? undefined : actionText(old)
  const next = changes ? actionText(text) : told
  if (changes) process.actionChanges++
  if (next !== undefined || changes) {
    const actions = new Map(process.actions)
    if (next !== undefined) actions.set(signal, next)
    else {
      actions.delete(signal)
      process.inherited = undefined
    }
    if (!sameAction(process.actions.get(signal), next)) process.actions = actions
  }
  if (told === undefined) return judged
  if (known === undefined && (process.inherited === undefined || !isAlone))
    return open('the action was not known yet')
  if (process.isVague) return open(VAGUE)
  if (!isAlone || process.changingActions > 0) return open('other threads set actions as well')
  if (known === undefined) {
    if (told.key !== DEFAULT.key && told.key !== IGNORED.key)
      return deviatesAs(
        `old action ${told.key}`,
        'exec.signals.caught-reset',
        `old action ${DEFAULT.key} or ${IGNORED.key}`,
      )
    process.inherited?.set(signal, told)
    return judged
  }
  return known.key === told.key
    ? judged
    : deviatesAs(`old action ${told.key}`, 'sigaction.sets', `old action ${known.key}`)
}

const sameAction = (a: Action | undefined, b: Action | undefined) =>
  a !== undefined && b !== undefined && a.key === b.key

/** rt_sigprocmask: the old mask that it tells, and the new one. */
export function judgeMask(thread: Thread, call: ForeignCall, result: ForeignResult): Opinion {
  const [how, text, old] = call.args
  if (result.errno === 'EINVAL') {
    const known = [0, 1, 2].includes(numberOf(how) ?? -1) && ['8', '0x8'].includes(call.args[3] ?? '')
    return known ? deviates('sigprocmask.changes', '0') : judged
  }
  if (result.errno !== '' || result.value === null) {
    thread.mask = undefined
    return open('an error that depends on more than the trace tells')
  }
  const known = thread.mask
  const told = old === undefined || isNull(old) ? undefined : signalSetOf(old)
  const before = told ?? known
  if (isNull(text)) thread.mask = before
  else {
    const set = signalSetOf(text)
    thread.mask = set === undefined ? undefined : maskAfter(numberOf(how), before, set)
  }
  if (told === undefined) return judged
  if (known === undefined) return open('the mask was not known yet')
  return known === told
    ? judged
    : deviatesAs(`old mask ${old}`, 'sigprocmask.changes', `old mask ${maskWords(known)}`)
}

function maskAfter(how: number | undefined, before: bigint | undefined, set: bigint): bigint | undefined {
  const able = set & ~NEVER_BLOCKED
  if (how === 2) return able
  if (before === undefined) return undefined
  return how === 0 ? before | able : how === 1 ? before & ~able : undefined
}

function maskWords(mask: bigint): string {
  const signals: number[] = []
  for (let signal = 1; signal <= 64; signal++) if ((mask & bitOf(signal)) !== 0n) signals.push(signal)
  return `of signals ${signals.join(' ') || 'none'}`
}

/** A handler runs now: what is blocked meanwhile depends on what the signal interrupted. */
export function handlerBegins(thread: Thread): void {
  thread.handled = true
  thread.mask = undefined
}

/** `rt_sigreturn({mask=[]})`: the mask that holds from here on. */
export function handlerEnds(thread: Thread, call: ForeignCall): void {
  const mask = signalSetOf(fieldsOf(call.args[0]).mask)
  thread.mask = mask === undefined ? undefined : mask & ~NEVER_BLOCKED
}

/** What a new program keeps of the actions: what is ignored. */
export function actionsOfProgram(process: Process): void {
  const kept = [...process.actions].filter(([, { handler }]) => handler === 'ignored')
  process.actions = new Map(kept.map(([signal]) => [signal, IGNORED]))
  process.inherited ??= new Map()
  process.actionChanges++
}

/** What a new program finds: no flags, and nothing more is blocked (Linux kernel/signal.c, flush_signal_handlers). */
const DEFAULT: Action = { handler: 'default', key: 'default 0 0', flags: 0 }
const IGNORED: Action = { handler: 'ignored', key: 'ignored 0 0', flags: 0 }
