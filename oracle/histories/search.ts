import type { ExpectedEvent } from '../../model/expected.ts'
import type { Call } from '../../model/vocabulary/forms.ts'
import { type Errno, errnos } from '../../model/vocabulary/names.ts'
import type { Bindings, Context } from '../bindings.ts'
import { matchEvent } from '../match-step.ts'
import type { Effect, Effects, Place } from './effects.ts'
import type { Effected } from './history.ts'
import { hasDeadline, losesItsTime, waitsFor } from './late.ts'
import { type Line, type LineCall, lostBy, objectOf, removes } from './lines.ts'

/** Where a search has come to: which calls of each line are over, who sleeps, and in which world. */
export interface Node {
  readonly place: Place
  readonly bindings: Bindings
  /** How many calls of each line have come back. */
  readonly made: readonly number[]
  /** Lines whose next call has begun and sleeps, as bits. */
  readonly asleep: number
  /** Lines whose next call may have found its object before it was removed, as bits. */
  readonly removed: number
  /** Lines whose next call has slept and is to be made again, as bits. */
  readonly risen: number
  /** Signals that each line was sent and that have not interrupted anything. */
  readonly signals: readonly number[]
  /** Calls that are over or asleep. */
  readonly depth: number
  readonly before: Node | null
  readonly effected: Effected | null
  /** What has come back since the node before. */
  readonly came: readonly ExpectedEvent[]
}

export interface Search {
  readonly lines: readonly Line[]
  readonly effects: Effects
  readonly context: Context
  /** Nanoseconds of a unit of the history's clock. */
  readonly unit: number
  /** Effects that may be tried. */
  readonly budget: number
}

export interface Found {
  /** The end of an order that explains everything; null: there is none, or none was found in time. */
  readonly end: Node | null
  /** A node as far as any order leads. */
  readonly farthest: Node
  readonly tried: number
  readonly isExhausted: boolean
}

interface Frame {
  readonly node: Node
  readonly candidates: readonly number[]
  readonly bound: number
  next: number
  /** What is still to be tried of the candidate before `next`. */
  nodes: readonly Node[]
  at: number
}

/**
 * Looks for an order of effects within the intervals that is a run of the model: depth first, the call that was back first
 * before the others, and no state twice (Wing and Gong, Lowe).
 */
export function search(start: Place, bindings: Bindings, asked: Search): Found {
  const { lines, budget } = asked
  const root = rootOf(start, bindings, lines)
  const isNew = createSeen(asked, bindings)
  let farthest = root
  let tried = 0
  const stack: Frame[] = [frameOf(root, lines)]
  while (stack.length > 0) {
    const frame = stack[stack.length - 1] as Frame
    const node = frame.nodes[frame.at++]
    if (node === undefined) {
      const candidate = frame.candidates[frame.next++]
      if (candidate === undefined) {
        stack.pop()
        continue
      }
      frame.nodes = successors(frame.node, candidate, frame.bound, asked)
      frame.at = 0
      tried += frame.nodes.length + 1
      if (tried > budget) return { end: null, farthest, tried, isExhausted: true }
      continue
    }
    if (node.depth > farthest.depth) farthest = node
    const next = frameOf(node, lines)
    if (next.candidates.length === 0 && isOver(node, lines))
      return { end: node, farthest: node, tried, isExhausted: false }
    if ((next.candidates.length > 1 || node.risen !== 0) && !isNew(node)) continue
    stack.push(next)
  }
  return { end: isOver(root, lines) ? root : null, farthest, tried, isExhausted: false }
}

/** Nothing has been done yet. */
export const rootOf = (place: Place, bindings: Bindings, lines: readonly Line[]): Node => ({
  ...{ place, bindings, made: lines.map(() => 0), asleep: 0, removed: 0, risen: 0 },
  signals: lines.some(({ isSignalled }) => isSignalled) ? lines.map(() => 0) : [],
  ...{ depth: 0, before: null, effected: null, came: [] },
})

export const nextCall = (node: Node, lines: readonly Line[], at: number): LineCall | undefined =>
  lines[at]?.calls[node.made[at] ?? 0]

/** The first of the times by which calls that are not over must be made, or over where they sleep. */
export function boundOf(node: Node, lines: readonly Line[]): number {
  let bound = Number.POSITIVE_INFINITY
  for (let at = 0; at < lines.length; at++) {
    const call = nextCall(node, lines, at)
    if (call === undefined) continue
    const by = ((node.asleep | node.risen) >> at) & 1 ? call.back : call.madeBy
    if (by < bound) bound = by
  }
  return bound
}

/** The lines whose next call may be the next to take effect, the one that was back first before the others. */
export function candidatesOf(node: Node, lines: readonly Line[], bound: number): readonly number[] {
  const found: number[] = []
  for (let at = 0; at < lines.length; at++) {
    const call = nextCall(node, lines, at)
    if (call === undefined || call.begin > bound) continue
    if ((node.asleep >> at) & 1 && !mayRise(node, lines, at)) continue
    let place = found.length
    while (place > 0 && madeBy(node, lines, found[place - 1] as number) > call.madeBy) place--
    found.splice(place, 0, at)
  }
  return found
}

/**
 * Whether a sleeper may be taken off its object and make its call again. A sender that is woken looks for room itself, and
 * somebody else may have been there; a signal wakes a sleeper, which may yet be told that it is done before it leaves.
 */
function mayRise(node: Node, lines: readonly Line[], at: number): boolean {
  const call = nextCall(node, lines, at)
  if (call === undefined || (call.seen === null && !call.isOpen)) return false
  if (call.isOpen && hasDeadline(call)) return true
  return lines[at]?.isSignalled === true || (call.call.name === 'msgsnd' && !((node.risen >> at) & 1))
}

const madeBy = (node: Node, lines: readonly Line[], at: number) => nextCall(node, lines, at)?.madeBy ?? 0

function frameOf(node: Node, lines: readonly Line[]): Frame {
  const bound = boundOf(node, lines)
  return { node, bound, candidates: candidatesOf(node, lines, bound), next: 0, nodes: [], at: 0 }
}

/** All calls are over but those that sleep for good, or of which nothing is known any more. */
export function isOver(node: Node, lines: readonly Line[]): boolean {
  return boundOf(node, lines) === Number.POSITIVE_INFINITY
}

/** Where the search may go on when the next call of a line takes effect. */
export function successors(node: Node, at: number, bound: number, asked: Search): readonly Node[] {
  const { lines, effects } = asked
  const line = lines[at] as Line
  const call = nextCall(node, lines, at) as LineCall
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
 * done before.
 */
const maySleep = (
  node: Node,
  at: number,
  { asleepAt, madeBy, isOpen }: LineCall,
  bound: number,
  { effects }: Search,
): boolean =>
  isOpen || effects.sight.sleepers || (asleepAt !== undefined && madeBy <= bound && !((node.risen >> at) & 1))

/** The calls that are matched: one object for all, since making one for each takes longer than matching. */
const inCall: Record<string, Call> = {}

function follow(
  node: Node,
  at: number,
  call: LineCall,
  effect: Effect,
  bound: number,
  { lines, context }: Search,
): Node | undefined {
  if (call.asleepAt !== undefined && !effect.sleeps && !((node.risen >> at) & 1)) return undefined
  let bindings: Bindings | undefined = node.bindings
  let { made, removed, risen } = node
  let asleep = effect.sleeps ? node.asleep | (1 << at) : node.asleep
  const returned: number[] = []
  for (const event of effect.events) {
    const line = event.actor === call.actor ? at : lines.findIndex(({ actor }) => actor === event.actor)
    if (line < 0) return undefined
    const its = line === at ? call : nextCall(node, lines, line)
    if (its === undefined || (line !== at && !((node.asleep >> line) & 1))) {
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
    returned.push(its.at)
  }
  const slept = returned.length === 0 ? 0 : awake(node, returned, lines)
  return {
    place: effect.place,
    bindings,
    made,
    asleep,
    removed:
      removed | losing(node, at, lostBy(call.call, node.place.world, effect.place.world), bound, lines),
    risen,
    signals: node.signals.length === 0 ? node.signals : signalled(node, call.call, lines),
    depth: node.depth + (effect.sleeps ? 1 : 0) + returned.length - slept,
    before: node,
    effected: { at: call.at, sleeps: effect.sleeps, returned, rules: effect.outcome.rules },
    came: effect.events,
  }
}

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

/** Whether a node is seen for the first time. */
function createSeen({ lines, effects }: Search, start: Bindings): (node: Node) => boolean {
  const strides: number[] = []
  let states = 1
  for (const { calls } of lines) {
    strides.push(states)
    states *= calls.length + 1
  }
  const isSmall = states < 2 ** 52 && lines.length <= 6
  /** Mostly there is one; a set for each would take longer than the search. */
  const byNumber = new Map<number, number | Set<number>>()
  const byWords = new Set<string>()
  return (node) => {
    if (!isSmall || node.bindings !== start || node.signals.length > 0) {
      const words = `${node.made} ${node.asleep} ${node.removed} ${node.risen} ${node.place.number} ${effects.numberOf(node.bindings)} ${node.signals}`
      const size = byWords.size
      return byWords.add(words).size > size
    }
    let outer = 0
    for (let at = 0; at < strides.length; at++) outer += (node.made[at] ?? 0) * (strides[at] ?? 0)
    const inner = ((node.place.number * 64 + node.asleep) * 64 + node.removed) * 64 + node.risen
    const known = byNumber.get(outer)
    if (known === inner) return false
    if (known === undefined || typeof known === 'number') {
      byNumber.set(outer, known === undefined ? inner : new Set([known, inner]))
      return true
    }
    const size = known.size
    return known.add(inner).size > size
  }
}
