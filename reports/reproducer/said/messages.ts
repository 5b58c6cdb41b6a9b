import type { CallOf } from '../../../model/vocabulary/forms.ts'
import { receiveFlags as receiveNames, sendFlags as sendNames } from '../../../model/vocabulary/names.ts'
import { BAD, fields, filling, type Place, permissions, type Said, type Sayings } from '../saying.ts'
import { number, octal, plainCall, printers } from '../words.ts'
import { bufferName, listedFields, listedPermissions, owner, slot } from './semaphores.ts'

/** Messages and the commands of msgctl. */
export const aboutMessages: Sayings = {
  msgsnd: (call, { number: step, scenario, actor }) => {
    const isOverwritten = scenario.steps.some(
      (each) => each.call.name === 'overwrite' && each.actor === actor,
    )
    const body = `${number(call.type)}, ${number(bodySize(call.size))}, ${call.fill}`
    const send = (message: string) =>
      `msgsnd(${printers.id(call.queue)}, ${message}, ${size(call.size)}, ${flagsOf(call)})`
    if (!isOverwritten) return { call: send(`filled(${body})`) }
    const name = `sent${step}`
    return {
      shared: [`struct message ${name};`],
      before: [`fill(&s->${name}, ${body});`],
      call: send(`&s->${name}`),
    }
  },
  msgrcv: (call, { number: step }) => {
    const name = `got${step}`
    const value = 'value'
    const room = Number(call.size < 0 || call.size > LOOKED_AT_MAX ? LOOKED_AT_MAX : call.size) + BEYOND
    return {
      shared: [`struct message ${name};`],
      call: `msgrcv(${printers.id(call.queue)}, POISON(s->${name}), ${size(call.size)}, ${number(call.type)}, ${flagsOf(call)})`,
      buffer: `s->${name}`,
      out: {
        type: `s->${name}.type`,
        fill: `first_byte(&s->${name}, ${value}(ACTOR))`,
        matched: `matched(&s->${name}, ${value}(ACTOR))`,
        beyond: `beyond(&s->${name}, ${value}(ACTOR), ${room})`,
      },
    }
  },
  'msgctl.IPC_STAT': (call, place) => status(call.queue, place, 'IPC_STAT'),
  'msgctl.MSG_STAT': (call, place) => status(call.queue, place, 'MSG_STAT', call.given),
  'msgctl.MSG_STAT_ANY': (call, place) => status(call.queue, place, 'MSG_STAT_ANY', call.given),
  'msgctl.IPC_INFO': totals,
  'msgctl.MSG_INFO': totals,
  'msgctl.IPC_SET': (call, { number: step }) => ({
    before: [
      `struct msqid_ds set${step} = { 0 };`,
      `set${step}.msg_perm.uid = ${owner(call.uid, 'uid')};`,
      `set${step}.msg_perm.gid = ${owner(call.gid, 'gid')};`,
      `set${step}.msg_perm.mode = ${octal(call.mode)};`,
      `set${step}.msg_qbytes = ${size(call.qbytes)};`,
    ],
    call: `msgctl(${printers.id(call.queue)}, IPC_SET, &set${step})`,
  }),
  'msgctl.IPC_RMID': (call) => ({ call: plainCall(call, 'NULL') }),
  'msgctl.other': (call, { number: step }) => ({
    shared: [`char other${step}[1024];`],
    call: `msgctl(${printers.id(call.queue)}, ${number(call.command)}, (void *)s->other${step})`,
  }),
  bad_msgctl: (call) => ({
    call: `syscall(SYS_msgctl, ${printers.id(call.queue)}, ${bufferName(call.buffer)}, ${BAD})`,
  }),
  bad_msgsnd: (call) => ({
    call: `syscall(SYS_msgsnd, ${printers.id(call.queue)}, ${
      call.part === 0 ? `at_the_edge(${number(call.type)})` : BAD
    }, ${size(call.size)}, IPC_NOWAIT)`,
  }),
  bad_msgrcv: (call) => ({
    call: `syscall(SYS_msgrcv, ${printers.id(call.queue)}, ${BAD}, ${size(call.size)}, (long)${number(call.type)}, ${flagsOf(call)})`,
  }),
  'sysvipc.msg': (call, { number: step }) => ({
    shared: [`long long line${step}[16];`],
    call: `listed("/proc/sysvipc/msg", ${printers.id(call.object)}, s->line${step})`,
    out: {
      ...listedPermissions(`s->line${step}`, 7),
      ...listedFields(`s->line${step}`, { qnum: 4, cbytes: 3, stime: 11, rtime: 12, ctime: 13 }),
    },
  }),
}

/** More is not looked at of what a msgrcv must leave alone. */
const LOOKED_AT_MAX = 8192
const BEYOND = 16

/** A longer body cannot be sent. */
export const BODY_MAX = 65536

/** Bytes of the body of a message that cannot exist: none. */
const bodySize = (size: number | bigint) => (size < 0 || size > BODY_MAX ? 0 : size)

/** Bytes that a buffer for messages needs. */
export function roomFor(size: number | bigint): number {
  return Math.max(Number(bodySize(size)), size > LOOKED_AT_MAX ? LOOKED_AT_MAX : 0) + BEYOND
}

const size = (value: number | bigint) =>
  value < 0 || value > 0x7fffffff ? `(size_t)${number(value)}` : number(value)

const flagsOf = (call: CallOf<'msgsnd'> | CallOf<'msgrcv'> | CallOf<'bad_msgrcv'>) => {
  const name = call.name === 'msgsnd' ? sendNames : receiveNames
  return printers.flags(call.flags, name)
}

function status(queue: string | number, { number: step }: Place, command: string, given = 1): Said {
  return filling(
    'struct msqid_ds',
    `status${step}`,
    (buffer) => `msgctl(${slot(queue, given)}, ${command}, ${buffer})`,
    (buffer) => ({
      ...permissions(`${buffer}.msg_perm`),
      ...fields(buffer, 'msg_', 'qnum qbytes lspid lrpid stime rtime ctime'),
      cbytes: `${buffer}.__msg_cbytes`,
    }),
  )
}

function totals(call: CallOf<'msgctl.IPC_INFO'> | CallOf<'msgctl.MSG_INFO'>, { number: step }: Place): Said {
  return filling(
    'struct msginfo',
    `info${step}`,
    (buffer) => `msgctl(${printers.id(call.queue)}, ${call.name.slice('msgctl.'.length)}, (void *)${buffer})`,
    (buffer) => fields(buffer, '', 'msgpool msgmap msgmax msgmnb msgmni msgssz msgtql msgseg'),
  )
}
