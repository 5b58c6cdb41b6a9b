import { ALTER, classBits, grants, READ } from '../common/access.ts'
import { alterChecked, creatorKeepsAccess, ownerClassOnly, readChecked } from '../common/control.ts'
import { type Moment, note } from '../moment.ts'
import { rootActors } from '../vocabulary/scenario.ts'
import type { Facts, Permission } from '../world.ts'
import { alters } from './attempt.ts'
import * as clauses from './clauses.ts'
import type { SemaphoreSet, SemopCall } from './state.ts'

/** The permission that an operation array needs. */
export const requestOf = ({ operations }: SemopCall): number => (operations.some(alters) ? ALTER : READ)

/** Notes which clauses about permission the caller's request shows, granted or refused. */
export function noteAccess(moment: Moment, actor: string, set: SemaphoreSet, request: number): void {
  const { facts } = moment.world
  const { permission, initialMode } = set
  const granted = grants(facts, permission, request)
  if (!granted) {
    note(moment, request === READ ? readChecked : alterChecked)
    if (grantsOthers(permission, request)) note(moment, ownerClassOnly)
  } else {
    noteInherited(moment, actor)
    if (permission.uid !== facts.uid && !grantsStranger(facts, permission, request))
      note(moment, creatorKeepsAccess)
  }
  const atCreation = { ...permission, mode: initialMode }
  if (permission.mode !== initialMode && grants(facts, atCreation, request) !== granted)
    note(moment, clauses.checkedPerCall)
}

/** A process that did not exist at the start uses an identifier that others made. */
export function noteInherited(moment: Moment, actor: string): void {
  if (!isRoot(actor)) note(moment, clauses.idInherited)
}

const isRoot = (actor: string) => (rootActors as readonly string[]).includes(actor)

const grantsOthers = ({ mode }: Permission, request: number) => ((mode | (mode >> 3)) & request) === request

/** What the caller could do if the creator had no say. */
const grantsStranger = (facts: Facts, permission: Permission, request: number) =>
  (request & ~classBits(facts, { ...permission, cuid: permission.uid })) === 0
