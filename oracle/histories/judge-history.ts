import type { Profile } from '../../model/profile.ts'
import type { World } from '../../model/world.ts'
import { type Bindings, type Clock, initialBindings } from '../bindings.ts'
import type { TraceHeader } from '../trace/trace.ts'
import { blurred } from './blurred.ts'
import { boundOf } from './candidates.ts'
import { createEffects, type Effects } from './effects.ts'
import { type Explained, explain } from './explain.ts'
import { fatesOf } from './fates.ts'
import type { Effected, History, HistoryJudgement, TimedCall } from './history.ts'
import { linesOf } from './lines.ts'
import type { Node } from './node.ts'
import { merged, partsOf } from './parts.ts'
import { PlainJudge } from './plain/plain.ts'
import type { PlainFound } from './plain/search.ts'
import { type Sight, sightOf } from './sight.ts'
import { stuckAt } from './stuck.ts'
import type { Search } from './successors.ts'

/** What a history is judged against. */
export interface Judging {
  readonly header: TraceHeader
  readonly profile: Profile
  /** When the first call began: all actors are outside any call. */
  readonly start: World
  readonly bindings?: Bindings
  /** The coarse realtime clock before the first call and behind the last one, in whole seconds. */
  readonly seconds: readonly [number, number]
  /** Nanoseconds of a unit of the calls' clock; 1 unless it is said. */
  readonly unit?: number
  /** Effects that may be tried: after that the history is inconclusive. */
  readonly budget?: number
  /** What the model said about earlier histories. */
  readonly memory?: Memory
}

/** What the model said, for as many histories as one likes. */
export interface Memory {
  effects(profile: Profile, sight: Sight): Effects
  plain(profile: Profile): PlainJudge
}

export function createMemory(): Memory {
  const effects = new Map<string, Effects>()
  const plain = new Map<string, PlainJudge>()
  return {
    effects: (profile, sight) =>
      remembered(effects, `${profile.name} ${sight.uses} ${sight.sleepers} ${sight.lives}`, () =>
        createEffects(profile, sight),
      ),
    plain: (profile) => remembered(plain, profile.name, () => new PlainJudge()),
  }
}

function remembered<T>(known: Map<string, T>, key: string, make: () => T): T {
  const found = known.get(key) ?? make()
  known.set(key, found)
  return found
}

const BUDGET = 300_000

/** Whether some order of effects, each within the interval of its call, is a run of the model. */
export function judgeHistory(history: History, judging: Judging): HistoryJudgement {
  const { header, profile, start, bindings = initialBindings(header), budget = BUDGET } = judging
  const memory = judging.memory ?? createMemory()
  const asking = { profile, bindings, context: { header, recording: clockOf(judging) } }
  const found = memory.plain(profile).judge(history.calls, start, asking, budget)
  return found === undefined
    ? judgeByWorlds(history, { ...judging, memory })
    : plainJudgement(found, history, { ...judging, memory })
}

/** What an order looks like, and what explains nothing, is found out where somebody asks for it. */
function plainJudgement(found: readonly PlainFound[], history: History, judging: Judging): HistoryJudgement {
  const verdict = found.at(-1)?.verdict === 'deviates' ? 'deviates' : 'conforms'
  let known: HistoryJudgement | undefined
  const whole = () => {
    known ??= judgeByWorlds(verdict === 'conforms' ? inOrder(history, found) : history, judging)
    if (known.verdict !== verdict && known.verdict !== 'inconclusive')
      throw new Error(`two searches disagree: ${verdict}, ${known.verdict}`)
    return known
  }
  return {
    verdict,
    reason: '',
    get order() {
      return whole().order
    },
    get stuck() {
      return whole().stuck
    },
    tried: found.reduce((sum, { tried }) => sum + tried, 0),
  }
}

/** The calls one after the other: those of each part in their order, each as early as it may be. */
function inOrder({ calls }: History, found: readonly PlainFound[]): History {
  const timed = found.flatMap(({ order }) => {
    let time = Number.NEGATIVE_INFINITY
    return Array.from(order, (at) => {
      time = Math.max(time, calls[at]?.begin ?? time)
      return { time, at }
    })
  })
  const places = new Map(timed.sort((a, b) => a.time - b.time).map(({ at }, place) => [at, place]))
  return {
    calls: calls.map((call, at) => {
      const place = places.get(at) ?? 0
      return { ...call, begin: place, end: place + 0.5 }
    }),
  }
}

const clockOf = ({ seconds: [started, ended] }: Judging): Clock => ({ started, steps: [{ seconds: ended }] })

/** The same, for whatever a history may have. */
export function judgeByWorlds(history: History, judging: Judging): HistoryJudgement {
  const { header, profile, start, bindings = initialBindings(header), unit = 1, budget = BUDGET } = judging
  const calls = blurred(history.calls)
  const lines = linesOf(calls)
  if (lines.length > LINES_MAX) return inconclusive(`more than ${LINES_MAX} actors`)
  const effects = (judging.memory ?? createMemory()).effects(profile, sightOf(calls))
  const context = { header, recording: clockOf(judging) }
  const fates = fatesOf(calls)
  const lives =
    effects.sight.lives || calls.some(({ call }) => call.name === '_exit') ? history.lives : undefined
  let found: readonly Part[]
  try {
    const place = effects.placeOf(start)
    found = partsOf(lines, start, effects.sight.uses).map((part) => {
      const asked = { lines: part, effects, unit, budget, needs: [], fates, lives, context }
      return { asked, ...explain(place, bindings, asked) }
    })
  } catch (error) {
    return inconclusive(`the model gave up: ${(error as Error).message}`)
  }
  return together(found, calls)
}

/** What was found about the calls of one object, or about all. */
interface Part extends Explained {
  readonly asked: Search
}

/** Of several parts that deviate the one counts that does so first. */
function together(parts: readonly Part[], calls: readonly TimedCall[]): HistoryJudgement {
  const tried = parts.reduce((sum, part) => sum + part.tried, 0)
  const reached = ({ farthest, asked }: Part) => boundOf(farthest, asked.lines)
  const [wrong] = parts
    .filter(({ verdict }) => verdict === 'deviates')
    .sort((a, b) => reached(a) - reached(b))
  const verdict =
    wrong !== undefined
      ? 'deviates'
      : parts.some((part) => part.verdict === 'inconclusive')
        ? 'inconclusive'
        : 'conforms'
  const begins = calls.map(({ begin }) => begin)
  const orders = parts.map(({ farthest }) => orderOf(farthest))
  return {
    verdict,
    reason: verdict === 'inconclusive' ? `no order was found among ${tried} effects` : '',
    order: orders.length === 1 ? (orders[0] ?? []) : merged(orders, begins, wrong ? reached(wrong) : OVER),
    stuck: wrong === undefined ? null : stuckAt(wrong.farthest, wrong.asked),
    tried,
  }
}

const OVER = Number.POSITIVE_INFINITY

/** As many as a word has bits. */
const LINES_MAX = 30

const inconclusive = (reason: string): HistoryJudgement => ({
  ...{ verdict: 'inconclusive', reason, order: [], stuck: null, tried: 0 },
})

function orderOf(node: Node): readonly Effected[] {
  const order: Effected[] = []
  for (let each: Node | null = node; each !== null; each = each.before)
    if (each.effected !== null) order.push(each.effected)
  return order.reverse()
}
