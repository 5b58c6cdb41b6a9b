import { note } from '../moment.ts'
import type { World } from '../world.ts'
import { orphans } from './clauses/index.ts'
import { actionOf, isAlive, isPending, lifecycleOf, membersOf, placeOf } from './lifecycle.ts'
import { send } from './send.ts'
import { SIGCONT, SIGHUP, SIGKILL } from './signals.ts'
import type { Unrest } from './unrest.ts'

interface Place {
  readonly group: string
  readonly session: string
}

/** No member (but the one that is about to end) has a parent in another group of the same session. */
export function isOrphaned(world: World, group: string, ending: string): boolean {
  return !aliveMembers(world, group, ending).some((name) => {
    const lifecycle = lifecycleOf(world, name)
    return lifecycle !== undefined && isConnection(placeOf(world, lifecycle.parent), lifecycle)
  })
}

/**
 * `father` ends: if that leaves the group of one of its children, or its own group (`ending` is itself), orphaned, and
 * a member is stopped, the members get SIGHUP and SIGCONT. Linux kernel/exit.c, kill_orphaned_pgrp.
 */
export function signalOrphans(unrest: Unrest, place: Place, father: Place, ending: string): void {
  const { moment } = unrest
  if (!isConnection(father, place)) return
  const members = aliveMembers(moment.world, place.group, ending)
  const isOneStopped = members.some((name) => isStopped(moment.world, name))
  if (!isOrphaned(moment.world, place.group, ending)) {
    if (isOneStopped && ending === '') note(moment, orphans.adopterInSession)
    return
  }
  if (!isOneStopped) {
    if (members.length > 0) note(moment, orphans.nobodyStopped)
    return
  }
  note(moment, orphans.hangUpAndContinue)
  for (const name of members) {
    const { disposition } = actionOf(lifecycleOf(moment.world, name), SIGHUP)
    if (disposition !== 'default') note(moment, orphans.hangUpCaught)
  }
  for (const signal of [SIGHUP, SIGCONT])
    for (const name of members) send(unrest, name, signal, { from: 'kernel' })
}

/** A parent in another group of the same session keeps the group from being orphaned. */
const isConnection = (parent: Place, child: Place) =>
  parent.group !== child.group && parent.session === child.session

/** A process that was sent SIGKILL is not stopped any more (Linux kernel/signal.c, complete_signal). */
function isStopped(world: World, name: string): boolean {
  const lifecycle = lifecycleOf(world, name)
  return lifecycle?.life === 'stopped' && !isPending(lifecycle, SIGKILL)
}

const aliveMembers = (world: World, group: string, ending: string) =>
  membersOf(world, group).filter((name) => name !== ending && isAlive(world, name))
