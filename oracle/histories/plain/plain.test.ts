import { describe, expect, it } from 'vitest'
import type { ExpectedEvent } from '../../../model/expected.ts'
import { outcomes } from '../../../model/outcomes.ts'
import { linux, type Profile, posix } from '../../../model/profile.ts'
import { type Call, formOf } from '../../../model/vocabulary/forms.ts'
import { errnos } from '../../../model/vocabulary/names.ts'
import type { World } from '../../../model/world.ts'
import { initialBindings, UNSEEN } from '../../bindings.ts'
import { aHeader } from '../../trace/a-header.testing.ts'
import type { TraceEvent } from '../../trace/trace.ts'
import { judgingFrom, numbersFrom, timedCall, worldAfter } from '../histories.testing.ts'
import type { TimedCall } from '../history.ts'
import { judgeByWorlds, judgeHistory } from '../judge-history.ts'
import { PlainJudge } from './plain.ts'

const start = worldAfter(
  [
    ...['S = semget(private, 2)', 'T = semget(private, 1)', 'Q = msgget(private)', 'R = msgget(private)'],
    ...['msgsnd(R, 2, 5)', 'msgsnd(R, 1, 6)'],
  ]
    .map((line) => `A: ${line}\n`)
    .join(''),
)

const asking = (profile: Profile) => {
  const header = aHeader()
  const recording = { started: 0, steps: [{ seconds: 0 }] }
  return { profile, bindings: initialBindings(header), context: { header, recording } }
}

const isPlain = (lines: readonly string[], world: World = start) =>
  new PlainJudge().judge(lines.map(timedCall), world, asking(linux), 1e5) !== undefined

const verdict = (lines: readonly string[], world: World = start, profile: Profile = linux) =>
  judgeHistory({ calls: lines.map(timedCall) }, judgingFrom(world, profile)).verdict

describe('a plain history', () => {
  it.each([linux, posix])('gets the verdict that it gets by its worlds, in profile $name', (profile) => {
    const verdicts = { conforms: 0, deviates: 0, inconclusive: 0 }
    let plain = 0
    const judge = new PlainJudge()
    for (let seed = 1; seed <= SEEDS; seed++) {
      const calls = callsFrom(seed)
      const found = judge.judge(calls, start, asking(profile), 1e5)
      const expected = judgeByWorlds({ calls }, judgingFrom(start, profile))
      verdicts[expected.verdict]++
      if (found === undefined) continue
      plain++
      expect(found.at(-1)?.verdict, `seed ${seed}`).toBe(expected.verdict)
      const judged = judgeHistory({ calls }, judgingFrom(start, profile))
      expect(judged.verdict).toBe(expected.verdict)
      expect(judged.stuck).toEqual(expected.stuck)
      if (judged.verdict === 'conforms')
        expect(judged.order.flatMap(({ returned }) => returned).sort((a, b) => a - b)).toEqual([
          ...calls.keys(),
        ])
    }
    expect(plain).toBeGreaterThan(0.9 * SEEDS)
    expect(Math.min(verdicts.conforms, verdicts.deviates)).toBeGreaterThan(SEEDS / 8)
  })

  it('has an order that keeps to the times of the calls', () => {
    const calls = [
      'A 0-9 semop(S, [0 -1]) = 0',
      'B 1-3 semop(S, [0 +1]) = 0',
      'C 4-5 semctl(S, 0, GETVAL) = 1',
    ].map(timedCall)
    const { order } = judgeHistory({ calls }, judgingFrom(start))
    expect(order.map(({ at }) => at)).toEqual([1, 2, 0])
  })

  it('knows a message by its length, and by what it says where somebody looked', () => {
    const sent = ['A 0-1 msgsnd(Q, 1, 8, 97) = 0', 'A 2-3 msgsnd(Q, 1, 8, 98) = 0']
    expect(isPlain([...sent, 'B 4-5 msgrcv(Q, 64) = 8 type=1 fill=97'])).toBe(true)
    expect(verdict([...sent, 'B 4-5 msgrcv(Q, 64) = 8 type=1 fill=97'])).toBe('conforms')
    expect(verdict([...sent, 'B 4-5 msgrcv(Q, 64) = 8 type=1 fill=98'])).toBe('deviates')
    expect(verdict([...sent, 'B 4-5 msgrcv(Q, 64) = 7 type=1'])).toBe('deviates')
    expect(verdict([...sent, 'B 4-5 msgrcv(Q, 64) = 8 type=1 matched=7'])).toBe('deviates')
    expect(verdict([...sent, 'B 4-5 msgrcv(Q, 64) = 8 type=2'])).toBe('deviates')
  })

  it('tells processes apart that are not alike', () => {
    const setup =
      'A: Q = msgget(private)\nA: msgctl(Q, IPC_SET, own, own, 0600, 100)\nB: become(1000000, own)\n'
    const world = worldAfter(setup)
    const line = (actor: string, result: string) => `${actor} 0-1 msgsnd(Q, 1, 8) = ${result}`
    expect(isPlain([line('A', '0')], world)).toBe(true)
    expect(verdict([line('A', '0')], world)).toBe('conforms')
    expect(verdict([line('B', 'EACCES')], world)).toBe('conforms')
    expect(verdict([line('B', '0')], world)).toBe('deviates')
    expect(verdict([line('A', 'EACCES')], world)).toBe('deviates')
  })
})

describe('a history that is not plain', () => {
  it.each([
    ['somebody was interrupted', 'A 0-9 semop(S, [0 -1]) = EINTR'],
    ['the object was removed', 'A 0-9 semop(S, [0 -1]) = EIDRM'],
    ['the time was over', 'A 0-9 semtimedop(S, [0 -1], {0 1000}) = EAGAIN'],
    ['somebody did not come back', 'A 0- semop(S, [0 -1])'],
    ['somebody was seen asleep', 'A 0-(9) semop(S, [0 -1])'],
    ['sleepers are counted', 'A 0-1 semctl(S, 0, GETNCNT) = 0'],
    ['something is made', 'A 0-1 N = msgget(private) = 5'],
    ['something is removed', 'A 0-1 msgctl(Q, IPC_RMID) = 0'],
    ['times are told', 'A 0-1 msgctl(Q, IPC_STAT) = 0 qnum=0 stime=0'],
    ['bytes are told', 'A 0-1 msgctl(Q, IPC_STAT) = 0 qnum=0 cbytes=0'],
    ['a message has no body', 'A 0-1 msgsnd(Q, 1, 0) = 0'],
    ['a message has no room', `A 0-1 msgsnd(Q, 1, ${start.queues.Q?.limit ?? 0}) = 0`],
    ['a message is too long for a buffer', 'A 0-1 msgrcv(R, 4) = E2BIG'],
    ['the message stays where it is', 'A 0-1 msgrcv(R, 64, 0, MSG_COPY|IPC_NOWAIT) = 5'],
    ['all but one type are wanted', 'A 0-1 msgrcv(R, 64, 2, MSG_EXCEPT) = 6'],
  ])('is left to the search by worlds: %s', (_, line) => expect(isPlain([line])).toBe(false))
})

const SEEDS = 300

/** Calls that take effect at a random moment of their intervals; in half of the histories one result is another one. */
function callsFrom(seed: number): readonly TimedCall[] {
  const int = numbersFrom(seed)
  const clocks = [0, 1, 2, 3]
  const objects = int(2) === 0 ? ['Q', 'R', 'S', 'T'] : [['Q', 'R', 'S'][int(3)] ?? 'Q']
  const due = Array.from({ length: 6 + int(14) }, () => {
    const line = int(4)
    const begin = (clocks[line] ?? 0) + 4 * (1 + int(10))
    const effect = begin + 1 + int(60)
    const end = effect + 1 + int(60)
    clocks[line] = end
    const object = objects[int(objects.length)] ?? 'Q'
    const text = object === 'S' || object === 'T' ? aboutSet(object, int) : aboutQueue(object, int)
    return { actor: 'ABCD'[line] ?? '', begin, effect, end, text }
  })
  let world = start
  const calls = due
    .sort((a, b) => a.effect - b.effect)
    .map(({ actor, begin, end, text }): TimedCall => {
      const { call } = timedCall(`${actor} 0-1 ${text}`)
      const [outcome] = outcomes(world, actor, call, 1, linux)
      const event = outcome?.events[0]
      if (outcome === undefined || event?.is !== 'returned') throw new Error(text)
      world = outcome.world
      return { actor, call, begin, end, seen: seenOf(event, call) }
    })
  return int(2) === 0 ? calls : withOneAltered(calls, int)
}

function seenOf({ actor, result }: Extract<ExpectedEvent, { is: 'returned' }>, call: Call): TraceEvent {
  const { value, errno, out } = result
  const told = ({ name }: { readonly name: string }) =>
    ['type', 'fill', 'matched', 'qnum'].includes(name) ? Number(out?.[name]) : UNSEEN
  return {
    ...{
      is: 'returned',
      actor,
      value: Number(value),
      errno: errno === 'none' ? 0 : errnos[errno],
      clobbered: false,
    },
    out: errno === 'none' ? formOf(call.name).outputs.map(told) : null,
  }
}

function withOneAltered(calls: readonly TimedCall[], int: (below: number) => number): readonly TimedCall[] {
  const place = int(calls.length)
  return calls.map((call, at) => {
    const { seen } = call
    if (at !== place || seen?.is !== 'returned') return call
    if (seen.errno !== 0) return { ...call, seen: { ...seen, errno: 0, value: 0 } }
    return { ...call, seen: { ...seen, value: Number(seen.value) + 1 } }
  })
}

function aboutSet(set: string, int: (below: number) => number): string {
  const texts = [
    `semop(${set}, [0 +1])`,
    `semop(${set}, [0 +1 SEM_UNDO])`,
    `semop(${set}, [0 -1 SEM_UNDO|IPC_NOWAIT])`,
    `semop(${set}, [0 -1 IPC_NOWAIT])`,
    `semop(${set}, [0 0 IPC_NOWAIT])`,
    `semctl(${set}, 0, GETVAL)`,
    `semctl(${set}, 0, SETVAL, ${int(3)})`,
    ...(set === 'S' ? ['semop(S, [0 +1, 1 +2])', 'semop(S, [1 -2 IPC_NOWAIT, 0 +1])'] : []),
  ]
  return texts[int(texts.length)] ?? ''
}

function aboutQueue(queue: string, int: (below: number) => number): string {
  const texts = [
    ...Array.from({ length: 3 }, () => `msgsnd(${queue}, ${1 + int(3)}, ${5 + int(4)}, ${97 + int(2)})`),
    ...Array.from({ length: 3 }, () => `msgrcv(${queue}, 64, ${int(7) - 3}, IPC_NOWAIT)`),
    `msgctl(${queue}, IPC_STAT)`,
  ]
  return texts[int(texts.length)] ?? ''
}
