import { judged, type Opinion, open } from '../verdict.ts'
import type { Act, Conduct, Taken } from './conduct.ts'

/** A call is judged when so many more events of its object were seen: then what overlaps it is mostly known. */
const LAG = 128
const WORLDS_MAX = 96
const TRIED_MAX = 3_000
const VISITED_MAX = 3_000
/**
 * Seconds: somebody outside the trace who uses an object for the first time does not do so between two calls of the
 * trace that are closer.
 */
const OUTSIDERS_NEED = { 'made here': 0.01, 'perhaps shared': 0.002 }

/** Seconds in which a thread that is woken is sure to run, on a machine with much else to do. */
const WAKING_NEEDS = 5

interface World<State> {
  readonly state: State
  /** Acts under way that took effect already. */
  readonly done: ReadonlySet<Act>
}

const nobody: ReadonlySet<Act> = new Set()

/** What is known of who else uses the object. */
export type Company = 'alone' | 'made here' | 'perhaps shared' | 'outsiders'

/**
 * Follows one object: the possible worlds are its state and which calls under way took effect. A call that returns
 * must have taken effect in one of the orders that the intervals leave open. More orders than can be followed
 * end in forgetting, never in an alarm.
 */
export class Timeline<State> {
  company: Company
  private worlds: readonly World<State>[]
  private readonly events: { readonly act: Act; readonly is: 'enters' | 'leaves' }[] = []
  private readonly under = new Set<Act>()
  /** States that the object may have had while acts are under way that may only look at it, and when it did last. */
  private readonly visited = new Map<string, { readonly state: State; readonly at: number }>()
  private clock = 0
  private looking = 0
  /** Calls that were entered, and whose return was not seen. */
  private unreturned = 0
  private pinned = Number.NaN
  /** When a call on the object was back last. */
  private moved = Number.NEGATIVE_INFINITY
  private readonly conduct: Conduct<State>
  private readonly tell: (act: Act, opinion: Opinion) => void
  private readonly tellLate: (act: Act, opinion: Opinion) => void

  constructor(
    conduct: Conduct<State>,
    state: State,
    company: Company,
    tell: (act: Act, opinion: Opinion) => void,
    tellLate: (act: Act, opinion: Opinion) => void = () => {},
  ) {
    this.conduct = conduct
    this.worlds = [{ state, done: nobody }]
    this.company = company
    this.tell = tell
    this.tellLate = tellLate
  }

  enter(act: Act): void {
    this.unreturned++
    this.events.push({ act, is: 'enters' })
    if (this.events.length > LAG) this.next()
  }

  leave(act: Act): void {
    this.events.push({ act, is: 'leaves' })
    this.unreturned--
    // Nothing that comes can bear on what returned already.
    if (this.unreturned === 0) this.flush()
    else if (this.events.length > LAG) this.next()
  }

  /** A process ended that had undo entries; it may have given them back since its last call. */
  endOf(act: Act): void {
    let at = this.events.length
    while (at > 0 && this.events[at - 1]?.act.process !== act.process) at--
    this.unreturned++
    this.events.splice(at, 0, { act, is: 'enters' })
    this.leave(act)
  }

  /** The trace ends here, at a time: whoever sleeps still must be asleep. */
  conclude(time: number): void {
    this.flush()
    for (const act of [...this.under]) {
      act.left = time
      this.judgeSleeper(act)
    }
  }

  flush(): void {
    while (this.events.length > 0) this.next()
  }

  private next(): void {
    const event = this.events.shift()
    if (event === undefined) return
    const { act } = event
    if (event.is === 'enters') {
      act.from = ++this.clock
      act.looks = act.result === undefined || !this.conduct.changes(act)
      if (act.looks) this.looking++
      if (this.conduct.counts(act) && this.company === 'alone') act.beside = new Set(this.under)
      for (const other of this.under) other.beside?.add(act)
      this.under.add(act)
      if (act.looks) for (const { state } of this.worlds) this.visit(state)
      return
    }
    this.under.delete(act)
    if (act.looks) this.looking--
    if (act.result === undefined || act.result.text === '?') this.judgeSleeper(act)
    else this.moved = Math.max(this.moved, act.left)
    const found = this.judge(act)
    const opinion =
      found.is === 'judged' && this.company === 'outsiders'
        ? open('the object existed before the trace')
        : found
    if (act.is === 'call') this.tell(act, opinion)
    if (opinion.is !== 'open') this.pinned = act.left
    if (this.looking === 0) this.visited.clear()
  }

  /**
   * A call that never returned: it deviates where in every possible world it would have come back, nobody who is under way
   * could have prevented that, and there was much time for it.
   */
  private judgeSleeper(act: Act): void {
    if (act.is !== 'call' || act.lost || act.mayBeStopped || this.company !== 'alone') return
    if (!(act.left - Math.max(this.moved, act.entered) >= WAKING_NEEDS)) return
    if ([...this.under].some((other) => other !== act && this.conduct.changes(other))) return
    const ways = this.worlds.map(({ state, done }) =>
      done.has(act) ? undefined : this.conduct.awakes(state, act),
    )
    const [way] = ways
    if (way === undefined || ways.includes(undefined)) return
    this.tellLate(act, { is: 'deviates', rule: way.rule, observed: 'asleep', allowed: [way.allowed] })
  }

  private visit(state: State): void {
    if (this.looking === 0) return
    const key = this.keyOfState(state)
    this.visited.delete(key)
    this.visited.set(key, { state, at: this.clock })
    if (this.visited.size > VISITED_MAX) this.forget()
  }

  private visitedSince(from: number): readonly State[] {
    return [...this.visited.values()].filter(({ at }) => at >= from).map(({ state }) => state)
  }

  private judge(act: Act): Opinion {
    const { result } = act
    if (act.is === 'call' && (result === undefined || result.value === null || result.restarts)) {
      this.worlds = this.distinct(this.worlds.map((world) => without(world, act)))
      return open('a signal ended the call')
    }
    if (act.lost) {
      if (this.conduct.changes(act)) this.forget()
      return open('too many orders are possible')
    }
    if (this.conduct.changes(act)) return this.judgeChange(act)
    // Where it was taken to have had effect, because its result was not known yet, it had none.
    const left = this.worlds.filter(({ done }) => !done.has(act))
    if (left.length < this.worlds.length) {
      this.worlds = left.length > 0 ? left : this.worlds.slice(0, 1)
      if (left.length === 0) {
        this.forget()
        return open('too many orders are possible')
      }
    }
    return this.judgeAnswer(act)
  }

  /** The act took effect at some moment of its interval, perhaps behind others that are still under way. */
  private judgeChange(act: Act): Opinion {
    const reached: World<State>[] = []
    const refused: Taken<State>[] = []
    let doubt = ''
    const whole = this.walk((world) => {
      if (world.done.has(act)) {
        reached.push(without(world, act))
        return false
      }
      const taken = this.conduct.take(world.state, act)
      if (taken.fits === 'no' || taken.fits === 'never') refused.push(taken)
      else {
        if (taken.fits === 'open') doubt = taken.because
        reached.push({ state: taken.state, done: world.done })
      }
      return true
    }, act)
    if (!whole) {
      this.forget()
      return open('too many orders are possible')
    }
    if (reached.length === 0) return this.refuse(act, refused)
    this.worlds = this.distinct(reached)
    for (const { state } of this.worlds) this.visit(state)
    if (this.worlds.length > WORLDS_MAX) this.forget()
    return doubt === '' ? judged : open(doubt)
  }

  /** The act changed nothing: its answer must fit one of the states that the object may have had meanwhile. */
  private judgeAnswer(act: Act): Opinion {
    const refused: Taken<State>[] = []
    let fits = false
    let doubt = ''
    const look = (state: State) => {
      const taken = this.conduct.take(state, act)
      if (taken.fits === 'yes') fits = true
      else if (taken.fits === 'open') doubt = taken.because
      else refused.push(taken)
    }
    const seen = this.visitedSince(act.from)
    const isQuiet = ![...this.under].some((other) => this.conduct.changes(other)) && this.isUnchanged(seen)
    for (const state of seen) look(state)
    if (!fits && doubt === '') {
      const whole = this.walk(({ state }) => {
        look(state)
        return true
      }, act)
      if (!whole) return open('too many orders are possible')
    }
    if (!fits && doubt === '') return this.refuse(act, refused)
    if (isQuiet) {
      const left = this.worlds.filter(({ state }) => {
        const taken = this.conduct.take(state, act)
        return taken.fits === 'yes' || taken.fits === 'open'
      })
      this.worlds = this.distinct(
        left.map(({ state, done }) => ({ state: this.conduct.learn(state, act), done })),
      )
    }
    return fits && doubt === '' ? judged : open(doubt === '' ? 'the state is not known' : doubt)
  }

  private isUnchanged(seen: readonly State[]): boolean {
    const now = new Set(this.worlds.map(({ state }) => this.keyOfState(state)))
    return seen.every((state) => now.has(this.keyOfState(state)))
  }

  /** Visits every world that acts under way lead to; false if there are too many. */
  private walk(visit: (world: World<State>) => boolean, except: Act): boolean {
    const able = [...this.under].filter((act) => act !== except && !act.lost && this.conduct.changes(act))
    if (able.length === 0) {
      for (const world of this.worlds) visit(world)
      return true
    }
    const seen = new Set<string>()
    const stack = [...this.worlds]
    let tried = 0
    for (let world = stack.pop(); world !== undefined; world = stack.pop()) {
      const key = this.keyOf(world)
      if (seen.has(key)) continue
      seen.add(key)
      if (++tried > TRIED_MAX) return false
      if (!visit(world)) continue
      for (const act of able) {
        if (world.done.has(act)) continue
        const taken = this.conduct.take(world.state, act)
        if (taken.fits === 'no' || taken.fits === 'never') continue
        this.visit(taken.state)
        stack.push({ state: taken.state, done: new Set([...world.done, act]) })
      }
    }
    return true
  }

  private readonly numbers = new WeakMap<Act, number>()
  private count = 0

  private keyOf({ state, done }: World<State>): string {
    let key = this.keyOfState(state)
    if (done.size > 0) key += `|${[...done].map((act) => this.numberOf(act)).sort((a, b) => a - b)}`
    return key
  }

  private readonly keys = new WeakMap<object, string>()

  private keyOfState(state: State): string {
    const known = this.keys.get(state as object)
    if (known !== undefined) return known
    const key = this.conduct.key(state)
    this.keys.set(state as object, key)
    return key
  }

  private numberOf(act: Act): number {
    const known = this.numbers.get(act)
    if (known !== undefined) return known
    this.numbers.set(act, ++this.count)
    return this.count
  }

  private distinct(worlds: readonly World<State>[]): readonly World<State>[] {
    if (worlds.length < 2) return worlds
    const found = new Map<string, World<State>>()
    for (const world of worlds) {
      const key = this.keyOf(world)
      if (!found.has(key)) found.set(key, world)
    }
    return [...found.values()]
  }

  private refuse(act: Act, refused: readonly Taken<State>[]): Opinion {
    const never = refused.find(({ fits }) => fits === 'never')
    const isObscure = [...this.under].some(
      (other) => other.result === undefined && this.conduct.changes(other),
    )
    this.forget()
    if (never === undefined && isObscure) return open('a call under way may have had effect')
    if (never === undefined && this.mayHaveCompany(act)) {
      if (this.company !== 'alone') this.company = 'outsiders'
      return open('somebody outside the trace may use the object')
    }
    const [first] = refused
    const shown = never ?? first
    return {
      is: 'deviates',
      rule: shown?.rule ?? act.call.name,
      allowed: [...new Set((never === undefined ? refused : [never]).map(({ allowed }) => allowed))].slice(
        0,
        6,
      ),
    }
  }

  private mayHaveCompany(act: Act): boolean {
    if (this.company === 'alone' || this.company === 'outsiders') return this.company === 'outsiders'
    const since = Number.isNaN(this.pinned) ? act.entered : this.pinned
    const gap = act.left - Math.min(since, act.entered)
    return !(gap < OUTSIDERS_NEED[this.company])
  }

  /** Nothing is known any more but what never changes; acts under way may or may not have had effect. */
  private forget(): void {
    const [world] = this.worlds
    if (world === undefined) return
    this.worlds = [{ state: this.conduct.unknown(world.state), done: nobody }]
    for (const act of this.under) act.lost = true
    this.visited.clear()
  }
}

function without<State>(world: World<State>, act: Act): World<State> {
  if (!world.done.has(act)) return world
  const done = new Set(world.done)
  done.delete(act)
  return { state: world.state, done }
}
