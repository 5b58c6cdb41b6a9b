import { attachFlags, controlBuffers, protections, segmentFlags } from '../names.ts'
import type { Argument, Form, Output } from '../shape.ts'
import {
  aboutAll,
  arg,
  bySlot,
  listed,
  onBadBuffer,
  onObject,
  otherCommand,
  out,
  permissionOutputs,
} from './parts.ts'

/** The forms about shared memory. */
export const memoryForms = {
  shmget: {
    family: 'shared-memory',
    arguments: [arg('key', 'key'), arg('size', 'long'), arg('flags', 'flags', segmentFlags, 0o600)],
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
  bad_shmctl: onBadBuffer('shared-memory', 'segment', controlBuffers),

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
  'sysvipc.shm': listed('shared-memory', [
    out('segsz', 'long'),
    out('nattch', 'long'),
    out('atime', 'time'),
    out('dtime', 'time'),
    out('ctime', 'time'),
  ]),

  /** shmat without an address so many times, IPC_STAT, and shmdt as often: how often it went, and the nattch that was told. */
  many_shmat: {
    family: 'shared-memory',
    arguments: [arg('segment', 'id'), arg('times', 'int')],
    reach: 'caller',
    value: 'int',
    outputs: [out('attached', 'int'), out('nattch', 'long')],
  },
} as const satisfies Record<string, Form>

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

function onPages<const A extends readonly Argument[]>(args: A) {
  return {
    family: 'shared-memory',
    arguments: [arg('address', 'address'), arg('pages', 'int'), ...args],
    reach: 'caller',
    value: 'int',
    outputs: [],
  } as const
}
