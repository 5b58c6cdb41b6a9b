import { isCapable } from '../identity.ts'
import { CAP_KILL } from '../vocabulary/names.ts'
import { identityOf, type World } from '../world.ts'
import { lifecycleOf } from './lifecycle.ts'
import { SIGCONT } from './signals.ts'

/** Whether a process may send another one the signal (Linux kernel/signal.c, check_kill_permission). */
export function mayKill(world: World, actor: string, target: string, signal: number): boolean {
  return actor === target || isKin(world, actor, target) || isContinued(world, actor, target, signal)
}

/** Whether their user ids or a capability permit it. The saved user id is always the effective one here. */
export function isKin(world: World, actor: string, target: string): boolean {
  const sender = identityOf(world, actor)
  const { uid, ruid } = identityOf(world, target)
  return [uid, ruid].some((id) => id === sender.uid || id === sender.ruid) || isCapable(sender, CAP_KILL)
}

const isContinued = (world: World, actor: string, target: string, signal: number) =>
  signal === SIGCONT && lifecycleOf(world, actor)?.session === lifecycleOf(world, target)?.session
