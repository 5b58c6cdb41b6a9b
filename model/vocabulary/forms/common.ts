import { capabilities, files, kinds, resources, systemLimits } from '../names.ts'
import type { Form, Output } from '../shape.ts'
import { arg, out } from './parts.ts'

/** The forms about every kind of object, and those that prepare an actor. */
export const commonForms = {
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

  /** The program ipcs is run, a child whose usage stays with the caller: 1 and what its line about the object says, or 0 where there is none. */
  'ipcs.sem': byIpcs([out('nsems', 'long')]),
  'ipcs.msg': byIpcs([out('cbytes', 'long'), out('qnum', 'long')]),
  'ipcs.shm': byIpcs([out('segsz', 'long'), out('nattch', 'long')]),
  /** The program ipcrm is run, without the capabilities of the actor: 0, or 1 where it complains. By the key, if there is one. */
  'ipcrm.sem': byIpcrm(),
  'ipcrm.msg': byIpcrm(),
  'ipcrm.shm': byIpcrm(),

  /** The driver waits for the next second of the coarse realtime clock, so that stamps can be told apart. */
  tick: { family: 'common', arguments: [], reach: 'objects', value: 'int', outputs: [], pseudo: true },
  /** The driver waits until the deadline of the (sleeping) actor's own call has passed and the call returned. */
  expires: { family: 'common', arguments: [], reach: 'objects', value: 'int', outputs: [], pseudo: true },
} as const satisfies Record<string, Form>

function byIpcs<const O extends readonly Output[]>(outputs: O) {
  return {
    family: 'common',
    arguments: [arg('object', 'id')],
    reach: 'processes',
    value: 'int',
    outputs: [out('key', 'int'), out('mode', 'int'), ...outputs],
  } as const
}

function byIpcrm() {
  return {
    family: 'common',
    arguments: [arg('object', 'id'), arg('key', 'key', undefined, 'private')],
    reach: 'processes',
    value: 'int',
    outputs: [],
  } as const
}
