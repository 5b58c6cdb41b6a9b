import { type Call, formOf } from '../model/vocabulary/forms.ts'
import { errnos } from '../model/vocabulary/names.ts'
import type { OutData } from './trace/trace.ts'

/** Words in rule ids that say which part of an object a rule is about; with `$` the id ends so. The likeliest first. */
const words: Readonly<Record<string, readonly string[]>> = {
  otime: ['otime', 'semget.init$'],
  ctime: ['ctime', 'set.updates'],
  stime: ['stime'],
  lspid: ['stime', 'lspid'],
  rtime: ['rtime'],
  lrpid: ['thread-id', 'rtime', 'lrpid'],
  atime: ['atime', 'mem.m', 'shmat.success', 'fork.attachments'],
  dtime: ['dtime', 'mem.m', 'shmdt.success', 'attachments.dropped'],
  lpid: ['lpid', 'mem.m', 'updates', 'attachments'],
  nattch: ['nattch', 'thread', 'mem.m', 'updates', 'attachments'],
  pid: ['dead-pid', 'pid'],
  count: ['cnt.', 'getncnt', 'getzcnt'],
  mode: ['mode', 'umask', 'flag', 'lock', 'rmid', 'fields'],
  cbytes: ['cbytes', 'msgsnd.ok', 'msgrcv.ok'],
  qnum: ['msgsnd.ok', 'msgrcv.ok'],
  key: ['key', 'private', 'get.creat'],
  uid: ['fields', 'euid', 'uid', 'give'],
  gid: ['fields', 'euid', 'uid', 'give'],
  cuid: ['fields', 'euid'],
  cgid: ['fields', 'euid'],
  values: [],
  least: ['usage'],
  most: ['usage'],
  leastMemory: ['maxrss', 'usage'],
  mostMemory: ['maxrss', 'usage'],
  signal: ['sigchld.end.sent', '.sent', 'handler-runs'],
}
const isIn = (rule: string, word: string) =>
  word.endsWith('$') ? rule.endsWith(word.slice(0, -1)) : rule.includes(word)

const partial = ['otime', 'ctime', 'stime', 'rtime', 'atime', 'dtime', 'pid', 'cnt.', 'euid', 'mode-stored']

/** Whether what a call returns, or whether it does, can show that the rule is broken; otherwise only a look can. */
export const isVisible = (rule: string): boolean =>
  !/^cnt\.|[.-](otime|ctime|stime|rtime|atime|dtime|sempid|lpid|lspid|lrpid|all-or-nothing|transactional)\b/.test(
    rule,
  )

/** Whether the rule is about what a call returns, so that the call itself would have shown that it is broken. */
export const isAnswer = (rule: string): boolean => {
  const last = rule.split('.').at(-1) ?? ''
  return answers.has(last) || last.toUpperCase() in errnos
}

const answers = new Set(['return', 'nonnegative', 'array-not-modified'])

/** The parts of an object that an observing call showed to be wrong: `differing` are the names of its outputs. */
export function aspectsOfCall(call: Call, differing: readonly string[]): readonly string[] {
  if (call.name === 'semctl.GETPID') return ['pid']
  if (call.name === 'semctl.GETNCNT' || call.name === 'semctl.GETZCNT') return ['count']
  return call.name === 'caught' ? ['signal'] : differing
}

/** The rules about these aspects first, those about other aspects last, otherwise as they were. */
export function byAspect(rules: readonly string[], aspects: readonly string[]): readonly string[] {
  const wanted = aspects.flatMap((aspect) => words[aspect] ?? [aspect])
  const rank = (rule: string) => {
    const at = wanted.findIndex((word) => isIn(rule, word))
    if (at >= 0) return at
    return wanted.length + (partial.some((word) => rule.includes(word)) ? 1 : 0)
  }
  return [...rules].sort((a, b) => rank(a) - rank(b))
}

/** The names of the outputs that differ, by `isSame`. */
export const differingOutputs = (
  call: Call,
  out: OutData,
  isSame: (name: string, at: number) => boolean,
): readonly string[] =>
  out === null
    ? []
    : formOf(call.name)
        .outputs.map(({ name }) => name)
        .filter((name, at) => !isSame(name, at))
