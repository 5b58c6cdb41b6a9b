import type { CallOf } from '../../../model/vocabulary/forms.ts'
import { systemLimits } from '../../../model/vocabulary/names.ts'
import type { Place, Said, Sayings } from '../saying.ts'
import { number, plainCall, printers } from '../words.ts'

/** Who actors are, what they may, and what is about every kind of object. */
export const aboutObjects: Sayings = {
  become: (call) => {
    const uid = call.uid === 'own' ? 's->uid' : number(call.uid)
    const gid = call.gid === 'own' ? 's->gid' : number(call.gid)
    const other = (value: 'own' | number, own: string, same: string) =>
      value === 'own' ? own : value === -1 ? same : number(value)
    const groups = `${call.groups.length}, (gid_t[]){ ${call.groups.join(', ') || '0'} }`
    const capable = plainCall({ ...call, name: 'become' }).match(/CAP_\w+(\|CAP_\w+)*/)?.[0] ?? '0'
    return {
      call: `become(${other(call.ruid, 's->uid', uid)}, ${uid}, ${gid}, ${other(call.fsgid, 's->gid', gid)}, ${groups}, ${capable})`,
    }
  },
  setlimit: (call) => {
    const name = Object.entries(systemLimits.of).find(([, value]) => value === call.limit)?.[0] ?? ''
    const field = semFields.indexOf(name)
    const value =
      call.value < 0 && /^shm(max|all)$/.test(name)
        ? `(unsigned long long)${number(call.value)}`
        : number(call.value)
    return field >= 0
      ? { call: `write_field("/proc/sys/kernel/sem", ${field}, ${value})` }
      : {
          call: `${/^shm(max|all)$/.test(name) ? 'write_size' : 'write_number'}("/proc/sys/kernel/${name}", ${value})`,
        }
  },
  setrlimit: (call) => ({
    call: `limit_self(${plainCall(call)
      .replace(/^\w+\(/, '')
      .replace(/\)$/, '')})`,
  }),
  setforced: (call) => ({ call: `write_number("/proc/sys/kernel/shm_rmid_forced", ${number(call.on)})` }),
  setnextid: (call) => ({
    call: `write_number("/proc/sys/kernel/${kindNames[call.kind] ?? 'sem'}_next_id", ${number(call.id)})`,
  }),
  getnextid: (call) => ({
    call: `read_number("/proc/sys/kernel/${kindNames[call.kind] ?? 'sem'}_next_id")`,
  }),
  churn: (call, { number: step }) => ({
    shared: [`int first${step}, last${step};`],
    call: `churn_${churned[call.kind] ?? 'sets'}(${call.times}, &s->first${step}, &s->last${step})`,
    out: { first: `s->first${step}`, last: `s->last${step}` },
  }),
  ftok: (call, { number: step }) => ({
    shared: [`int inode${step}, device${step}, project${step};`],
    call: `key_of(${JSON.stringify(files[call.file] ?? '/')}, ${call.project}, &s->inode${step}, &s->device${step}, &s->project${step})`,
    out: { inode: `s->inode${step}`, device: `s->device${step}`, project: `s->project${step}` },
  }),
  'ipcs.sem': (call, place) => listed('-s', call.object, place, ['nsems']),
  'ipcs.msg': (call, place) => listed('-q', call.object, place, ['cbytes', 'qnum']),
  'ipcs.shm': (call, place) => listed('-m', call.object, place, ['segsz', 'nattch']),
  'ipcrm.sem': (call) => removed(call, 's'),
  'ipcrm.msg': (call) => removed(call, 'q'),
  'ipcrm.shm': (call) => removed(call, 'm'),
}

/** What the line of ipcs about an object says. */
function listed(
  option: string,
  object: CallOf<'ipcs.sem'>['object'],
  { number: step }: Place,
  numbers: readonly string[],
): Said {
  const line = `ipcs${step}`
  return {
    shared: [`long long ${line}[4];`],
    call: `ipcs("${option}", ${printers.id(object)}, s->${line})`,
    out: Object.fromEntries(['key', 'mode', ...numbers].map((name, at) => [name, `s->${line}[${at}]`])),
  }
}

const removed = ({ object, key }: Pick<CallOf<'ipcrm.sem'>, 'object' | 'key'>, option: string): Said => ({
  call:
    key === 'private'
      ? `ipcrm("-${option}", ${printers.id(object)})`
      : `ipcrm("-${option.toUpperCase()}", ${printers.key(key)})`,
})

const semFields = ['semmsl', 'semmns', 'semopm', 'semmni']
const kindNames = ['sem', 'msg', 'shm']
const churned = ['sets', 'queues', 'segments']
const files = ['/', '/..', '/proc/self/root', '/proc/self/exe', '/ipc-oracle/no/such/file']

/** Calls that only work in an IPC namespace that nobody else uses. */
export const needsNamespace = (name: string): boolean =>
  /^(setlimit|setforced|setnextid|getnextid|churn)$|\.(IPC_INFO|SEM_INFO|MSG_INFO|SHM_INFO)$/.test(name)

export const idOf = printers.id
