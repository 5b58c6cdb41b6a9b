import type { Call } from '../model/vocabulary/forms.ts'
import { formOf } from '../model/vocabulary/forms.ts'
import type { OutData } from './trace/trace.ts'

/** Words in rule ids that say which part of an object a rule is about. */
const words: Readonly<Record<string, readonly string[]>> = {
  otime: ['otime'],
  ctime: ['ctime', 'set.updates'],
  stime: ['stime'],
  lspid: ['stime', 'lspid'],
  rtime: ['rtime'],
  lrpid: ['rtime', 'lrpid'],
  atime: ['atime', 'shmat.success', 'fork.attachments'],
  dtime: ['dtime', 'shmdt.success', 'attachments.dropped'],
  lpid: ['lpid', 'updates', 'attachments'],
  nattch: ['nattch', 'updates', 'attachments'],
  pid: ['pid'],
  count: ['cnt.', 'getncnt', 'getzcnt'],
  mode: ['mode', 'fields', 'lock', 'rmid'],
  key: ['key', 'private'],
  uid: ['uid', 'euid', 'fields', 'give'],
  gid: ['uid', 'euid', 'fields', 'give'],
  cuid: ['euid', 'fields'],
  cgid: ['euid', 'fields'],
}
const partial = ['otime', 'ctime', 'stime', 'rtime', 'atime', 'dtime', 'pid', 'cnt.', 'euid', 'mode-stored']

/** The parts of an object that an observing call showed to be wrong: `differing` are the names of its outputs. */
export function aspectsOfCall(call: Call, differing: readonly string[]): readonly string[] {
  if (call.name === 'semctl.GETPID') return ['pid']
  if (call.name === 'semctl.GETNCNT' || call.name === 'semctl.GETZCNT') return ['count']
  return differing
}

/** The rules about these aspects first, those about other aspects last, otherwise as they were. */
export function byAspect(rules: readonly string[], aspects: readonly string[]): readonly string[] {
  const wanted = aspects.flatMap((aspect) => words[aspect] ?? [])
  const rank = (rule: string) =>
    wanted.some((word) => rule.includes(word)) ? 0 : partial.some((word) => rule.includes(word)) ? 2 : 1
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
