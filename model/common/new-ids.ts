import { anything, type Expected, idOf, type Kind } from '../expected.ts'
import { isCapable } from '../identity.ts'
import { hasAllQueues } from '../messages/limits.ts'
import { choose, decide, fails, type Moment, note, returns } from '../moment.ts'
import { withEntry } from '../records.ts'
import { type Clause, clause, type Rule } from '../rule.ts'
import { countSemaphores, hasAllSets } from '../semaphores/limits.ts'
import type { Settings } from '../settings.ts'
import { countPages, hasAllSegments } from '../shared-memory/limits.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import { CAP_SYS_ADMIN, type Errno } from '../vocabulary/names.ts'
import { changedWorld, identityOf, type World } from '../world.ts'

/** How Linux numbers new objects. POSIX says no more than that identifiers are not negative. */

const source = 'Linux ipc/util.c, ipc_idr_alloc'

const cyclic = clause(
  'id.cyclic-index',
  'unspecified',
  'Slots are given away in turn: a new object does not get the slot of one just removed.',
  source,
)
const wraps = clause(
  'id.seq-bump-on-wrap',
  'unspecified',
  'The sequence part of identifiers changes when the slots come round again, not at every creation.',
  source,
)
const wished = clause(
  'id.next_id',
  'linux',
  'The next object gets the identifier written into its next_id file if that slot is free; the file is -1 again then.',
  'proc(5), /proc/sys/kernel/sem_next_id',
)

export const newIdClauses: readonly Clause[] = [cyclic, wraps, wished]

const kinds: readonly Kind[] = ['sets', 'queues', 'segments']

/** The identifier of a new object; what was wished for is used up. */
export function newId(moment: Moment, kind: Kind, of: string): Expected {
  const { settings, facts } = moment.world
  const wish = settings.nextIds[kind]
  if (wish < 0) return idOf(of)
  note(moment, wished)
  setWish(moment, kind, -1)
  change(moment, { granted: withEntry(settings.granted, of, wish) })
  return facts.alone ? { is: 'new id', of, kind, wish, passed: 0 } : idOf(of)
}

function setWish(moment: Moment, kind: Kind, wish: number): void {
  const { nextIds } = moment.world.settings
  change(moment, { nextIds: { ...nextIds, [kind]: wish }, recycled: true })
}

function change(moment: Moment, settings: Partial<Settings>): void {
  const { world } = moment
  moment.world = changedWorld(world, { settings: { ...world.settings, ...settings } })
}

/** Whether a living object has the slot of one that is gone: both were wished for. */
export function hasSuccessor(
  { settings }: World,
  gone: string,
  living: Readonly<Record<string, unknown>>,
): boolean {
  const { granted } = settings
  const slot = slotOf(granted[gone])
  return slot >= 0 && Object.keys(living).some((name) => name !== gone && slotOf(granted[name]) === slot)
}

/** Linux (ipc/util.h): the low 15 bits. */
const slotOf = (id: number | undefined): number => (id === undefined ? -1 : id & 0x7fff)

type Setting = { readonly moment: Moment; readonly actor: string; readonly call: CallOf<'setnextid'> }

const refused = (errno: 'EACCES' | 'EINVAL', when: Rule<Setting>['when']): Rule<Setting> => ({
  ...wished,
  errno,
  when,
  outcome: ({ moment, actor }) => {
    fails(moment, actor, errno)
  },
})

const settingRules: readonly Rule<Setting>[] = [
  refused('EACCES', ({ moment, actor }) => !isCapable(identityOf(moment.world, actor), CAP_SYS_ADMIN)),
  refused('EINVAL', ({ call }) => call.id < 0),
  {
    ...wished,
    errno: 'none',
    when: () => true,
    outcome: ({ moment, actor, call }) => {
      setWish(moment, kinds[call.kind] ?? 'sets', call.id)
      returns(moment, actor)
    },
  },
]

export function setNextId(moment: Moment, actor: string, call: CallOf<'setnextid'>): void {
  decide(moment, settingRules, { moment, actor, call })
}

export function getNextId(moment: Moment, actor: string, call: CallOf<'getnextid'>): void {
  note(moment, wished)
  returns(moment, actor, moment.world.settings.nextIds[kinds[call.kind] ?? 'sets'])
}

/** Why the limits leave no room for another object, be it the smallest. */
const refusals: Readonly<Record<Kind, (world: World) => Errno | 'none'>> = {
  sets: (world) =>
    world.limits.semmsl < 1
      ? 'EINVAL'
      : hasAllSets(world) || countSemaphores(world) >= world.limits.semmns
        ? 'ENOSPC'
        : 'none',
  queues: (world) => (hasAllQueues(world) ? 'ENOSPC' : 'none'),
  segments: (world) =>
    world.limits.shmmax < 1
      ? 'EINVAL'
      : hasAllSegments(world) || countPages(world) >= world.limits.shmall
        ? 'ENOSPC'
        : 'none',
}

/** churn: objects that are gone before anybody sees them. What is left of them are the numbers. */
export function churn(moment: Moment, actor: string, call: CallOf<'churn'>): void {
  const { settings, facts } = moment.world
  const kind = kinds[call.kind] ?? 'sets'
  const errno = refusals[kind](moment.world)
  if (errno !== 'none') {
    note(moment, cyclic)
    fails(moment, actor, errno)
    return
  }
  const wish = settings.nextIds[kind]
  if (wish >= 0) setWish(moment, kind, -1)
  change(moment, { recycled: true })
  note(moment, cyclic)
  note(moment, wraps)
  const isOpen = !facts.alone || choose(moment, cyclic, 2) === 1
  const first: Expected = isOpen ? anything : { is: 'new id', of: '', kind, wish, passed: 0 }
  const last: Expected =
    isOpen || call.times === 1 ? anything : { is: 'new id', of: '', kind, wish: -1, passed: call.times - 2 }
  returns(moment, actor, 0, { first, last })
}
