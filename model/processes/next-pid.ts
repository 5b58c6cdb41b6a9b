import { type Expected, pidOf } from '../expected.ts'
import { isCapable } from '../identity.ts'
import { choose, decide, fails, type Moment, note, returns } from '../moment.ts'
import type { Rule } from '../rule.ts'
import type { Settings } from '../settings.ts'
import type { Call, CallOf } from '../vocabulary/forms.ts'
import { formOf } from '../vocabulary/forms.ts'
import { CAP_SYS_ADMIN } from '../vocabulary/names.ts'
import { changedWorld, identityOf, type World } from '../world.ts'
import * as clauses from './clauses/fork.ts'

interface Situation {
  readonly moment: Moment
  readonly actor: string
  readonly call: CallOf<'setnextpid'>
}

/** setnextpid: the number that the next process is to have. */
export function setNextPid(moment: Moment, actor: string, call: CallOf<'setnextpid'>): void {
  decide(moment, rules, { moment, actor, call })
}

const rules: readonly Rule<Situation>[] = [
  {
    ...clauses.nextPid,
    errno: 'EPERM',
    when: ({ moment, actor }) => !isCapable(identityOf(moment.world, actor), CAP_SYS_ADMIN),
    outcome: ({ moment, actor }) => fails(moment, actor, 'EPERM'),
  },
  {
    ...clauses.nextPid,
    errno: 'none',
    when: () => true,
    outcome: ({ moment, actor, call }) => {
      const { process } = call
      const isKnown = typeof process === 'string' && isSure(moment.world, process)
      change(moment, { pidsChosen: true, nextPid: isKnown ? process : '' })
      returns(moment, actor)
    },
  },
]

function change(moment: Moment, settings: Partial<Settings>): void {
  const { world } = moment
  moment.world = changedWorld(world, { settings: { ...world.settings, ...settings } })
}

/** Whose numbers nobody else can get: a number is held by its process, by the group and by the session that it names. */
const holders = ({ processes }: World): readonly string[] => [
  ...new Set(
    Object.entries(processes).flatMap(([name, { lifecycle }]) => [name, lifecycle.group, lifecycle.session]),
  ),
]

/** Whether no other process can have got the number of this one, which may be gone. */
const isSure = (world: World, name: string): boolean => {
  const { pidsHeld } = world.settings
  return pidsHeld === 'all' || pidsHeld.includes(name) || holders(world).includes(name)
}

/** The pid of a new process, which is in the world already: a free one, that of another process if it was asked for. */
export function newPid(moment: Moment, child: string): Expected {
  const { processes, settings } = moment.world
  if (!settings.pidsChosen) return pidOf(child)
  const { nextPid: wanted } = settings
  const pidsHeld = holders(moment.world)
  change(moment, { nextPid: '', pidsHeld })
  if (wanted === '' || wanted in processes) return pidOf(child)
  if (Object.values(processes).some(({ lifecycle }) => lifecycle.group === wanted)) {
    note(moment, clauses.heldByGroup)
    return pidOf(child)
  }
  if (pidsHeld.includes(wanted)) return pidOf(child)
  note(moment, clauses.nextPid)
  return choose(moment, clauses.nextPid, 2) === 0
    ? { is: 'pid again', of: child, first: wanted }
    : pidOf(child)
}

/** Whether the call names a process that is gone and whose number another one may have: who is meant is not known then. */
export function namesSuccessor(world: World, call: Call): boolean {
  if (world.settings.pidsHeld === 'all' || call.name === 'setnextpid') return false
  const given = call as unknown as Readonly<Record<string, unknown>>
  return formOf(call.name).arguments.some(({ name, kind }) => {
    const value = given[name]
    return kind === 'process' && typeof value === 'string' && !isSure(world, value.replace(/^-/, ''))
  })
}
