import type { ProcessLimits, SystemLimits } from '../limits.ts'
import { limitMsgmni } from '../messages/limits.ts'
import { decide, fails, type Moment, note, returns } from '../moment.ts'
import { type Clause, clause, type Rule } from '../rule.ts'
import { limitSemmni } from '../semaphores/limits.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import type { Errno } from '../vocabulary/names.ts'
import { INT_MAX, RLIMIT_AS, RLIMIT_MEMLOCK, RLIMIT_NPROC, systemLimits } from '../vocabulary/names.ts'
import type { Long } from '../vocabulary/shape.ts'
import { changedWorld, identityOf, limitsOf, withProcess } from '../world.ts'

interface Situation {
  readonly moment: Moment
  readonly actor: string
  readonly call: CallOf<'setlimit'>
  readonly limit: keyof SystemLimits
}

/** setlimit: a limit of the IPC namespace is written. */
export function setLimit(moment: Moment, actor: string, call: CallOf<'setlimit'>): void {
  decide(moment, setLimitRules, { moment, actor, call, limit: limitNamed(call.limit) })
}

/** setrlimit: what the actor itself is allowed. Not itself under test; more than is allowed is as much as possible. */
export function setProcessLimit(moment: Moment, actor: string, call: CallOf<'setrlimit'>): void {
  const limit = resources[call.resource]
  const value = call.value < 0 || call.value > INT_MAX ? 'usual' : Number(call.value)
  if (limit !== undefined)
    moment.world = withProcess(moment.world, actor, {
      limits: { ...limitsOf(moment.world, actor), [limit]: value },
    })
  returns(moment, actor)
}

const resources: Readonly<Record<number, keyof ProcessLimits>> = {
  [RLIMIT_NPROC]: 'processes',
  [RLIMIT_MEMLOCK]: 'locked',
  [RLIMIT_AS]: 'addressSpace',
}

const names = Object.keys(systemLimits.of) as (keyof SystemLimits)[]
const limitNamed = (number: number): keyof SystemLimits => names[number] ?? 'semmni'

const error = (
  about: Clause,
  errno: (situation: Situation) => Errno,
  when: Rule<Situation>['when'],
): Rule<Situation> => ({
  ...about,
  errno: 'EINVAL',
  when,
  outcome: (situation) => {
    const also = alsoAbout[situation.limit]
    if (also !== undefined && when === isOutOfRange) note(situation.moment, also)
    fails(situation.moment, situation.actor, errno(situation))
  },
})

const alsoAbout: Partial<Record<keyof SystemLimits, Clause>> = { semmni: limitSemmni, msgmni: limitMsgmni }

const mayNotWrite = error(
  clause(
    'limit.write-privilege',
    'linux',
    'Everybody may read the limits of a namespace, only the privileged may write them.',
    'proc(5), /proc/sys/kernel',
  ),
  () => 'EACCES',
  ({ moment, actor }) => identityOf(moment.world, actor).uid !== moment.world.facts.uid,
)

/** More identifiers than the kernel has: Linux's IPCMNI. */
const IDENTIFIERS_MAX = 32768
const counts: readonly (keyof SystemLimits)[] = ['semmni', 'msgmni', 'shmmni']
const bytesOfMemory: readonly (keyof SystemLimits)[] = ['shmmax', 'shmall']

const largest = (limit: keyof SystemLimits): Long =>
  counts.includes(limit) ? IDENTIFIERS_MAX : bytesOfMemory.includes(limit) ? 2n ** 64n - 1n : INT_MAX

const isOutOfRange = ({ call, limit }: Situation) => call.value < 0 || call.value > largest(limit)

const outOfRange = error(
  clause(
    'limit.out-of-range',
    'linux',
    'A limit that is negative, or above what the kernel can keep, is refused when it is written, and stays as it was.',
    'proc(5), /proc/sys/kernel/msgmni, sem',
    'Linux ipc/ipc_sysctl.c',
  ),
  ({ limit }) => (limit === 'semmni' ? 'ERANGE' : 'EINVAL'),
  isOutOfRange,
)

const changes: Rule<Situation> = {
  ...clause(
    'limit.changes-at-once',
    'linux',
    'A limit that is written is the limit of the namespace from then on.',
    'proc(5), /proc/sys/kernel',
  ),
  errno: 'none',
  when: () => true,
  outcome: ({ moment, actor, call, limit }) => {
    moment.world = changedWorld(moment.world, { limits: { ...moment.world.limits, [limit]: call.value } })
    returns(moment, actor)
  },
}

export const setLimitRules: readonly Rule<Situation>[] = [mayNotWrite, outOfRange, changes]
