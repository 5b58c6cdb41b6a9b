import { decide, fails, type Moment, note, returns } from '../moment.ts'
import { lifecycleOf } from '../processes/lifecycle.ts'
import { type Clause, clause, type Rule } from '../rule.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import { changedWorld, identityOf, withoutSegment } from '../world.ts'
import { countAttached, lastDetachDestroys } from './segments.ts'

const page = 'proc(5), /proc/sys/kernel/shm_rmid_forced'

const sweeps = clause(
  'forced.set.sweeps-orphans',
  'linux',
  'Setting shm_rmid_forced destroys the segments that nobody has attached and whose creator has ended.',
  page,
)
const endDestroys = clause(
  'forced.creator-exit.destroys-unattached',
  'linux',
  'With shm_rmid_forced the end of the creator destroys its segments that nobody has attached.',
  page,
)
const attachedStays = clause(
  'forced.creator-exit.attached-stays',
  'linux',
  'With shm_rmid_forced a segment that others have attached outlives its creator until the last detach.',
  page,
)
const failureDestroys = clause(
  'shmat.failure.forced-destroys',
  'linux',
  'With shm_rmid_forced an attach that fails after the permission check destroys a segment that nobody has attached.',
  page,
)
const onlyPrivileged = clause(
  'limit.write-privilege',
  'linux',
  'Everybody may read the limits of a namespace, only the privileged may write them.',
  'proc(5), /proc/sys/kernel',
)

export const forcedClauses: readonly Clause[] = [
  sweeps,
  endDestroys,
  attachedStays,
  lastDetachDestroys,
  failureDestroys,
]

interface Situation {
  readonly moment: Moment
  readonly actor: string
  readonly call: CallOf<'setforced'>
}

/** setforced: shm_rmid_forced of the IPC namespace is written (Linux ipc/shm.c, shm_destroy_orphaned). */
export function setForced(moment: Moment, actor: string, call: CallOf<'setforced'>): void {
  decide(moment, rules, { moment, actor, call })
}

const rules: readonly Rule<Situation>[] = [
  {
    ...onlyPrivileged,
    errno: 'EACCES',
    when: ({ moment, actor }) => identityOf(moment.world, actor).uid !== moment.world.facts.uid,
    outcome: ({ moment, actor }) => {
      fails(moment, actor, 'EACCES')
    },
  },
  {
    ...sweeps,
    errno: 'none',
    when: () => true,
    outcome: ({ moment, actor, call }) => {
      const forced = call.on !== 0
      const { world } = moment
      if (forced && world.settings.threaded)
        throw new Error('whose segments are orphans where there were several threads is not known')
      moment.world = changedWorld(world, { settings: { ...world.settings, forced } })
      if (forced)
        for (const [name, { cpid }] of Object.entries(world.segments))
          if (hasEnded(moment, cpid) && countAttached(world, name) === 0) destroy(moment, name)
      returns(moment, actor)
    },
  },
]

const hasEnded = ({ world }: Moment, process: string) => {
  const { life = 'zombie', space = '' } = lifecycleOf(world, process) ?? {}
  return life === 'zombie' || space !== world.space
}

/** The creator of segments has ended and has nothing attached any more (Linux ipc/shm.c, exit_shm). */
export function endCreator(moment: Moment, process: string): void {
  const { world } = moment
  if (!world.settings.forced) return
  for (const [name, { cpid, removal }] of Object.entries(world.segments)) {
    if (cpid !== process || removal !== 'none') continue
    const isAttached = countAttached(world, name) > 0
    note(moment, isAttached ? attachedStays : endDestroys)
    if (!isAttached) destroy(moment, name)
  }
}

/** An attach failed that had counted already (Linux ipc/shm.c, do_shmat: out_nattch). */
export function leaveAgain(moment: Moment, name: string): void {
  const { world } = moment
  if (!world.settings.forced || world.segments[name] === undefined || countAttached(world, name) > 0) return
  note(moment, failureDestroys)
  destroy(moment, name)
}

function destroy(moment: Moment, name: string): void {
  moment.world = withoutSegment(moment.world, name)
}
