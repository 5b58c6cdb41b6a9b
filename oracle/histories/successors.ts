import type { Call } from '../../model/vocabulary/forms.ts'
import { type Errno, errnos } from '../../model/vocabulary/names.ts'
import type { Bindings, Context } from '../bindings.ts'
import { matchEvent } from '../match-step.ts'
import type { Effect, Effects } from './effects.ts'
import { type Fates, mayHaveEnded } from './fates.ts'
import { hasDeadline, losesItsTime, waitsFor } from './late.ts'
import { type Line, type LineCall, lostBy, objectOf, removes } from './lines.ts'
import type { Needs } from './message-order.ts'
import { type Node, nextCall } from './node.ts'

export interface Search {
  readonly lines: readonly Line[]
  readonly effects: Effects
  readonly context: Context
  /** Nanoseconds of a unit of the history's clock. */
  readonly unit: number
  /** Effects that may be tried. */
  readonly budget: number
  /** By the index of a call, how many calls of each line must be over before it (see `message-order.ts`). */
  readonly needs: Needs
  /** How processes are known to end; a world in which one ends otherwise is not followed. */
  readonly fates: Fates
}

/** Where the search may go on when the next call of a line takes effect. */
export function successors(node: Node, at: number, bound: number, asked: Search): readonly Node[] {
  const { lines, effects } = asked
  if (at >= lines.length) return later(node, at - lines.length, bound, asked)
  const line = lines[at] as Line
  const call = nextCall(node, lines, at) as LineCall
  if (call.asleepAt === undefined && !effects.sight.sleepers && isEarly(node, asked.needs[call.at])) return []
  const found: Node[] = []
  if ((node.asleep >> at) & 1) return rise(node, at, line.actor, effects)
  const isSlept = call.asleepAt === undefined || ((node.risen >> at) & 1 && call.asleepAt <= bound)
  if (isSlept && (node.removed >> at) & 1)
    for (const errno of mayLose(call)) found.push(overWithoutEffect(node, at, call, errno, ['rmid.race']))
  for (const effect of effects.of(node.place, line.actor, call.call)) {
    if (effect.sleeps) {
      if (isSlept) found.push(...wakesByItself(node, at, call, effect, asked))
      if (!maySleep(node, at, call, bound, asked)) continue
    }
    const next = follow(node, at, call, effect, bound, asked)
    if (next !== undefined) found.push(next)
  }
  return found
}

/** One of those who have something left to do does it. */
function later(node: Node, nth: number, bound: number, asked: Search): readonly Node[] {
  const { effects } = asked
  const actor = effects.unfinished(node.place)[nth] as string
  return effects
    .later(node.place, actor)
    .map((effect) => follow(node, NOBODY, undefined, effect, bound, asked))
    .filter((next) => next !== undefined)
}

/** No line. */
const NOBODY = -1

function isEarly({ made }: Node, need: readonly number[] | undefined): boolean {
  if (need === undefined) return false
  for (let at = 0; at < need.length; at++) if ((need[at] as number) > (made[at] as number)) return true
  return false
}

/**
 * What a call comes to whose object is removed between its look-up and its effect. Where its time is over just then, Linux
 * says EINTR (see model/open-questions.md).
 */
function mayLose(call: LineCall): readonly Errno[] {
  if (errnoOf(call) === errnos.EIDRM && !removes(call.call)) return ['EIDRM']
  if (losesItsTime(call, errnoOf(call))) return ['EINTR']
  if (!call.isOpen || removes(call.call)) return []
  return losesItsTime(call, errnos.EINTR) ? ['EIDRM', 'EINTR'] : ['EIDRM']
}

/** The sleeper as if it had not begun its call. */
function rise(node: Node, at: number, actor: string, effects: Effects): readonly Node[] {
  const place = effects.risen(node.place, actor)
  if (place === undefined) return []
  const bit = 1 << at
  return [
    {
      place,
      bindings: node.bindings,
      made: node.made,
      asleep: node.asleep & ~bit,
      removed: node.removed,
      risen: node.risen | bit,
      spent: node.spent,
      signals: node.signals,
      depth: node.depth - 1,
      before: node.before,
      effected: node.effected,
      came: [],
    },
  ]
}

const errnoOf = ({ seen }: LineCall) => (seen?.is === 'returned' ? seen.errno : 0)

function overWithoutEffect(
  node: Node,
  at: number,
  call: LineCall,
  errno: Errno,
  rules: readonly string[],
  signals: readonly number[] = node.signals,
): Node {
  const bit = 1 << at
  return {
    place: node.place,
    bindings: node.bindings,
    made: raised(node.made, at),
    asleep: node.asleep,
    removed: node.removed & ~bit,
    risen: node.risen & ~bit,
    spent: node.spent,
    signals,
    depth: node.depth + 1,
    before: node,
    effected: { at: call.at, sleeps: false, returned: [call.at], rules },
    came: [{ is: 'returned', actor: call.actor, result: { value: -1, errno, out: null } }],
  }
}

const raised = (counts: readonly number[], at: number, by = 1): readonly number[] => {
  const changed = counts.slice()
  changed[at] = (changed[at] ?? 0) + by
  return changed
}

/** The call would sleep here, and has come back because of a signal or because its time was over. */
function wakesByItself(
  node: Node,
  at: number,
  call: LineCall,
  { outcome: { rules } }: Effect,
  { unit }: Search,
): readonly Node[] {
  const errno = errnoOf(call)
  const hasSignal = (node.signals[at] ?? 0) > 0
  const found: Node[] = []
  if (waitsFor(call, errno, unit) || (call.isOpen && hasDeadline(call)))
    found.push(overWithoutEffect(node, at, call, 'EAGAIN', rules))
  else if (!call.isOpen && errno !== errnos.EINTR) return found
  if (hasSignal && (call.isOpen || found.length === 0))
    found.push(overWithoutEffect(node, at, call, 'EINTR', rules, raised(node.signals, at, -1)))
  return found
}

/**
 * Whether the world in which the call sleeps is to be looked at. Sleeping has no effect, so a call that comes back may as
 * well be made later: only who counts sleepers could tell. One that was seen asleep is made when nothing else is left to be
 * done before. Where signals are met later, who is interrupted or ends slept before, and who sleeps in the end has nothing left to do.
 */
function maySleep(node: Node, at: number, call: LineCall, bound: number, { effects }: Search): boolean {
  const { asleepAt, madeBy, isOpen } = call
  const { sleepers, lives } = effects.sight
  if (isOpen || sleepers) return true
  if (lives && (isEnded(call) || errnoOf(call) === errnos.EINTR)) return true
  if (asleepAt === undefined || madeBy > bound || (node.risen >> at) & 1) return false
  return effects.unfinished(node.place).length === 0
}

const isEnded = ({ seen }: LineCall) => seen?.is === 'ended'

/** The calls that are matched: one object for all, since making one for each takes longer than matching. */
const inCall: Record<string, Call> = {}

function follow(
  node: Node,
  at: number,
  call: LineCall | undefined,
  effect: Effect,
  bound: number,
  { lines, context, effects, fates }: Search,
): Node | undefined {
  if (call?.asleepAt !== undefined && !effect.sleeps && !((node.risen >> at) & 1)) return undefined
  const { lives } = effects.sight
  let bindings: Bindings | undefined = node.bindings
  let { made, removed, risen, spent } = node
  let asleep = effect.sleeps && call !== undefined ? node.asleep | (1 << at) : node.asleep
  const returned: number[] = []
  for (const event of effect.events) {
    if (event.is === 'ended' && !mayHaveEnded(fates, event.actor, effect.place.world)) return undefined
    const line = event.actor === call?.actor ? at : lines.findIndex(({ actor }) => actor === event.actor)
    if (line < 0) {
      if (lives && event.is !== 'returned') continue
      return undefined
    }
    const its = line === at ? call : nextCall(node, lines, line)
    if (lives && its !== undefined && isEnded(its) && event.is !== 'ended') {
      // What came of it nobody has seen: it ended on its way back.
      if (event.is === 'returned') {
        spent |= 1 << line
        asleep &= ~(1 << line)
      }
      continue
    }
    if (lives && event.is === 'ended') {
      if (its === undefined) continue
      if (its.begin > bound || !(isEnded(its) || isUnknown(its))) return undefined
    } else if (its === undefined || (line !== at && !((node.asleep >> line) & 1))) {
      if (event.is === 'returned' || event.is === 'faulted') return undefined
      continue
    }
    if (its.asleepAt !== undefined && bound < its.asleepAt) return undefined
    if (its.seen === null) {
      if (its.asleepAt !== undefined) return undefined
    } else {
      inCall[event.actor] = its.call
      bindings = matchEvent(event, its.seen, inCall, bindings, effect.outcome.world, context)
      if (bindings === undefined) return undefined
    }
    made = raised(made, line)
    asleep &= ~(1 << line)
    removed &= ~(1 << line)
    risen &= ~(1 << line)
    spent &= ~(1 << line)
    returned.push(its.at)
  }
  const slept = returned.length === 0 ? 0 : awake(node, returned, lines)
  return {
    place: effect.place,
    bindings,
    made,
    asleep,
    removed:
      call === undefined
        ? removed
        : removed | losing(node, at, lostBy(call.call, node.place.world, effect.place.world), bound, lines),
    risen,
    spent,
    signals:
      call === undefined || node.signals.length === 0 ? node.signals : signalled(node, call.call, lines),
    depth: node.depth + (effect.sleeps && call !== undefined ? 1 : 0) + returned.length - slept,
    before: node,
    effected: {
      at: call?.at ?? NOBODY,
      sleeps: effect.sleeps && call !== undefined,
      returned,
      rules: effect.outcome.rules,
    },
    came: effect.events,
  }
}

/** Nobody knows what came of it. */
const isUnknown = ({ seen, asleepAt }: LineCall) => seen === null && asleepAt === undefined

/** How many of those that came back slept before, and were counted then. */
function awake(node: Node, returned: readonly number[], lines: readonly Line[]): number {
  if (node.asleep === 0) return 0
  let count = 0
  for (let at = 0; at < lines.length; at++)
    if ((node.asleep >> at) & 1 && returned.includes(nextCall(node, lines, at)?.at ?? -1)) count++
  return count
}

/** The lines whose next call may have looked the object up before it was removed. */
function losing(
  node: Node,
  remover: number,
  object: string | undefined,
  bound: number,
  lines: readonly Line[],
): number {
  if (object === undefined) return 0
  let bits = 0
  for (let at = 0; at < lines.length; at++) {
    if (at === remover || (node.asleep >> at) & 1) continue
    const other = nextCall(node, lines, at)
    if (other !== undefined && other.begin <= bound && objectOf(node.place.world, other.call) === object)
      bits |= 1 << at
  }
  return bits
}

function signalled(node: Node, call: Call, lines: readonly Line[]): readonly number[] {
  if (call.name !== 'kill') return node.signals
  const at = lines.findIndex(({ actor }) => actor === call.process)
  return at < 0 ? node.signals : raised(node.signals, at)
}
