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
export type Memory = (profile: Profile, sight: Sight) => Effects

export function createMemory(): Memory {
  const known = new Map<string, Effects>()
  return (profile, sight) => {
    const key = `${profile.name} ${sight.uses} ${sight.sleepers} ${sight.lives}`
    const effects = known.get(key) ?? createEffects(profile, sight)
    known.set(key, effects)
    return effects
  }
}

const BUDGET = 300_000

/** Whether some order of effects, each within the interval of its call, is a run of the model. */
export function judgeHistory(history: History, judging: Judging): HistoryJudgement {
  const { header, profile, start, bindings = initialBindings(header), unit = 1, budget = BUDGET } = judging
  const calls = blurred(history.calls)
  const lines = linesOf(calls)
  if (lines.length > LINES_MAX) return inconclusive(`more than ${LINES_MAX} actors`)
  const effects = (judging.memory ?? createMemory())(profile, sightOf(calls))
  const [started, ended] = judging.seconds
  const clock: Clock = { started, steps: [{ seconds: ended }] }
  const context = { header, recording: clock }
  const fates = fatesOf(calls)
  let found: readonly Part[]
  try {
    const place = effects.placeOf(start)
    found = partsOf(lines, start, effects.sight.uses).map((part) => {
      const asked = { lines: part, effects, unit, budget, needs: [], fates, context }
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
