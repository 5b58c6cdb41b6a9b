import { type Expected, pidOf } from '../expected.ts'
import { choose, type Moment, note } from '../moment.ts'
import { lifecycleOf } from '../processes/lifecycle.ts'
import type { Facts, Permission } from '../world.ts'
import { classBits, grants, READ } from './access.ts'
import {
  alterChecked,
  checkedPerCall,
  creatorKeepsAccess,
  deadPid,
  idInherited,
  ownerClassOnly,
  readChecked,
} from './control.ts'

interface Protected {
  readonly permission: Permission
  /** The mode at creation. */
  readonly initialMode: number
}

/** Notes which clauses about permission the caller's request shows, granted or refused. */
export function noteAccess(
  moment: Moment,
  actor: string,
  { permission, initialMode }: Protected,
  request: number,
): void {
  const { facts } = moment.world
  const granted = grants(facts, permission, request)
  if (!granted) {
    note(moment, request === READ ? readChecked : alterChecked)
    if (grantsOthers(permission, request)) note(moment, ownerClassOnly)
  } else {
    noteInherited(moment, actor)
    if (permission.uid !== facts.uid && !grantsStranger(facts, permission, request))
      note(moment, creatorKeepsAccess)
  }
  if (permission.mode === initialMode) return
  if (grants(facts, { ...permission, mode: initialMode }, request) !== granted) note(moment, checkedPerCall)
}

/** A process that did not exist at the start uses an identifier that others made. */
export function noteInherited(moment: Moment, actor: string): void {
  if (lifecycleOf(moment.world, actor)?.origin !== 'init') note(moment, idInherited)
}

/** The pid that an object recorded, whose process may have ended long since; '' is none. */
export function recordedPid(moment: Moment, process: string): Expected {
  if (process === '' || moment.world.processes[process] !== undefined) return pidOf(process)
  note(moment, deadPid)
  return choose(moment, deadPid, 2) === 0 ? pidOf(process) : 0
}

const grantsOthers = ({ mode }: Permission, request: number) => ((mode | (mode >> 3)) & request) === request

/** What the caller could do if the creator had no say. */
const grantsStranger = (facts: Facts, permission: Permission, request: number) =>
  (request & ~classBits(facts, { ...permission, cuid: permission.uid })) === 0
