import { createdPermission } from '../common/access.ts'
import { argumentBeforeLimit, countOf, noteFoundWhenFull, noteFull } from '../common/full.ts'
import {
  created,
  creatorIsEffective,
  exclusiveExists,
  existingReturned,
  findKey,
  type GetSituation,
  missingKey,
  modeStored,
  permissionRefused,
} from '../common/get.ts'
import { decide, fails, type Moment, note } from '../moment.ts'
import { clause, type Rule } from '../rule.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import { identityOf, withSet } from '../world.ts'
import { countSemaphores, hasAllSets, limitSemmni, limitSemmns } from './limits.ts'
import type { SemaphoreSet } from './state.ts'

interface Situation extends GetSituation {
  readonly call: CallOf<'semget'>
  readonly set: SemaphoreSet | undefined
}

/** semget: the checks in Linux's order (ipc/util.c, ipcget; ipc/sem.c, newary). */
export function semget(moment: Moment, actor: string, call: CallOf<'semget'>): void {
  const existing = findKey(moment.world.sets, call.key)
  const set = moment.world.sets[existing]
  decide(moment, rules, { moment, actor, call, existing, set, permission: set?.permission })
}

const errors = 'POSIX.1-2024 semget, ERRORS'

const isOutOfRange: Rule<Situation> = {
  ...clause(
    'semget.nsems.range',
    'shall',
    'A number of semaphores below 0 or above SEMMSL is an error, whether the key is in use or not.',
    `${errors}, [EINVAL]`,
  ),
  errno: 'EINVAL',
  when: ({ moment, call }) => call.nsems < 0 || call.nsems > moment.world.limits.semmsl,
  outcome: (situation) => {
    if (situation.call.nsems > 0) note(situation.moment, limitSemmsl)
    noteBeforeLimit(situation)
    fail(situation)
  },
}

const isTooBig: Rule<Situation> = {
  ...clause(
    'semget.existing.too-big',
    'shall',
    'Asking for more semaphores than the existing set has is an error.',
    `${errors}, [EINVAL]`,
  ),
  errno: 'EINVAL',
  when: ({ set, call }) => set !== undefined && call.nsems > set.semaphores.length,
  outcome: (situation) => {
    if (permissionRefused.when(situation)) note(situation.moment, tooBigVersusPermission)
    fail(situation)
  },
}

const createsEmpty: Rule<Situation> = {
  ...clause(
    'semget.nsems.zero-create',
    'shall',
    'A set of no semaphores cannot be made.',
    `${errors}, [EINVAL]`,
  ),
  errno: 'EINVAL',
  when: (situation) => situation.existing === '' && situation.call.nsems === 0 && !missingKey.when(situation),
  outcome: (situation) => {
    noteBeforeLimit(situation)
    fail(situation)
  },
}

/** An argument is wrong where no set could be made anyway. */
function noteBeforeLimit({ moment, existing }: Situation): void {
  if (existing === '' && hasAllSets(moment.world)) note(moment, argumentBeforeLimit)
}

const isCreated = (situation: Situation) => situation.existing === '' && !missingKey.when(situation)

const tooManySemaphores: Rule<Situation> = {
  ...clause(
    'semget.enospc.semmns',
    'shall',
    'A set with which the system would have more than SEMMNS semaphores cannot be made.',
    `${errors}, [ENOSPC]`,
  ),
  errno: 'ENOSPC',
  when: (situation) => {
    const { world } = situation.moment
    return isCreated(situation) && countSemaphores(world) + situation.call.nsems > world.limits.semmns
  },
  outcome: ({ moment, actor }) => {
    note(moment, limitSemmns)
    noteFull(moment, countSemaphores(moment.world), moment.world.limits.semmns)
    fails(moment, actor, 'ENOSPC')
  },
}

const tooManySets: Rule<Situation> = {
  ...clause('semget.enospc.semmni', 'shall', 'A set more than SEMMNI cannot be made.', `${errors}, [ENOSPC]`),
  errno: 'ENOSPC',
  when: (situation) => isCreated(situation) && hasAllSets(situation.moment.world),
  outcome: ({ moment, actor }) => {
    note(moment, limitSemmni)
    noteFull(moment, countOf(moment.world.sets), moment.world.limits.semmni)
    fails(moment, actor, 'ENOSPC')
  },
}

const missing: Rule<Situation> = {
  ...missingKey,
  outcome: (situation) => {
    if (situation.call.nsems === 0) note(situation.moment, zeroMissing)
    missingKey.outcome(situation)
  },
}

const exists: Rule<Situation> = {
  ...exclusiveExists,
  outcome: (situation) => {
    const { moment, call, set } = situation
    if (set !== undefined && call.nsems > set.semaphores.length) note(moment, tooBigVersusExclusive)
    exclusiveExists.outcome(situation)
  },
}

const existingSet: Rule<Situation> = {
  ...existingReturned,
  outcome: (situation) => {
    note(situation.moment, sizeNotAbove)
    const { sets, limits } = situation.moment.world
    noteFoundWhenFull(situation.moment, countOf(sets), limits.semmni)
    existingReturned.outcome(situation)
  },
}

const creates: Rule<Situation> = {
  ...clause(
    'semget.init',
    'shall',
    'A new set has otime 0, ctime now, and the permission that the flags and the caller give.',
    'POSIX.1-2024 semget, DESCRIPTION',
  ),
  errno: 'none',
  when: ({ existing }) => existing === '',
  outcome: (situation) => {
    const { moment, actor, call } = situation
    for (const also of [initialValues, modeStored, creatorIsEffective]) note(moment, also)
    const set: SemaphoreSet = {
      permission: createdPermission(identityOf(moment.world, actor), call.key, call.flags),
      initialMode: call.flags & 0o777,
      semaphores: new Array(call.nsems).fill({ value: 0, pid: '' }),
      otime: 0,
      ctime: moment.now,
      sleepers: [],
    }
    moment.world = withSet(moment.world, call.as, set)
    created(situation, 'set')
  },
}

export const rules: readonly Rule<Situation>[] = [
  isOutOfRange,
  missing,
  exists,
  isTooBig,
  permissionRefused,
  existingSet,
  createsEmpty,
  tooManySemaphores,
  tooManySets,
  creates,
]

function fail({ moment, actor }: Situation): void {
  fails(moment, actor, 'EINVAL')
}

const zeroMissing = clause(
  'semget.nsems.zero-enoent',
  'shall',
  'An unused key without IPC_CREAT is ENOENT also where no semaphores are asked for.',
  `${errors}, [ENOENT]`,
)
const tooBigVersusExclusive = clause(
  'semget.existing.too-big-vs-excl',
  'unspecified',
  'A key in use with IPC_CREAT and IPC_EXCL is EEXIST also where too many semaphores are asked for.',
  'Linux ipc/util.c, ipcget_public',
)
const tooBigVersusPermission = clause(
  'semget.existing.too-big-vs-perm',
  'unspecified',
  'Asking for more semaphores than the existing set has is EINVAL also where the permission is refused.',
  'Linux ipc/util.c, ipc_check_perms and ipcget_public',
)
const sizeNotAbove = clause(
  'semget.existing.size',
  'shall',
  'Asking for as many semaphores as the existing set has, or fewer, or none, gives its identifier.',
  `${errors}, [EINVAL]`,
)
const initialValues = clause(
  'semget.init.values',
  'unspecified',
  'Every semaphore of a new set is 0.',
  'semget(2): POSIX leaves the initial values open, Linux makes them 0',
)

const limitSemmsl = clause(
  'limit.semmsl',
  'shall',
  'A set has at most SEMMSL semaphores, also where the key is in use.',
  `${errors}, [EINVAL]`,
  'semget(2): SEMMSL',
)

export const semgetClauses = [
  limitSemmsl,
  limitSemmni,
  limitSemmns,
  zeroMissing,
  tooBigVersusExclusive,
  tooBigVersusPermission,
  sizeNotAbove,
  initialValues,
]
