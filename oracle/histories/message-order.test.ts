import { describe, expect, it } from 'vitest'
import type { Result } from '../../model/expected.ts'
import { outcomes } from '../../model/outcomes.ts'
import { linux, type Profile, posix } from '../../model/profile.ts'
import { errnos } from '../../model/vocabulary/names.ts'
import { initialBindings } from '../bindings.ts'
import { aHeader } from '../trace/a-header.testing.ts'
import { boundOf } from './candidates.ts'
import { createEffects } from './effects.ts'
import { explain } from './explain.ts'
import { noFates } from './fates.ts'
import { numbersFrom, timedCall, worldAfter } from './histories.testing.ts'
import type { TimedCall } from './history.ts'
import { type Line, linesOf } from './lines.ts'
import { messageOrderOf } from './message-order.ts'
import { rootOf } from './node.ts'
import { search } from './search.ts'
import { sightOf } from './sight.ts'
import type { Search } from './successors.ts'

const setup = 'A: Q = msgget(private)\nA: R = msgget(private)\n'
const start = worldAfter(setup)

const contradictionOf = (calls: readonly string[]) =>
  messageOrderOf(linesOf(calls.map(timedCall)), start)?.contradiction

describe('messageOrderOf', () => {
  it('sees a message that nobody had begun to send', () => {
    const calls = ['A 0-1 msgsnd(Q, 1, 5) = 0', 'B 2-3 msgrcv(Q, 9) = 6', 'A 4-5 msgsnd(Q, 1, 6) = 0']
    expect(contradictionOf(calls)).toBe(3)
    expect(contradictionOf(['B 2-6 msgrcv(Q, 9) = 6', 'A 4-5 msgsnd(Q, 1, 6) = 0'])).toBe(
      Number.POSITIVE_INFINITY,
    )
  })

  it('sees a message that was received once too often', () => {
    const calls = ['A 0-1 msgsnd(Q, 1, 5) = 0', 'B 2-3 msgrcv(Q, 9) = 5', 'B 4-7 msgrcv(Q, 9) = 5']
    expect(contradictionOf(calls)).toBe(7)
  })

  it('sees a message that overtakes another one of its type', () => {
    const sends = ['A 0-1 msgsnd(Q, 1, 5) = 0', 'A 2-3 msgsnd(Q, 1, 6) = 0']
    expect(contradictionOf([...sends, 'B 4-6 msgrcv(Q, 9) = 6', 'B 7-8 msgrcv(Q, 9) = 5'])).toBe(6)
    expect(contradictionOf([...sends, 'B 4-6 msgrcv(Q, 9) = 6', 'C 5-8 msgrcv(Q, 9) = 5'])).toBe(
      Number.POSITIVE_INFINITY,
    )
    expect(contradictionOf([...sends, 'B 4-6 msgrcv(R, 9) = 6'])).toBe(6)
  })

  it('tells nothing where more is done to queues, and about messages that may be others', () => {
    expect(contradictionOf(['A 0-1 msgctl(Q, IPC_RMID) = 0', 'B 2-3 msgrcv(Q, 9) = 6'])).toBeUndefined()
    expect(contradictionOf(['B 2-3 msgrcv(Q, 9, 0, MSG_NOERROR) = 6'])).toBeUndefined()
    expect(contradictionOf(['A 0-1 kill(B, SIGUSR1) = 0', 'B 2-3 msgrcv(Q, 9) = 6'])).toBeUndefined()
  })
})

describe.each([linux, posix])('random histories of queues in profile $name', (profile) => {
  it('are explained as far as a plain search explains them', () => {
    const verdicts = { conforms: 0, deviates: 0, inconclusive: 0 }
    for (let seed = 1; seed <= 120; seed++) {
      const calls = randomHistory(seed)
      const lines = linesOf(calls)
      const asked = askedOf(lines, calls, profile)
      const root = rootOf(
        asked.effects.placeOf(start),
        initialBindings(aHeader()),
        lines,
        asked.effects.sight,
      )
      const plain = search(root, asked)
      const { verdict, farthest } = explain(root.place, root.bindings, asked)
      const words = `seed ${seed}\n${calls.map(wordsOf).join('\n')}`
      expect(verdict, words).toBe(plain.end === null ? 'deviates' : 'conforms')
      expect(boundOf(farthest, lines), words).toBe(plain.reached)
      verdicts[verdict]++
    }
    expect(Math.min(verdicts.conforms, verdicts.deviates)).toBeGreaterThan(20)
  })
})

const askedOf = (lines: readonly Line[], calls: readonly TimedCall[], profile: Profile): Search => ({
  ...{ lines, unit: 1, budget: 1e6, needs: [], fates: noFates },
  effects: createEffects(profile, sightOf(calls)),
  context: { header: aHeader(), recording: { started: 0, steps: [{ seconds: 0 }] } },
})

const wordsOf = ({ actor, begin, end, call, seen }: TimedCall) =>
  `${actor} ${begin}-${end} ${JSON.stringify(call)} ${JSON.stringify(seen)}`

/** Effects at random moments of random intervals, as the model has them; in some histories results are other ones. */
function randomHistory(seed: number): readonly TimedCall[] {
  const int = numbersFrom(seed)
  const actors = 2 + int(3)
  const clocks = Array.from({ length: actors }, () => int(5))
  const count = 16 + int(6)
  const planned = Array.from({ length: count }, (_, id) => {
    const at = int(actors)
    const begin = (clocks[at] ?? 0) + 1 + int(3)
    const effect = begin + 1 + int(15)
    const end = effect + 1 + int(15)
    clocks[at] = end
    return { actor: 'ABCD'[at] ?? 'A', begin: begin * 30 + id, effect: effect * 30 + id, end: end * 30 + id }
  }).sort((a, b) => a.effect - b.effect)
  let world = start
  let size = 0
  const calls = planned.map(({ actor, begin, end }): TimedCall => {
    const queue = int(4) === 0 ? 'R' : 'Q'
    const selector = [0, 0, 1, 2, 3, -1, -2, -3][int(8)]
    const isBlocking = int(3) === 0
    const text = [
      `msgsnd(${queue}, ${1 + int(3)}, ${int(8) === 0 ? 3 : ++size})`,
      `msgrcv(${queue}, 50, ${selector}${isBlocking ? '' : ', IPC_NOWAIT'})`,
      'msgctl(Q, IPC_STAT)',
    ][[0, 0, 0, 1, 1, 1, 2][int(7)] as number] as string
    const timed = timedCall(`${actor} ${begin}-${end} ${text} = 0`)
    const found = outcomes(world, actor, timed.call, 1, linux)[0]
    const event = found?.events.find((each) => each.actor === actor)
    if (found === undefined || event?.is !== 'returned')
      return timedCall(`${actor} ${begin}-${end} msgrcv(${queue}, 50, 0, IPC_NOWAIT) = ENOMSG`)
    world = found.world
    return { ...timed, seen: seenOf(timed, event.result) }
  })
  return altered(calls, int)
}

function seenOf({ seen, call }: TimedCall, { value, errno, out }: Result): TimedCall['seen'] {
  if (seen?.is !== 'returned') return seen
  if (errno !== 'none') return { ...seen, value: -1, errno: errnos[errno], out: null }
  const told = call.name === 'msgrcv' ? [Number(out?.type), ...(seen.out ?? []).slice(1)] : seen.out
  return { ...seen, value: Number(value), out: told }
}

/** With two results exchanged, one that is another one, or calls that never came back. */
function altered(calls: readonly TimedCall[], int: (below: number) => number): readonly TimedCall[] {
  const changed = [...calls]
  const received = changed.flatMap(({ call, seen }, at) =>
    call.name === 'msgrcv' && seen?.is === 'returned' && seen.errno === 0 ? [at] : [],
  )
  const [one, other] = [received[int(received.length)], received[int(received.length)]]
  const what = int(4)
  if (what === 1 && one !== undefined && other !== undefined) {
    const [a, b] = [changed[one] as TimedCall, changed[other] as TimedCall]
    changed[one] = { ...a, seen: b.seen && { ...b.seen, actor: a.actor } }
    changed[other] = { ...b, seen: a.seen && { ...a.seen, actor: b.actor } }
  }
  if (what === 2 && one !== undefined) {
    const { seen, ...rest } = changed[one] as TimedCall
    if (seen?.is === 'returned') changed[one] = { ...rest, seen: { ...seen, value: Number(seen.value) + 1 } }
  }
  if (int(3) > 0) return changed
  const [actor] = changed.map((call) => call.actor)
  const last = changed.findLastIndex((call) => call.actor === actor)
  const isLast = changed.every(
    (call, at) => at === last || call.actor !== actor || call.begin < (changed[last]?.begin ?? 0),
  )
  if (isLast) changed[last] = { ...(changed[last] as TimedCall), end: 'never', seen: null }
  return changed
}
