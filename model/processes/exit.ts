import { note } from '../moment.ts'
import { groupCodeInSignal, isBefore } from '../versions.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import { processOf } from '../world.ts'
import { threads as clauses } from './clauses/index.ts'
import { endProcess } from './end.ts'
import { changeLifecycle } from './lifecycle.ts'
import { noReport } from './state.ts'
import { endThread } from './thread-end.ts'
import { isThreaded, othersOf } from './threads.ts'
import type { Unrest } from './unrest.ts'

/** _exit: the process of the actor ends and nothing returns. */
export function exit(unrest: Unrest, actor: string, { status }: CallOf<'_exit'>): void {
  const { moment } = unrest
  if (isThreaded(moment.world, actor)) note(moment, clauses.groupStatus)
  const process = processOf(moment.world, actor)
  if (moment.isBeginning && !isThreaded(moment.world, actor)) {
    changeLifecycle(moment, process, { report: noReport })
    unrest.dying.set(process, { is: 'exited', code: status })
  } else endProcess(unrest, process, { is: 'exited', code: status }, actor)
}

/** The actor ends alone, or its process with it if there is no other thread. */
export function exitThread(unrest: Unrest, actor: string, { status }: CallOf<'thread_exit'>): void {
  const { moment } = unrest
  const process = processOf(moment.world, actor)
  if (othersOf(moment.world, actor).length === 0) {
    note(moment, clauses.lastThread)
    endProcess(unrest, process, { is: 'exited', code: status }, actor)
    return
  }
  endThread(unrest, actor)
  if (actor !== process) return
  note(moment, clauses.notYet)
  if (isBefore(groupCodeInSignal, moment.profile, moment.world.facts))
    changeLifecycle(moment, process, { firstCode: status })
}
