import { pidOf } from '../expected.ts'
import { type Moment, note, returns } from '../moment.ts'
import { forkClears } from '../semaphores/undo.ts'
import { forkAttachments } from '../shared-memory/lifecycle.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import { idle, type Process } from '../world.ts'
import * as clauses from './clauses/fork.ts'
import { childrenOf, nextRank } from './lifecycle.ts'
import { SIGCHLD } from './signals.ts'
import { type Lifecycle, noReport } from './state.ts'

/** fork: the child is named by the variable of the call. */
export function fork(moment: Moment, actor: string, { as: child }: CallOf<'fork'>): void {
  const parent = moment.world.processes[actor]
  if (parent === undefined) return
  noteInherited(moment, actor, parent)
  const lifecycle: Lifecycle = {
    ...parent.lifecycle,
    parent: actor,
    rank: nextRank(moment.world, actor),
    origin: actor,
    report: noReport,
    pending: {},
    caught: {},
    subreaper: false,
    execed: false,
  }
  const process: Process = { activity: idle, undo: {}, attachments: {}, lifecycle, identity: parent.identity }
  moment.world = { ...moment.world, processes: { ...moment.world.processes, [child]: process } }
  forkAttachments(moment, actor, child)
  returns(moment, actor, pidOf(child))
}

function noteInherited(moment: Moment, actor: string, { undo, lifecycle }: Process): void {
  note(moment, clauses.returnsTwice)
  note(moment, clauses.pidUnique)
  note(moment, clauses.parentAndGroup)
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
  if (Object.values(undo).some((adjustments) => adjustments.some((change) => change !== 0)))
    note(moment, forkClears)
}
