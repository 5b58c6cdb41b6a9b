import {
  actionFlags,
  CLONE_SYSVSEM,
  cloneFlags,
  dispositions,
  idTypes,
  images,
  locations,
  pidfdFlags,
  signals,
  threadFlags,
  usages,
  waitidOptions,
  waitOptions,
  whose,
} from '../names.ts'
import type { Argument, Form, Output } from '../shape.ts'
import { arg, out } from './parts.ts'

/** The forms about processes, waiting and signals. */
export const processForms = {
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
  /** `usage`: 1 if the rusage structure was written, 0 if every byte of it was left alone; and what it tells. */
  wait4: waiting(
    [
      arg('process', 'process'),
      arg('options', 'flags', waitOptions, 0),
      arg('location', 'int', locations, 0),
    ],
    [out('status', 'int'), out('usage', 'int'), ...usageOutputs()],
  ),
  /** `usage`: 1 if the rusage structure was written. */
  waitid: {
    family: 'processes',
    arguments: [
      arg('idtype', 'int', idTypes),
      arg('id', 'process'),
      arg('options', 'flags', waitidOptions),
      arg('location', 'int', locations, 0),
      arg('usage', 'int', usages, 0),
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
      out('usage', 'int'),
      ...usageOutputs(),
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
  /** The system call without CLONE_VM: a process as fork makes it, but for the flags and the signal that its end sends. */
  clone: {
    family: 'processes',
    arguments: [arg('flags', 'flags', cloneFlags), arg('exitSignal', 'signal', undefined, signals.SIGCHLD)],
    makes: 'process',
    reach: 'processes',
    value: 'pid',
    outputs: [],
  },
  /** What the kernel makes of vfork: clone with CLONE_VM and CLONE_VFORK. The child goes on in the memory of its parent, on a stack of its own. */
  vfork: {
    family: 'processes',
    arguments: [],
    makes: 'process',
    reach: 'processes',
    value: 'pid',
    outputs: [],
  },
  'prctl.PR_SET_PDEATHSIG': onSignal('processes'),

  /**
   * A further thread of the caller's process, an actor as well: as the library makes it, or without CLONE_SYSVSEM. What
   * it returns is the id of the thread.
   */
  thread: {
    family: 'processes',
    arguments: [arg('flags', 'flags', threadFlags, CLONE_SYSVSEM)],
    makes: 'thread',
    reach: 'processes',
    value: 'pid',
    outputs: [],
  },
  /** The end of the calling thread alone, by the system call `exit`. */
  thread_exit: {
    family: 'processes',
    arguments: [arg('status', 'int')],
    reach: 'processes',
    value: 'int',
    outputs: [],
  },
  /**
   * The actor sees to it that the next process of the pid namespace, which nobody else uses, gets the number of this one, or
   * the next one that is free (/proc/sys/kernel/ns_last_pid).
   */
  setnextpid: {
    family: 'processes',
    arguments: [arg('process', 'process')],
    reach: 'processes',
    value: 'int',
    outputs: [],
  },

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

  /** The actor uses so many units of processor time. No call under test; an actor that has done so is not used again. */
  burn: {
    family: 'processes',
    arguments: [arg('units', 'int')],
    reach: 'processes',
    value: 'int',
    outputs: [],
  },
  /** The actor uses so many units of memory at one time, and gives them back. */
  fill: {
    family: 'processes',
    arguments: [arg('units', 'int')],
    reach: 'processes',
    value: 'int',
    outputs: [],
  },
  getrusage: {
    family: 'processes',
    arguments: [arg('who', 'int', whose)],
    reach: 'caller',
    value: 'int',
    outputs: usageOutputs(),
  },
} as const satisfies Record<string, Form>

/**
 * What is told of processor time and of memory, in the units of `burn` and `fill`: not less than `least`, if all that was used
 * besides is taken off, and not more than `most`. Where little else was used both are the same.
 */
function usageOutputs() {
  return [out('least', 'int'), out('most', 'int'), out('leastMemory', 'int'), out('mostMemory', 'int')]
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
