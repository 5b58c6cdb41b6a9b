import {
  actionFlags,
  attachFlags,
  capabilities,
  cloneFlags,
  controlBuffers,
  dispositions,
  files,
  getFlags,
  idTypes,
  images,
  kinds,
  locations,
  messageParts,
  pidfdFlags,
  protections,
  receiveFlags,
  resources,
  semctlBuffers,
  sendFlags,
  signals,
  slotForms,
  systemLimits,
  waitidOptions,
  waitOptions,
} from './names.ts'
import type { Argument, ArgumentTypes, Form, Names, Output, OutputKind } from './shape.ts'

/**
 * Every form, in the order that numbers it on the wire. The part of a name before the dot is the C function, the
 * part after it the command (or the variant). Sources of the prototypes: POSIX.1-2024 System Interfaces and the
 * Linux manual pages of section 2.
 */
export const forms = {
  semget: {
    family: 'semaphores',
    arguments: [arg('key', 'key'), arg('nsems', 'int'), arg('flags', 'flags', getFlags, 0o600)],
    makes: 'semaphores',
    reach: 'objects',
    value: 'id',
    outputs: [],
  },
  semop: {
    family: 'semaphores',
    arguments: [arg('set', 'id'), arg('operations', 'operations')],
    reach: 'objects',
    value: 'int',
    outputs: [],
  },
  /** `elapsed`: microseconds of CLOCK_MONOTONIC around the call, for calls that slept. */
  semtimedop: {
    family: 'semaphores',
    arguments: [arg('set', 'id'), arg('operations', 'operations'), arg('timeout', 'timeout')],
    reach: 'objects',
    value: 'int',
    outputs: [out('elapsed', 'long')],
  },
  'semctl.IPC_STAT': {
    family: 'semaphores',
    arguments: [arg('set', 'id'), arg('semnum', 'int', undefined, 0)],
    reach: 'objects',
    value: 'int',
    outputs: semaphoreOutputs(),
  },
  'semctl.IPC_SET': {
    family: 'semaphores',
    arguments: [arg('set', 'id'), arg('uid', 'user'), arg('gid', 'user'), arg('mode', 'int')],
    reach: 'objects',
    value: 'int',
    outputs: [],
  },
  'semctl.IPC_RMID': {
    family: 'semaphores',
    arguments: [arg('set', 'id'), arg('semnum', 'int', undefined, 0)],
    reach: 'objects',
    value: 'int',
    outputs: [],
  },
  'semctl.GETALL': {
    family: 'semaphores',
    arguments: [arg('set', 'id'), arg('semnum', 'int', undefined, 0)],
    reach: 'objects',
    value: 'int',
    outputs: [out('values', 'list')],
  },
  'semctl.SETALL': {
    family: 'semaphores',
    arguments: [arg('set', 'id'), arg('values', 'values'), arg('semnum', 'int', undefined, 0)],
    reach: 'objects',
    value: 'int',
    outputs: [],
  },
  'semctl.GETVAL': perSemaphore('int'),
  'semctl.GETPID': perSemaphore('pid'),
  'semctl.GETNCNT': perSemaphore('int'),
  'semctl.GETZCNT': perSemaphore('int'),
  'semctl.SETVAL': {
    family: 'semaphores',
    arguments: [arg('set', 'id'), arg('semnum', 'int'), arg('value', 'int')],
    reach: 'objects',
    value: 'int',
    outputs: [],
  },
  'semctl.SEM_STAT': bySlot('semaphores', 'set', semaphoreOutputs()),
  'semctl.SEM_STAT_ANY': bySlot('semaphores', 'set', semaphoreOutputs()),
  'semctl.IPC_INFO': aboutAll('semaphores', 'set', semaphoreTotals()),
  'semctl.SEM_INFO': aboutAll('semaphores', 'set', semaphoreTotals()),
  /** A command that does not exist, by number. */
  'semctl.other': otherCommand('semaphores', 'set'),

  msgget: {
    family: 'messages',
    arguments: [arg('key', 'key'), arg('flags', 'flags', getFlags, 0o600)],
    makes: 'queue',
    reach: 'objects',
    value: 'id',
    outputs: [],
  },
  /** The body is `size` bytes: fill, fill + 1, … modulo 256; sizes that cannot exist are passed with no body. */
  msgsnd: {
    family: 'messages',
    arguments: [
      arg('queue', 'id'),
      arg('type', 'long'),
      arg('size', 'long'),
      arg('fill', 'int', undefined, 97),
      arg('flags', 'flags', sendFlags, 0),
    ],
    reach: 'objects',
    value: 'int',
    outputs: [],
  },
  /**
   * `fill`: the first body byte (-1: none); `matched`: for how many of the returned bytes the body goes on as
   * fill, fill + 1, …; `beyond`: how many bytes behind the returned length were written.
   */
  msgrcv: {
    family: 'messages',
    arguments: [
      arg('queue', 'id'),
      arg('size', 'long'),
      arg('type', 'long', undefined, 0),
      arg('flags', 'flags', receiveFlags, 0),
    ],
    reach: 'objects',
    value: 'long',
    outputs: [out('type', 'long'), out('fill', 'int'), out('matched', 'int'), out('beyond', 'int')],
  },
  'msgctl.IPC_STAT': {
    family: 'messages',
    arguments: [arg('queue', 'id')],
    reach: 'objects',
    value: 'int',
    outputs: queueOutputs(),
  },
  'msgctl.IPC_SET': {
    family: 'messages',
    arguments: [
      arg('queue', 'id'),
      arg('uid', 'user'),
      arg('gid', 'user'),
      arg('mode', 'int'),
      arg('qbytes', 'long'),
    ],
    reach: 'objects',
    value: 'int',
    outputs: [],
  },
  'msgctl.IPC_RMID': onObject('messages', 'queue'),
  'msgctl.MSG_STAT': bySlot('messages', 'queue', queueOutputs()),
  'msgctl.MSG_STAT_ANY': bySlot('messages', 'queue', queueOutputs()),
  'msgctl.IPC_INFO': aboutAll('messages', 'queue', queueTotals()),
  'msgctl.MSG_INFO': aboutAll('messages', 'queue', queueTotals()),
  'msgctl.other': otherCommand('messages', 'queue'),

  shmget: {
    family: 'shared-memory',
    arguments: [arg('key', 'key'), arg('size', 'long'), arg('flags', 'flags', getFlags, 0o600)],
    makes: 'segment',
    reach: 'objects',
    value: 'id',
    outputs: [],
  },
  shmat: {
    family: 'shared-memory',
    arguments: [
      arg('segment', 'id'),
      arg('address', 'address', undefined, { base: 'null', offset: 0 }),
      arg('flags', 'flags', attachFlags, 0),
    ],
    makes: 'attachment',
    reach: 'caller',
    value: 'address',
    outputs: [],
  },
  shmdt: {
    family: 'shared-memory',
    arguments: [arg('address', 'address')],
    reach: 'caller',
    value: 'int',
    outputs: [],
  },
  /** Reads one byte; the result is the byte, or the fault that the access raised. */
  load: {
    family: 'shared-memory',
    arguments: [arg('address', 'address')],
    reach: 'caller',
    value: 'int',
    outputs: [],
  },
  /** Writes one byte; the result is 0, or the fault that the access raised. */
  store: {
    family: 'shared-memory',
    arguments: [arg('address', 'address'), arg('byte', 'int')],
    reach: 'caller',
    value: 'int',
    outputs: [],
  },
  'shmctl.IPC_STAT': {
    family: 'shared-memory',
    arguments: [arg('segment', 'id')],
    reach: 'objects',
    value: 'int',
    outputs: segmentOutputs(),
  },
  'shmctl.IPC_SET': {
    family: 'shared-memory',
    arguments: [arg('segment', 'id'), arg('uid', 'user'), arg('gid', 'user'), arg('mode', 'int')],
    reach: 'objects',
    value: 'int',
    outputs: [],
  },
  'shmctl.IPC_RMID': onObject('shared-memory', 'segment'),
  'shmctl.SHM_LOCK': onObject('shared-memory', 'segment'),
  'shmctl.SHM_UNLOCK': onObject('shared-memory', 'segment'),
  'shmctl.SHM_STAT': bySlot('shared-memory', 'segment', segmentOutputs()),
  'shmctl.SHM_STAT_ANY': bySlot('shared-memory', 'segment', segmentOutputs()),
  'shmctl.IPC_INFO': aboutAll('shared-memory', 'segment', [
    out('shmmax', 'long'),
    out('shmmin', 'long'),
    out('shmmni', 'long'),
    out('shmseg', 'long'),
    out('shmall', 'long'),
  ]),
  /** Pages: all, those in memory, those swapped out. */
  'shmctl.SHM_INFO': aboutAll('shared-memory', 'segment', [
    out('used_ids', 'int'),
    out('shm_tot', 'long'),
    out('shm_rss', 'long'),
    out('shm_swp', 'long'),
  ]),
  'shmctl.other': otherCommand('shared-memory', 'segment'),

  fork: {
    family: 'processes',
    arguments: [],
    makes: 'process',
    reach: 'processes',
    value: 'pid',
    outputs: [],
  },
  /** Runs the probe's own image anew in the same process (`self`), or fails on a missing file or a directory. */
  exec: {
    family: 'processes',
    arguments: [arg('image', 'int', images, 0)],
    reach: 'processes',
    value: 'int',
    outputs: [],
  },
  _exit: {
    family: 'processes',
    arguments: [arg('status', 'int')],
    reach: 'processes',
    value: 'int',
    outputs: [],
  },
  kill: {
    family: 'processes',
    arguments: [arg('process', 'process'), arg('signal', 'signal')],
    reach: 'processes',
    value: 'int',
    outputs: [],
  },
  wait: waiting([arg('location', 'int', locations, 0)], [out('status', 'int')]),
  waitpid: waiting(
    [
      arg('process', 'process'),
      arg('options', 'flags', waitOptions, 0),
      arg('location', 'int', locations, 0),
    ],
    [out('status', 'int')],
  ),
  /** `usage`: 1 if the rusage structure was written, 0 if every byte of it was left alone. */
  wait4: waiting(
    [
      arg('process', 'process'),
      arg('options', 'flags', waitOptions, 0),
      arg('location', 'int', locations, 0),
    ],
    [out('status', 'int'), out('usage', 'int')],
  ),
  waitid: {
    family: 'processes',
    arguments: [
      arg('idtype', 'int', idTypes),
      arg('id', 'process'),
      arg('options', 'flags', waitidOptions),
      arg('location', 'int', locations, 0),
    ],
    reach: 'processes',
    value: 'int',
    outputs: [
      out('signo', 'int'),
      out('errno', 'int'),
      out('code', 'int'),
      out('status', 'int'),
      out('pid', 'pid'),
      out('uid', 'user'),
    ],
  },
  setpgid: {
    family: 'processes',
    arguments: [arg('process', 'process'), arg('group', 'process')],
    reach: 'processes',
    value: 'int',
    outputs: [],
  },
  getpgid: {
    family: 'processes',
    arguments: [arg('process', 'process', undefined, 0)],
    reach: 'caller',
    value: 'pid',
    outputs: [],
  },
  getppid: { family: 'processes', arguments: [], reach: 'caller', value: 'pid', outputs: [] },
  setsid: { family: 'processes', arguments: [], reach: 'processes', value: 'pid', outputs: [] },
  sigaction: {
    family: 'processes',
    arguments: [
      arg('signal', 'signal'),
      arg('disposition', 'int', dispositions),
      arg('flags', 'flags', actionFlags, 0),
    ],
    reach: 'processes',
    value: 'int',
    outputs: [],
  },
  'sigprocmask.SIG_BLOCK': onSignal('processes'),
  'sigprocmask.SIG_UNBLOCK': onSignal('processes'),
  /** 1 if the signal is pending for the caller, else 0. */
  sigpending: onSignal('caller'),
  /**
   * How often the caller's handler ran for the signal since the last question, and the siginfo of its last run
   * (zero where it did not run). No system call: the actor's own memory.
   */
  caught: {
    family: 'processes',
    arguments: [arg('signal', 'signal')],
    reach: 'caller',
    value: 'int',
    outputs: [out('code', 'int'), out('status', 'int'), out('pid', 'pid'), out('uid', 'user')],
  },
  'prctl.PR_SET_CHILD_SUBREAPER': {
    family: 'processes',
    arguments: [arg('on', 'int')],
    reach: 'processes',
    value: 'int',
    outputs: [],
  },
  pidfd_open: {
    family: 'processes',
    arguments: [arg('process', 'process'), arg('flags', 'flags', pidfdFlags, 0)],
    makes: 'pidfd',
    reach: 'caller',
    value: 'int',
    outputs: [],
  },

  /**
   * The actor becomes somebody else (setgroups, setresgid, setfsgid, setresuid, capset): effective and real user id,
   * group id, the group id that permission checks of Linux look at, supplementary groups, effective capabilities.
   * -1 for `ruid` and `fsgid`: the same as `uid` and `gid`. Not itself under test.
   */
  become: {
    family: 'common',
    arguments: [
      arg('uid', 'user'),
      arg('gid', 'user'),
      arg('groups', 'values', undefined, []),
      arg('capabilities', 'flags', capabilities, 0),
      arg('ruid', 'user', undefined, -1),
      arg('fsgid', 'user', undefined, -1),
    ],
    reach: 'caller',
    value: 'int',
    outputs: [],
  },

  /** The actor writes a limit of its IPC namespace, which nobody else uses: /proc/sys/kernel/sem, msgmax and so on. */
  setlimit: {
    family: 'common',
    arguments: [arg('limit', 'int', systemLimits), arg('value', 'long')],
    reach: 'objects',
    value: 'int',
    outputs: [],
  },
  /** What the actor is allowed from now on: the soft limit, at most the hard one. Not itself under test. */
  setrlimit: {
    family: 'common',
    arguments: [arg('resource', 'int', resources), arg('value', 'long')],
    reach: 'caller',
    value: 'int',
    outputs: [],
  },

  /**
   * Calls with an address that cannot be used, past the libc: semop with an array of `count` operations, semtimedop
   * with a timeout, the control calls with a buffer for the command.
   */
  bad_semop: {
    family: 'semaphores',
    arguments: [arg('set', 'id'), arg('count', 'int', undefined, 1)],
    reach: 'objects',
    value: 'int',
    outputs: [],
  },
  bad_semtimedop: {
    family: 'semaphores',
    arguments: [arg('set', 'id'), arg('operations', 'operations')],
    reach: 'objects',
    value: 'int',
    outputs: [],
  },
  bad_semctl: onBadBuffer('semaphores', 'set', semctlBuffers),
  bad_msgctl: onBadBuffer('messages', 'queue', controlBuffers),
  bad_shmctl: onBadBuffer('shared-memory', 'segment', controlBuffers),
  /** With IPC_NOWAIT, and a message of which the type or the body cannot be read. */
  bad_msgsnd: {
    family: 'messages',
    arguments: [
      arg('queue', 'id'),
      arg('part', 'int', messageParts),
      arg('size', 'long', undefined, 1),
      arg('type', 'long', undefined, 1),
    ],
    reach: 'objects',
    value: 'int',
    outputs: [],
  },
  /** Into a buffer that cannot be written. */
  bad_msgrcv: {
    family: 'messages',
    arguments: [
      arg('queue', 'id'),
      arg('size', 'long', undefined, 100),
      arg('type', 'long', undefined, 0),
      arg('flags', 'flags', receiveFlags, 0),
    ],
    reach: 'objects',
    value: 'long',
    outputs: [],
  },
  /** semop with 2^32 more operations than the array has, where the number has 64 bits. */
  wide_semop: {
    family: 'semaphores',
    arguments: [arg('set', 'id'), arg('operations', 'operations')],
    reach: 'objects',
    value: 'int',
    outputs: [],
  },

  /** What changes pages of the address space, in whole pages from a page's address on. */
  munmap: onPages([]),
  mprotect: onPages([arg('protection', 'flags', protections)]),
  /** A forked child does not have the pages. */
  'madvise.MADV_DONTFORK': onPages([]),
  /** mmap with MAP_FIXED: other memory, whose bytes are 0 and can only be read. */
  mmap: { ...onPages([]), makes: 'attachment', value: 'address' },
  /** With MREMAP_FIXED: moves pages (none: maps the same ones once more) so that there are `newPages` at `to`. */
  mremap: {
    ...onPages([arg('newPages', 'int'), arg('to', 'address')]),
    makes: 'attachment',
    value: 'address',
  },
  /** read of one byte from a pipe: the kernel stores it. */
  read: {
    family: 'shared-memory',
    arguments: [arg('address', 'address'), arg('byte', 'int')],
    reach: 'caller',
    value: 'int',
    outputs: [],
  },
  /** Puts an instruction there that returns, calls it, and puts back what was there: 0, or the fault that this raised. */
  run: {
    family: 'shared-memory',
    arguments: [arg('address', 'address')],
    reach: 'caller',
    value: 'int',
    outputs: [],
  },
  /** The system call without CLONE_VM: a process as fork makes it, but for the flags and the signal that its end sends. */
  clone: {
    family: 'processes',
    arguments: [arg('flags', 'flags', cloneFlags), arg('exitSignal', 'signal', undefined, signals.SIGCHLD)],
    makes: 'process',
    reach: 'processes',
    value: 'pid',
    outputs: [],
  },
  unshare: {
    family: 'semaphores',
    arguments: [arg('flags', 'flags', cloneFlags)],
    reach: 'objects',
    value: 'int',
    outputs: [],
  },
  'prctl.PR_SET_PDEATHSIG': onSignal('processes'),

  /**
   * The macros of <sys/wait.h> on a status: 1 where one is true, else 0; -1 for a value that the status does not have.
   * No system call: what the headers of the library make of a number.
   */
  macros: {
    family: 'processes',
    arguments: [arg('status', 'int')],
    reach: 'objects',
    value: 'int',
    outputs: [
      out('exited', 'int'),
      out('exitstatus', 'int'),
      out('signaled', 'int'),
      out('termsig', 'int'),
      out('coredump', 'int'),
      out('stopped', 'int'),
      out('stopsig', 'int'),
      out('continued', 'int'),
    ],
  },

  /**
   * The line of an object in /proc/sysvipc: 1 and what it says, or 0 where there is none. Without the pids: those are of
   * the pid namespace that /proc belongs to.
   */
  'sysvipc.sem': listed('semaphores', [out('nsems', 'long'), out('otime', 'time'), out('ctime', 'time')]),
  'sysvipc.msg': listed('messages', [
    out('qnum', 'long'),
    out('cbytes', 'long'),
    out('stime', 'time'),
    out('rtime', 'time'),
    out('ctime', 'time'),
  ]),
  'sysvipc.shm': listed('shared-memory', [
    out('segsz', 'long'),
    out('nattch', 'long'),
    out('atime', 'time'),
    out('dtime', 'time'),
    out('ctime', 'time'),
  ]),

  /** `inode`, `device`, `project`: 1 where the low 16, the next 8 and the high 8 bits of the key are those of the file and project. */
  ftok: {
    family: 'common',
    arguments: [arg('file', 'int', files), arg('project', 'int')],
    reach: 'objects',
    value: 'int',
    outputs: [out('inode', 'int'), out('device', 'int'), out('project', 'int')],
  },

  /** The actor writes shm_rmid_forced of its IPC namespace, which nobody else uses. */
  setforced: {
    family: 'common',
    arguments: [arg('on', 'int')],
    reach: 'objects',
    value: 'int',
    outputs: [],
  },

  /** The actor writes sem_next_id, msg_next_id or shm_next_id of its IPC namespace, which nobody else uses. */
  setnextid: {
    family: 'common',
    arguments: [arg('kind', 'int', kinds), arg('id', 'int')],
    reach: 'objects',
    value: 'int',
    outputs: [],
  },
  /** What the file of `setnextid` says. */
  getnextid: {
    family: 'common',
    arguments: [arg('kind', 'int', kinds)],
    reach: 'objects',
    value: 'int',
    outputs: [],
  },
  /** The actor makes and at once removes so many objects without a key: the first and the last identifier. */
  churn: {
    family: 'common',
    arguments: [arg('kind', 'int', kinds), arg('times', 'int')],
    reach: 'objects',
    value: 'int',
    outputs: [out('first', 'int'), out('last', 'int')],
  },

  /** The driver waits for the next second of the coarse realtime clock, so that stamps can be told apart. */
  tick: { family: 'common', arguments: [], reach: 'objects', value: 'int', outputs: [], pseudo: true },
  /** The driver waits until the deadline of the (sleeping) actor's own call has passed and the call returned. */
  expires: { family: 'common', arguments: [], reach: 'objects', value: 'int', outputs: [], pseudo: true },
} as const satisfies Record<string, Form>

export type FormName = keyof typeof forms

type ArgumentsOf<F extends Form> = {
  readonly [A in F['arguments'][number] as A['name']]: ArgumentTypes[A['kind']]
}

type Made<F extends Form> = F extends { readonly makes: string } ? { readonly as: string } : unknown

/** A call of one form, as plain data: `{ name: 'semctl.GETVAL', set: 'S', semnum: 0 }`. */
export type CallOf<N extends FormName> = { readonly name: N } & ArgumentsOf<(typeof forms)[N]> &
  Made<(typeof forms)[N]>

/** Any call of the vocabulary. */
export type Call = { [N in FormName]: CallOf<N> }[FormName]

export const formNames = Object.keys(forms) as FormName[]

export const formOf = (name: FormName): Form => forms[name]

/** The number of a form on the wire between harness and probe. */
export const formNumber: Readonly<Record<FormName, number>> = Object.fromEntries(
  formNames.map((name, number) => [name, number]),
) as Record<FormName, number>

function arg<const N extends string, const K extends Argument['kind']>(
  name: N,
  kind: K,
  names?: Names,
  otherwise?: unknown,
): { readonly name: N; readonly kind: K; readonly names?: Names; readonly otherwise?: unknown } {
  return {
    name,
    kind,
    ...(names === undefined ? {} : { names }),
    ...(otherwise === undefined ? {} : { otherwise }),
  }
}

function out(name: string, kind: OutputKind): Output {
  return { name, kind }
}

function listed<const F extends Form['family']>(family: F, outputs: readonly Output[]) {
  return {
    family,
    arguments: [arg('object', 'id')],
    reach: 'objects',
    value: 'int',
    outputs: [...permissionOutputs(), ...outputs],
  } as const
}

function permissionOutputs(): Output[] {
  return [
    out('key', 'int'),
    out('uid', 'user'),
    out('gid', 'user'),
    out('cuid', 'user'),
    out('cgid', 'user'),
    out('mode', 'int'),
  ]
}

function semaphoreOutputs(): Output[] {
  return [...permissionOutputs(), out('nsems', 'long'), out('otime', 'time'), out('ctime', 'time')]
}

function queueOutputs(): Output[] {
  return [
    ...permissionOutputs(),
    out('qnum', 'long'),
    out('cbytes', 'long'),
    out('qbytes', 'long'),
    out('lspid', 'pid'),
    out('lrpid', 'pid'),
    out('stime', 'time'),
    out('rtime', 'time'),
    out('ctime', 'time'),
  ]
}

function segmentOutputs(): Output[] {
  return [
    ...permissionOutputs(),
    out('segsz', 'long'),
    out('cpid', 'pid'),
    out('lpid', 'pid'),
    out('nattch', 'long'),
    out('atime', 'time'),
    out('dtime', 'time'),
    out('ctime', 'time'),
  ]
}

/** struct seminfo. */
function semaphoreTotals(): Output[] {
  const names = [
    'semmap',
    'semmni',
    'semmns',
    'semmnu',
    'semmsl',
    'semopm',
    'semume',
    'semusz',
    'semvmx',
    'semaem',
  ]
  return names.map((name) => out(name, 'int'))
}

/** struct msginfo. */
function queueTotals(): Output[] {
  const names = ['msgpool', 'msgmap', 'msgmax', 'msgmnb', 'msgmni', 'msgssz', 'msgtql', 'msgseg']
  return names.map((name) => out(name, 'int'))
}

/** The commands of Linux's ipcs that describe the object in a slot and return its identifier. */
function bySlot<const F extends Form['family'], const N extends string>(
  family: F,
  object: N,
  outputs: readonly Output[],
) {
  return {
    family,
    arguments: [arg(object, 'id'), arg('given', 'int', slotForms, 0)],
    reach: 'objects',
    value: 'id',
    outputs,
  } as const
}

/** Those about all objects of the namespace: any identifier that is not negative does. */
function aboutAll<const F extends Form['family'], const N extends string>(
  family: F,
  object: N,
  outputs: readonly Output[],
) {
  return {
    family,
    arguments: [arg(object, 'id', undefined, 0)],
    reach: 'objects',
    value: 'int',
    outputs,
  } as const
}

function perSemaphore<const V extends OutputKind>(value: V) {
  return {
    family: 'semaphores',
    arguments: [arg('set', 'id'), arg('semnum', 'int')],
    reach: 'objects',
    value,
    outputs: [],
  } as const
}

function onObject<const F extends Form['family'], const N extends string>(family: F, object: N) {
  return { family, arguments: [arg(object, 'id')], reach: 'objects', value: 'int', outputs: [] } as const
}

function otherCommand<const F extends Form['family'], const N extends string>(family: F, object: N) {
  return {
    family,
    arguments: [arg(object, 'id'), arg('command', 'int')],
    reach: 'objects',
    value: 'int',
    outputs: [],
  } as const
}

function onBadBuffer<const F extends Form['family'], const N extends string>(
  family: F,
  object: N,
  commands: Names,
) {
  return {
    family,
    arguments: [arg(object, 'id'), arg('buffer', 'int', commands)],
    reach: 'objects',
    value: 'int',
    outputs: [],
  } as const
}

function onPages<const A extends readonly Argument[]>(args: A) {
  return {
    family: 'shared-memory',
    arguments: [arg('address', 'address'), arg('pages', 'int'), ...args],
    reach: 'caller',
    value: 'int',
    outputs: [],
  } as const
}

function waiting<const A extends readonly Argument[], const O extends readonly Output[]>(
  args: A,
  outputs: O,
) {
  return { family: 'processes', arguments: args, reach: 'processes', value: 'pid', outputs } as const
}

function onSignal<const R extends Form['reach']>(reach: R) {
  return {
    family: 'processes',
    arguments: [arg('signal', 'signal')],
    reach,
    value: 'int',
    outputs: [],
  } as const
}
