import { pidOf } from '../expected.ts'
import { type Moment, note, returns } from '../moment.ts'
import { undoOf } from '../semaphores/shared-undo.ts'
import { forkClears } from '../semaphores/undo.ts'
import { forkAttachments } from '../shared-memory/lifecycle.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import { idle, type Process } from '../world.ts'
import * as clauses from './clauses/fork.ts'
import { reparenting } from './clauses/index.ts'
import { childrenOf, nextRank } from './lifecycle.ts'
import { SIGCHLD } from './signals.ts'
import { type Lifecycle, noReport } from './state.ts'

/** fork: the child is named by the variable of the call. */
export function fork(moment: Moment, actor: string, { as: child }: CallOf<'fork'>): void {
  note(moment, clauses.returnsTwice)
  beget(moment, actor, child, { parent: actor, exitSignal: SIGCHLD, parentExeced: false, undoKeeper: '' })
}

/** What of a new process is not as fork makes all of them. */
type Kinship = Pick<Lifecycle, 'parent' | 'exitSignal' | 'parentExeced' | 'undoKeeper'>

/** A process with a copy of the memory of the caller, whose call returns its pid. */
export function beget(moment: Moment, actor: string, child: string, kinship: Kinship): void {
  const parent = moment.world.processes[actor]
  if (parent === undefined) return
  noteInherited(moment, actor, parent, kinship)
  const lifecycle: Lifecycle = {
    ...parent.lifecycle,
    ...kinship,
    rank: nextRank(moment.world, kinship.parent),
    origin: kinship.parent,
    report: noReport,
    pending: {},
    caught: {},
    subreaper: false,
    execed: false,
    deathSignal: 0,
  }
  const process: Process = { activity: idle, undo: {}, attachments: {}, lifecycle, identity: parent.identity }
  moment.world = { ...moment.world, processes: { ...moment.world.processes, [child]: process } }
  forkAttachments(moment, actor, child)
  returns(moment, actor, pidOf(child))
}

function noteInherited(moment: Moment, actor: string, { lifecycle }: Process, kinship: Kinship): void {
  note(moment, clauses.pidUnique)
  if (kinship.parent === actor) note(moment, clauses.parentAndGroup)
  if (lifecycle.deathSignal !== 0) note(moment, reparenting.deathSignalLost)
  if (childrenOf(moment.world, actor).length > 0) note(moment, clauses.noChildren)
  if (Object.keys(lifecycle.pending).length > 0) note(moment, clauses.noPendingSignals)
  if (lifecycle.actions[SIGCHLD] !== undefined) note(moment, clauses.dispositionInherited)
  for (const { disposition } of Object.values(lifecycle.actions)) {
    if (disposition === 'handler') note(moment, clauses.handlersInherited)
    if (disposition === 'ignore') note(moment, clauses.ignoredInherited)
  }
  if (lifecycle.blocked.length > 0) note(moment, clauses.maskInherited)
  if (lifecycle.subreaper) note(moment, clauses.subreaperNotInherited)
  if (Object.keys(lifecycle.pidfds).length > 0) note(moment, clauses.descriptorsCopied)
  const undo = undoOf(moment.world, actor) ?? {}
  if (kinship.undoKeeper !== '') return
  if (Object.values(undo).some((adjustments) => adjustments.some((change) => change !== 0)))
    note(moment, forkClears)
}
