import { controlBuffers, getFlags, messageParts, receiveFlags, sendFlags } from '../names.ts'
import type { Form, Output } from '../shape.ts'
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

/** The forms about message queues. */
export const messageForms = {
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
  bad_msgctl: onBadBuffer('messages', 'queue', controlBuffers),
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
  'sysvipc.msg': listed('messages', [
    out('qnum', 'long'),
    out('cbytes', 'long'),
    out('stime', 'time'),
    out('rtime', 'time'),
    out('ctime', 'time'),
  ]),

  /**
   * The driver overwrites the message that the actor, which is inside a msgsnd, has given: its type, and as many bytes of the
   * body as it has, from `fill` on.
   */
  overwrite: {
    family: 'messages',
    arguments: [arg('type', 'long'), arg('fill', 'int')],
    reach: 'objects',
    value: 'int',
    outputs: [],
    pseudo: true,
  },
} as const satisfies Record<string, Form>

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

/** struct msginfo. */
function queueTotals(): Output[] {
  const names = ['msgpool', 'msgmap', 'msgmax', 'msgmnb', 'msgmni', 'msgssz', 'msgtql', 'msgseg']
  return names.map((name) => out(name, 'int'))
}
