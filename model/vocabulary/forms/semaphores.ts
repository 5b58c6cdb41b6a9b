import { getFlags, semctlBuffers, unshareFlags } from '../names.ts'
import type { Form, Output, OutputKind } from '../shape.ts'
import { aboutAll, arg, bySlot, listed, onBadBuffer, otherCommand, out, permissionOutputs } from './parts.ts'

/** The forms about semaphores. */
export const semaphoreForms = {
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
  /** semop with 2^32 more operations than the array has, where the number has 64 bits. */
  wide_semop: {
    family: 'semaphores',
    arguments: [arg('set', 'id'), arg('operations', 'operations')],
    reach: 'objects',
    value: 'int',
    outputs: [],
  },
  /** The actor shares adjustments, or its IPC namespace, no longer: nobody can take that back. */
  unshare: {
    family: 'semaphores',
    arguments: [arg('flags', 'flags', unshareFlags)],
    reach: 'processes',
    value: 'int',
    outputs: [],
  },

  /**
   * A process in a pid namespace of its own, gone when the call returns: it reads GETPID, adds 1, and reads GETPID again. The
   * call returns its pid as the actor sees it.
   */
  inside: {
    family: 'semaphores',
    arguments: [arg('set', 'id'), arg('semnum', 'int')],
    reach: 'processes',
    value: 'pid',
    outputs: [out('before', 'pid'), out('after', 'int')],
  },

  /**
   * The line of an object in /proc/sysvipc: 1 and what it says, or 0 where there is none. Without the pids: those are of
   * the pid namespace that /proc belongs to.
   */
  'sysvipc.sem': listed('semaphores', [out('nsems', 'long'), out('otime', 'time'), out('ctime', 'time')]),
} as const satisfies Record<string, Form>

function semaphoreOutputs(): Output[] {
  return [...permissionOutputs(), out('nsems', 'long'), out('otime', 'time'), out('ctime', 'time')]
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

function perSemaphore<const V extends OutputKind>(value: V) {
  return {
    family: 'semaphores',
    arguments: [arg('set', 'id'), arg('semnum', 'int')],
    reach: 'objects',
    value,
    outputs: [],
  } as const
}
