import { isCapable } from '../identity.ts'
import { choose, fails, type Moment, note, returns } from '../moment.ts'
import { withEntry } from '../records.ts'
import type { Clause } from '../rule.ts'
import { undoOf } from '../semaphores/shared-undo.ts'
import { forkClears } from '../semaphores/undo.ts'
import { forkAttachments } from '../shared-memory/lifecycle.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import { CAP_SYS_ADMIN } from '../vocabulary/names.ts'
import { changedWorld, identityOf, idle, limitsOf, type Process, processOf, type World } from '../world.ts'
import * as clauses from './clauses/fork.ts'
import { reparenting, usage } from './clauses/index.ts'
import { childrenOf, nextRank } from './lifecycle.ts'
import { newPid } from './next-pid.ts'
import { SIGCHLD } from './signals.ts'
import { changedLifecycle, type Lifecycle, noReport, nothingUsed } from './state.ts'
import { asParentThread } from './threads.ts'
import { hasUsed, usageOf } from './usage.ts'
import { lend } from './vfork.ts'

/** fork: the child is named by the variable of the call. */
export function fork(moment: Moment, actor: string, { as: child }: CallOf<'fork'>): void {
  const kinship = { ...kinshipOf(moment.world, actor), exitSignal: SIGCHLD, undoKeeper: '', lender: '' }
  beget(moment, actor, child, kinship, clauses.returnsTwice)
}

/** What of a new process is not as fork makes all of them. */
export type Kinship = Pick<
  Lifecycle,
  'parent' | 'parentThread' | 'exitSignal' | 'parentExeced' | 'undoKeeper' | 'lender'
>

/** The caller as the parent. */
export const kinshipOf = (world: World, actor: string) => ({
  parent: processOf(world, actor),
  parentThread: asParentThread(world, actor),
  parentExeced: false,
})

/** A process with a copy of the memory of the caller, or with that memory, whose call returns its pid: `why`. */
export function beget(moment: Moment, actor: string, child: string, kinship: Kinship, why: Clause): void {
  const parent = moment.world.processes[processOf(moment.world, actor)]
  if (parent === undefined) return
  if (isOneTooMany(moment, actor, parent)) {
    note(moment, clauses.tooMany)
    fails(moment, actor, 'EAGAIN')
    return
  }
  note(moment, why)
  makeChild(moment, actor, parent, child, kinship)
}

function makeChild(moment: Moment, actor: string, parent: Process, child: string, kinship: Kinship): void {
  noteInherited(moment, actor, parent, kinship)
  const lifecycle = changedLifecycle(parent.lifecycle, {
    firstThread: 'lives',
    firstCode: -1,
    parent: kinship.parent,
    parentThread: kinship.parentThread,
    exitSignal: kinship.exitSignal,
    parentExeced: kinship.parentExeced,
    undoKeeper: kinship.undoKeeper,
    lender: kinship.lender,
    rank: nextRank(moment.world, kinship.parent),
    origin: kinship.parent,
    report: noReport,
    pending: {},
    caught: {},
    subreaper: false,
    execed: false,
    deathSignal: 0,
    used: nothingUsed,
    usedByChildren: nothingUsed,
  })
  const { identity, limits } = parent
  const process: Process = { activity: idle, undo: {}, attachments: {}, lifecycle, identity, limits }
  moment.world = changedWorld(moment.world, { processes: withEntry(moment.world.processes, child, process) })
  if (kinship.lender !== '') {
    lend(moment, actor, child)
    return
  }
  forkAttachments(moment, actor, child)
  returns(moment, actor, newPid(moment, child))
}

/**
 * Whether the user has as many processes as are allowed. Linux counts those of the real user id, zombies too, and
 * exempts root and the capable; processes that the model does not know may have the same user.
 */
function isOneTooMany(moment: Moment, actor: string, { identity }: Process): boolean {
  const { processes: allowed } = limitsOf(moment.world, actor)
  if (allowed === 'usual') return false
  const mayBeExempt = identity.ruid === 0 || isCapable(identity, CAP_SYS_ADMIN)
  let count = 1
  for (const name in moment.world.processes)
    if (moment.world.processes[name]?.identity.ruid === identity.ruid) count++
  for (const name in moment.world.threads) if (identityOf(moment.world, name).ruid === identity.ruid) count++
  if (!mayBeExempt && count > allowed) return true
  return choose(moment, clauses.tooMany, 2, 'always') === 1
}

function noteInherited(moment: Moment, actor: string, { lifecycle }: Process, kinship: Kinship): void {
  note(moment, clauses.pidUnique)
  if (kinship.parent === processOf(moment.world, actor)) note(moment, clauses.parentAndGroup)
  if (lifecycle.deathSignal !== 0) note(moment, reparenting.deathSignalLost)
  if (childrenOf(moment.world, actor).length > 0) note(moment, clauses.noChildren)
  if (Object.keys(lifecycle.pending).length > 0) note(moment, clauses.noPendingSignals)
  if (lifecycle.actions[SIGCHLD] !== undefined) note(moment, clauses.dispositionInherited)
  for (const { disposition } of Object.values(lifecycle.actions)) {
    if (disposition === 'handler') note(moment, clauses.handlersInherited)
    if (disposition === 'ignore') note(moment, clauses.ignoredInherited)
  }
  if (lifecycle.blocked.length > 0) note(moment, clauses.maskInherited)
  if (hasUsed(usageOf(lifecycle))) note(moment, usage.childStartsAtZero)
  if (lifecycle.subreaper) note(moment, clauses.subreaperNotInherited)
  if (Object.keys(lifecycle.pidfds).length > 0) note(moment, clauses.descriptorsCopied)
  const undo = undoOf(moment.world, actor) ?? {}
  if (kinship.undoKeeper !== '') return
  if (Object.values(undo).some((adjustments) => adjustments.some((change) => change !== 0)))
    note(moment, forkClears)
}
