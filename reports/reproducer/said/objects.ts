import { systemLimits } from '../../../model/vocabulary/names.ts'
import type { Sayings } from '../saying.ts'
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
  churn: { obstacle: 'identifiers in turn' },
  ftok: (call, { number: step }) => ({
    shared: [`int inode${step}, device${step}, project${step};`],
    call: `key_of(${JSON.stringify(files[call.file] ?? '/')}, ${call.project}, &s->inode${step}, &s->device${step}, &s->project${step})`,
    out: { inode: `s->inode${step}`, device: `s->device${step}`, project: `s->project${step}` },
  }),
  'ipcs.sem': { obstacle: 'the program ipcs' },
  'ipcs.msg': { obstacle: 'the program ipcs' },
  'ipcs.shm': { obstacle: 'the program ipcs' },
  'ipcrm.sem': { obstacle: 'the program ipcrm' },
  'ipcrm.msg': { obstacle: 'the program ipcrm' },
  'ipcrm.shm': { obstacle: 'the program ipcrm' },
}

const semFields = ['semmsl', 'semmns', 'semopm', 'semmni']
const kindNames = ['sem', 'msg', 'shm']
const files = ['/', '/..', '/proc/self/root', '/proc/self/exe', '/ipc-oracle/no/such/file']

/** Calls that only work in an IPC namespace that nobody else uses. */
export const needsNamespace = (name: string): boolean =>
  /^(setlimit|setforced|setnextid|getnextid|churn)$|\.(IPC_INFO|SEM_INFO|MSG_INFO|SHM_INFO)$/.test(name)

export const idOf = printers.id
