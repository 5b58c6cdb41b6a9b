import * as names from '../../../model/vocabulary/names.ts'

/**
 * The number that strace's text stands for: digits, names of flags, both joined by `|`, with or without a comment
 * behind it. Undefined where a name is not known: nothing is guessed.
 */
export function numberOf(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined
  const known = remembered.get(text)
  if (known !== undefined) return known
  const plain = text.replace(/\/\*.*?\*\//g, '').trim()
  let sum = 0
  for (const part of plain.split('|')) {
    const value = termOf(part.trim())
    if (value === undefined) return undefined
    sum = part === plain ? value : Number(BigInt(sum) | BigInt(value))
  }
  if (remembered.size < REMEMBERED_MAX) remembered.set(text, sum)
  return sum
}

/** Whether an argument is the null pointer; `-e raw=` writes it as a number. */
export const isNull = (text: string | undefined): boolean => text === 'NULL' || text === '0' || text === '0x0'

/** An argument of the C type int, as strace writes it in hexadecimal or as an unsigned number. */
export function intOf(text: string | undefined): number | undefined {
  const value = numberOf(text)
  return value === undefined || !Number.isSafeInteger(value)
    ? value
    : Number(BigInt.asIntN(32, BigInt(value)))
}

const remembered = new Map<string, number>()
const REMEMBERED_MAX = 10_000

function termOf(term: string): number | undefined {
  const shifted = term.indexOf('<<')
  if (shifted > 0) {
    const [base, by] = [termOf(term.slice(0, shifted)), termOf(term.slice(shifted + 2))]
    return base === undefined || by === undefined ? undefined : base * 2 ** by
  }
  if (/^-?(0x[0-9a-f]+|\d+)(<.*>)?$/i.test(term)) return digits(term.replace(/<.*>$/, ''))
  return constants.get(term)
}

function digits(term: string): number {
  if (/^-?0[0-7]+$/.test(term)) return Number.parseInt(term, 8)
  return term.startsWith('-') ? -Number(term.slice(1)) : Number(term)
}

/** What the model has no use for, and traces name. */
const others: Readonly<Record<string, number>> = {
  NULL: 0,
  IPC_PRIVATE: 0,
  IPC_RMID: 0,
  IPC_SET: 1,
  IPC_STAT: 2,
  IPC_INFO: 3,
  IPC_64: 0x100,
  GETPID: 11,
  GETVAL: 12,
  GETALL: 13,
  GETNCNT: 14,
  GETZCNT: 15,
  SETVAL: 16,
  SETALL: 17,
  SEM_STAT: 18,
  SEM_INFO: 19,
  SEM_STAT_ANY: 20,
  MSG_STAT: 11,
  MSG_INFO: 12,
  MSG_STAT_ANY: 13,
  SHM_LOCK: 11,
  SHM_UNLOCK: 12,
  SHM_STAT: 13,
  SHM_INFO: 14,
  SHM_STAT_ANY: 15,
  SHM_DEST: 0o1000,
  SHM_LOCKED: 0o2000,
  SHM_HUGE_SHIFT: 26,
  WSTOPPED: 2,
  __WNOTHREAD: names.WNOTHREAD,
  __WALL: names.WALL,
  __WCLONE: 0x80000000,
  SIG_BLOCK: 0,
  SIG_UNBLOCK: 1,
  SIG_SETMASK: 2,
  CLD_EXITED: 1,
  CLD_KILLED: 2,
  CLD_DUMPED: 3,
  CLD_TRAPPED: 4,
  CLD_STOPPED: 5,
  CLD_CONTINUED: 6,
  SI_USER: 0,
  SI_KERNEL: 0x80,
  SI_QUEUE: -1,
  SI_TIMER: -2,
  SI_TKILL: -6,
  SA_NOCLDSTOP: 1,
  SA_NOCLDWAIT: 2,
  SA_SIGINFO: 4,
  SA_UNSUPPORTED: 0x400,
  SA_EXPOSE_TAGBITS: 0x800,
  SA_RESTORER: 0x04000000,
  SA_ONSTACK: 0x08000000,
  SA_RESTART: 0x10000000,
  SA_NODEFER: 0x40000000,
  SA_RESETHAND: 0x80000000,
  CLONE_VM: 0x100,
  CLONE_FS: 0x200,
  CLONE_FILES: 0x400,
  CLONE_SIGHAND: 0x800,
  CLONE_PIDFD: 0x1000,
  CLONE_PTRACE: 0x2000,
  CLONE_VFORK: 0x4000,
  CLONE_PARENT: 0x8000,
  CLONE_THREAD: 0x10000,
  CLONE_NEWNS: 0x20000,
  CLONE_SYSVSEM: 0x40000,
  CLONE_SETTLS: 0x80000,
  CLONE_PARENT_SETTID: 0x100000,
  CLONE_CHILD_CLEARTID: 0x200000,
  CLONE_DETACHED: 0x400000,
  CLONE_UNTRACED: 0x800000,
  CLONE_CHILD_SETTID: 0x1000000,
  CLONE_NEWCGROUP: 0x2000000,
  CLONE_NEWUTS: 0x4000000,
  CLONE_NEWIPC: 0x8000000,
  CLONE_NEWUSER: 0x10000000,
  CLONE_NEWPID: 0x20000000,
  CLONE_NEWNET: 0x40000000,
  CLONE_IO: 0x80000000,
  CLONE_CLEAR_SIGHAND: 0x100000000,
  CLONE_INTO_CGROUP: 0x200000000,
  SIG_DFL: 0,
  SIG_IGN: 1,
  PR_SET_CHILD_SUBREAPER: 36,
}

const constants = new Map<string, number>([
  ...Object.entries(names).flatMap(([name, value]) =>
    typeof value === 'number' ? [[name, value] as [string, number]] : [],
  ),
  ...Object.entries(others),
])
constants.delete('POISON')
