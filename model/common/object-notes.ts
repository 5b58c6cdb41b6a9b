import { type Expected, pidOf } from '../expected.ts'
import { type Identity, isCapable } from '../identity.ts'
import { choose, type Moment, note } from '../moment.ts'
import { changedPermission } from '../permission.ts'
import { lifecycleOf } from '../processes/lifecycle.ts'
import { CAP_IPC_OWNER, CAP_SYS_ADMIN } from '../vocabulary/names.ts'
import { identityOf, type Permission } from '../world.ts'
import { ALTER, classGrants, classOf, grants, isOwner, READ } from './access.ts'
import {
  adminNotData,
  alterChecked,
  checkedPerCall,
  creatorKeepsAccess,
  deadPid,
  effectiveUser,
  groupClassOnly,
  idInherited,
  otherClass,
  ownerClassOnly,
  ownerPrivilege,
  ownersOnly,
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
  const caller = identityOf(moment.world, actor)
  const granted = grants(caller, permission, request)
  if (!granted) note(moment, request === READ ? readChecked : alterChecked)
  else noteInherited(moment, actor)
  noteClass(moment, actor, permission, request)
  if (permission.mode === initialMode) return
  if (grants(caller, changedPermission(permission, { mode: initialMode }), request) !== granted)
    note(moment, checkedPerCall)
}

/** Notes why the caller's request is granted or refused: its class, its privilege, the ids that count. */
export function noteClass(moment: Moment, actor: string, permission: Permission, request: number): void {
  const caller = identityOf(moment.world, actor)
  const byClass = classGrants(caller, permission, request)
  const is = classOf(caller, permission)
  if (is === 'group') note(moment, groupClassOnly)
  if (is === 'other') note(moment, otherClass)
  if (is === 'owner' && !byClass && grantsOthers(permission, request)) note(moment, ownerClassOnly)
  if (!byClass && isCapable(caller, CAP_IPC_OWNER)) note(moment, ownerPrivilege)
  if (!byClass && !isCapable(caller, CAP_IPC_OWNER) && isCapable(caller, CAP_SYS_ADMIN))
    note(moment, adminNotData)
  if (byClass && permission.uid !== caller.uid && !classGrants(caller, uncreated(permission), request))
    note(moment, creatorKeepsAccess)
  noteReal(moment, caller, permission, (other) => classGrants(other, permission, request))
}

/** Notes which clauses about owners an IPC_SET or IPC_RMID shows, allowed or refused. */
export function noteChange(moment: Moment, actor: string, permission: Permission | undefined): void {
  if (permission === undefined) return
  const caller = identityOf(moment.world, actor)
  noteStranger(moment, actor, permission)
  if (!isOwner(caller, permission)) return
  if (permission.uid !== caller.uid || !classGrants(caller, permission, READ | ALTER))
    note(moment, ownersOnly)
  if (permission.uid !== caller.uid) note(moment, creatorKeepsAccess)
  noteInherited(moment, actor)
}

/** What it shows that somebody changes, or may not change, an object of somebody else. */
export function noteStranger(moment: Moment, actor: string, permission: Permission): void {
  const caller = identityOf(moment.world, actor)
  noteReal(moment, caller, permission, (other) => isOwner(other, permission))
  if (isOwner(caller, permission) || !isCapable(caller, CAP_SYS_ADMIN)) return
  note(moment, ownersOnly)
  if (!grants(caller, permission, READ) || !grants(caller, permission, ALTER)) note(moment, adminNotData)
}

/** Whether it would make a difference if the real user id counted. */
function noteReal(
  moment: Moment,
  caller: Identity,
  permission: Permission,
  allows: (caller: Identity) => boolean,
): void {
  if (caller.ruid === caller.uid) return
  const real = { ...caller, uid: caller.ruid }
  if (allows(real) !== allows(caller) || classOf(real, permission) !== classOf(caller, permission))
    note(moment, effectiveUser)
}

/** A process that did not exist at the start uses an identifier that others made. */
export function noteInherited(moment: Moment, actor: string): void {
  if (lifecycleOf(moment.world, actor)?.origin !== 'init') note(moment, idInherited)
}

/** The pid that an object recorded, whose process may have ended long since; '' is none. */
export function recordedPid(moment: Moment, process: string): Expected {
  const { processes, threads } = moment.world
  if (process === '' || processes[process] !== undefined || threads[process] !== undefined)
    return pidOf(process)
  note(moment, deadPid)
  return choose(moment, deadPid, 2) === 0 ? pidOf(process) : 0
}

const grantsOthers = ({ mode }: Permission, request: number) => ((mode | (mode >> 3)) & request) === request

/** The permission if the creator had no say. */
const uncreated = (permission: Permission): Permission =>
  changedPermission(permission, { cuid: permission.uid, cgid: permission.gid })
