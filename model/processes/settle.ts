import { choose, happens, type Moment } from '../moment.ts'
import { inSpaceOf } from '../spaces.ts'
import type { Call } from '../vocabulary/forms.ts'
import { activityOf, actorsOf } from '../world.ts'
import { anyOrder } from './clauses/order.ts'
import { act, deliverable } from './deliver.ts'
import { entangled, isEnding, mayBeOvertaken } from './interference.ts'
import { lifecycleOf } from './lifecycle.ts'
import { mayReturn } from './look-again.ts'
import { leaveCall } from './sleepers.ts'
import { leaveUndone, type Unrest, unrestOf } from './unrest.ts'

/** A call that can change the lives of processes: what it does itself; the rest follows. */
export type Doing<C extends Call> = (unrest: Unrest, actor: string, call: C) => void

/**
 * Performs a call and everything that follows from it until the system is at rest, and then tells who ended, stopped
 * or was continued. A call that only begins leaves what follows to others: see `actLater`.
 */
export const untilRest =
  <C extends Call>(doing: Doing<C>) =>
  (moment: Moment, actor: string, call: C): void => {
    const before = moment.world
    const unrest = unrestOf(moment)
    doing(unrest, actor, call)
    if (moment.isBeginning) endWithOwn(unrest)
    else settle(unrest)
    tellLives(moment, before)
  }

/** Who still has something to do, when calls only began. */
export function unfinished(moment: Moment): readonly string[] {
  const unrest = unrestOf(moment)
  return actorsOf(moment.world).filter((name) => isReady(unrest, name))
}

/** One of them does it. */
export function actLater(moment: Moment, name: string): void {
  const before = moment.world
  const unrest = unrestOf(moment)
  inSpaceOf(moment, name, () => act(unrest, name))
  endWithOwn(unrest)
  tellLives(moment, before)
}

/** Whose call is over returns; all else is left undone. */
function endWithOwn(unrest: Unrest): void {
  const { moment } = unrest
  for (const name of actorsOf(moment.world))
    if (lifecycleOf(moment.world, name)?.life === 'running' && !unrest.dying.has(name))
      leaveCall(moment, name)
  leaveUndone(unrest)
}

function settle(unrest: Unrest): void {
  const { moment } = unrest
  for (;;) {
    const ready = actorsOf(moment.world).filter((name) => isReady(unrest, name))
    const leaving = ready.find((name) => onlyLeaves(unrest, name) && !isOvertaken(unrest, name, ready))
    if (leaving !== undefined) {
      leaveCall(moment, leaving)
      continue
    }
    if (ready.length === 0) {
      for (const name of actorsOf(moment.world)) mayReturn(unrest, name)
      if (!actorsOf(moment.world).some((name) => isReady(unrest, name))) return
      continue
    }
    const candidates = entangled(unrest, ready)
    const next = candidates[choose(moment, anyOrder, candidates.length, 'always')]
    if (next !== undefined) inSpaceOf(moment, next, () => act(unrest, next))
  }
}

function isReady(unrest: Unrest, name: string): boolean {
  const { moment, resumed, dying, woken } = unrest
  if (name in moment.world.threads && isEnding(unrest, name)) return false
  if (dying.has(name) || deliverable(moment, name).length > 0) return true
  if (lifecycleOf(moment.world, name)?.life !== 'running') return false
  return resumed.has(name) || woken.has(name) || isLeaving(moment, name)
}

function isLeaving(moment: Moment, name: string): boolean {
  const activity = activityOf(moment.world, name)
  return activity !== undefined && activity.is !== 'idle' && activity.on.in === 'return'
}

const isOvertaken = (unrest: Unrest, name: string, ready: readonly string[]) =>
  mayBeOvertaken(unrest, name) && ready.some((other) => isEnding(unrest, other))

/** Can return before it does anything else: no other process can notice when. */
const onlyLeaves = ({ moment, dying }: Unrest, name: string) =>
  isLeaving(moment, name) &&
  !dying.has(name) &&
  deliverable(moment, name).length === 0 &&
  lifecycleOf(moment.world, name)?.life === 'running'

function tellLives(moment: Moment, before: Moment['world']): void {
  for (const name in before.threads)
    if (moment.world.threads[name] === undefined) happens(moment, { is: 'ended', actor: name })
  for (const name of Object.keys(before.processes)) {
    const was = before.processes[name]?.lifecycle.life
    const now = lifecycleOf(moment.world, name)?.life ?? 'zombie'
    const hadEnded = before.processes[name]?.lifecycle.firstThread !== 'lives'
    const hasEnded = now === 'zombie' || lifecycleOf(moment.world, name)?.firstThread !== 'lives'
    if (was === 'zombie' || hadEnded || (was === now && !hasEnded)) continue
    const is = hasEnded ? 'ended' : now === 'stopped' ? 'stopped' : 'continued'
    happens(moment, { is, actor: name })
  }
}
