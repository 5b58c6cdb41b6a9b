import { type Moment, note } from '../moment.ts'
import { applyUndo } from '../semaphores/undo.ts'
import { endCreator } from '../shared-memory/forced.ts'
import { dropAttachments } from '../shared-memory/lifecycle.ts'
import { idle, withProcess } from '../world.ts'
import { clones, ending, interruption, reparenting, stopping, usage } from './clauses/index.ts'
import { sendDeathSignal } from './death-signal.ts'
import { lendingOf } from './lending.ts'
import { changeLifecycle, childrenOf, INIT, isBlocked, lifecycleOf, nextRank, placeOf } from './lifecycle.ts'
import { signalOrphans } from './orphans.ts'
import { SIGCHLD } from './signals.ts'
import type { Ending, Lifecycle } from './state.ts'
import { noteAdoptedZombie, tellOfEnd } from './tell.ts'
import { endOthers, removeThread } from './thread-end.ts'
import { asParentThread, threadsOf } from './threads.ts'
import { forget, type Unrest } from './unrest.ts'
import { hasUsed, usageOf } from './usage.ts'
import { bequeathMemory, giveMemoryBack } from './vfork.ts'
import { isClone, waitingOf } from './waiting.ts'

/**
 * A process ends with all its threads: what happens, in the order of Linux's do_exit (kernel/exit.c). `caller`: its thread
 * that wants it to end, if one does.
 */
export function endProcess(unrest: Unrest, name: string, end: Ending, caller = ''): void {
  const { moment } = unrest
  if (wakesLender(unrest, name)) {
    unrest.dying.set(name, end)
    return
  }
  forget(unrest, name)
  if (waitingOf(moment.world, name) !== undefined) note(moment, interruption.fatal)
  bequeathMemory(moment, name)
  const last = endOthers(unrest, name, caller)
  giveBack(moment, name, last)
  if (last !== name) removeThread(moment, last)
  giveAwayChildren(unrest, name)
  const { parent } = lifecycleOf(moment.world, name) ?? { parent: INIT }
  signalOrphans(unrest, placeOf(moment.world, name), placeOf(moment.world, parent), name)
  becomeZombie(moment, name, end)
  tellOfEnd(unrest, name)
}

/**
 * The end of a child of vfork lets its parent go on before it tells so (Linux kernel/exit.c, exit_mm and exit_notify):
 * whether the parent may come first, with signals that it meets then.
 */
function wakesLender({ moment, dying }: Unrest, name: string): boolean {
  const { lender = '' } = lifecycleOf(moment.world, name) ?? {}
  if (lender === '' || dying.has(name) || lendingOf(moment.world, lender) === undefined) return false
  giveMemoryBack(moment, name)
  const lifecycle = lifecycleOf(moment.world, lender)
  return Object.keys(lifecycle?.pending ?? {}).some((signal) => !isBlocked(lifecycle, Number(signal)))
}

/**
 * The process to which the orphans of a process go: the nearest ancestor that is a subreaper and not about to end, or
 * else the driver (Linux kernel/exit.c, find_new_reaper).
 */
export function adopterOf({ moment: { world }, dying }: Unrest, father: string): string {
  let ancestor = lifecycleOf(world, father)?.parent ?? INIT
  while (ancestor !== INIT && (dying.has(ancestor) || lifecycleOf(world, ancestor)?.subreaper === false))
    ancestor = lifecycleOf(world, ancestor)?.parent ?? INIT
  return ancestor
}

function giveBack(moment: Moment, name: string, last: string): void {
  const process = moment.world.processes[name]
  if (process === undefined) return
  const holds = Object.keys(process.undo).length + Object.keys(process.attachments).length > 0
  if (holds && process.lifecycle.parent !== INIT) note(moment, ending.resourcesFirst)
  dropAttachments(moment, name, 'exit')
  endCreator(moment, name)
  applyUndo(moment, last)
  giveMemoryBack(moment, name)
}

function giveAwayChildren(unrest: Unrest, father: string): void {
  const { moment } = unrest
  const children = childrenOf(moment.world, father)
  if (children.length === 0) return
  note(moment, ending.childrenReparented)
  const adopter = adopterOf(unrest, father)
  note(moment, adopter === INIT ? reparenting.toInit : reparenting.toSubreaper)
  const before = placeOf(moment.world, father)
  for (const child of children) {
    const place = placeOf(moment.world, child)
    sendDeathSignal(unrest, child, father)
    adopt(unrest, child, adopter)
    signalOrphans(unrest, place, before, '')
  }
}

function adopt(unrest: Unrest, child: string, adopter: string): void {
  const { moment } = unrest
  if (adopter !== INIT && isClone(lifecycleOf(moment.world, child))) note(moment, clones.normalised)
  const [thread = ''] = threadsOf(moment.world, adopter)
  changeLifecycle(moment, child, {
    parent: adopter,
    parentThread: asParentThread(moment.world, thread),
    rank: nextRank(moment.world, adopter),
    exitSignal: SIGCHLD,
  })
  const { life, report } = lifecycleOf(moment.world, child) ?? { life: 'running', report: { is: 'none' } }
  if (life === 'zombie') {
    if (hasUsed(usageOf(lifecycleOf(moment.world, child)))) note(moment, usage.unwaitedNotCounted)
    tellOfEnd(unrest, child)
    noteAdoptedZombie(moment, child, adopter)
  } else if (report.is !== 'none' && adopter !== INIT) note(moment, reparenting.stopSurvives)
}

function becomeZombie(moment: Moment, name: string, end: Ending): void {
  const before = lifecycleOf(moment.world, name)
  if (before === undefined) return
  if (before.report.is !== 'none') note(moment, stopping.endOverwrites)
  const lifecycle: Lifecycle = {
    ...before,
    life: 'zombie',
    firstThread: 'lives',
    report: end,
    actions: {},
    blocked: [],
    pending: {},
    caught: {},
    subreaper: false,
    pidfds: {},
  }
  moment.world = withProcess(moment.world, name, { activity: idle, undo: {}, attachments: {}, lifecycle })
}
