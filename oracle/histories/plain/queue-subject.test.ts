import { describe, expect, it } from 'vitest'
import type { Message } from '../../../model/messages/state.ts'
import { changedQueue } from '../../../model/messages/state.ts'
import { outcomes } from '../../../model/outcomes.ts'
import { linux, type Profile, posix } from '../../../model/profile.ts'
import { withQueue } from '../../../model/world.ts'
import { initialBindings } from '../../bindings.ts'
import { matchEvent } from '../../match-step.ts'
import { aHeader } from '../../trace/a-header.testing.ts'
import { timedCall, worldAfter } from '../histories.testing.ts'
import type { TimedCall } from '../history.ts'
import { PlainCalls } from './calls.ts'
import { Kinds } from './kinds.ts'
import { QueueSubject } from './queue-subject.ts'
import { FIRST, NOTHING } from './subject.ts'

const world = worldAfter('A: Q = msgget(private)\n')
const queue = world.queues.Q ?? fail()
const header = aHeader()
const bindings = initialBindings(header)
const context = { header, recording: { started: 0, steps: [{ seconds: 0 }] } }

const kinds = new Kinds()
const subjects = { linux: aSubject(), posix: aSubject() }

function aSubject() {
  const calls = new PlainCalls()
  return { calls, subject: new QueueSubject(calls) }
}

/** All queues of up to four messages of three types; each message has a size of its own. */
const queues: readonly (readonly Message[])[] = [0, 1, 2, 3, 4].flatMap((length) =>
  Array.from({ length: 3 ** length }, (_, number) =>
    Array.from({ length }, (_, at) => ({
      ...{ type: 1 + (Math.floor(number / 3 ** at) % 3), size: 10 + at, fill: 40 + at, overwritten: false },
    })),
  ),
)

const sizes = [10, 11, 12, 13]
const lines: readonly string[] = [
  ...[1, 2, 3].map((type) => `A 0-1 msgsnd(Q, ${type}, 20) = 0`),
  'A 0-1 msgsnd(Q, 0, 20) = EINVAL',
  'A 0-1 msgsnd(Q, 1, 20, 0, IPC_NOWAIT) = EAGAIN',
  ...[0, 1, 2].map((qnum) => `A 0-1 msgctl(Q, IPC_STAT) = 0 qnum=${qnum}`),
  ...[0, 1, 2, 3, 4, -1, -2, -3, -4].flatMap((type) => [
    `A 0-1 msgrcv(Q, 64, ${type}, IPC_NOWAIT) = ENOMSG`,
    ...sizes.flatMap((size) =>
      ['', 'MSG_NOERROR'].map(
        (flag) => `A 0-1 msgrcv(Q, 64, ${type}, ${flag || 0}) = ${size} type=${1 + (size % 3)}`,
      ),
    ),
  ]),
]

describe('QueueSubject', () => {
  it.each([linux, posix])('says what the model says of all the messages, in profile $name', (profile) => {
    let fits = 0
    for (const line of lines) {
      const timed = timedCall(line)
      const expected = queues.map((messages) => byModel(messages, timed, profile))
      expect(
        queues.map((messages) => bySubject(messages, timed, profile)),
        line,
      ).toEqual(expected)
      fits += expected.filter((left) => left.length > 0).length
    }
    expect(fits).toBeGreaterThan(1000)
  })

  it('takes back what was done', () => {
    const { subject, kind, asking } = about(
      queues.at(-1) ?? [],
      timedCall('A 0-1 msgrcv(Q, 64, 0) = 10'),
      linux,
    )
    const before = subject.number()
    const answer = subject.ask(kind, 0, asking)
    subject.do(answer, 0, 0)
    expect(subject.changes(answer)).toBe(true)
    expect(subject.number()).not.toBe(before)
    subject.undo(answer, 0)
    expect(subject.number()).toBe(before)
  })
})

/** The messages that are left, by each way in which the call comes to what was seen. */
function byModel(messages: readonly Message[], { actor, call, seen }: TimedCall, profile: Profile) {
  const full = withQueue(world, 'Q', changedQueue(queue, { messages }))
  return outcomes(full, actor, call, 1, profile).flatMap((outcome) => {
    const [event] = outcome.events
    if (event === undefined || seen === null) return []
    const bound = matchEvent(event, seen, { [actor]: call }, bindings, outcome.world, context)
    return bound === undefined ? [] : [outcome.world.queues.Q?.messages]
  })
}

function about(messages: readonly Message[], timed: TimedCall, profile: Profile) {
  const { calls, subject } = subjects[profile.name]
  const full = withQueue(world, 'Q', changedQueue(queue, { messages }))
  if (!calls.read([timed], { world: full, standIns: new Map() }, kinds)) throw new Error('it is not plain')
  subject.begin(subject.frameOf(full, 'Q'), messages)
  const kind = calls.kinds[0] ?? fail()
  return { subject, kind, asking: { profile, bindings, context } }
}

function bySubject(messages: readonly Message[], timed: TimedCall, profile: Profile) {
  const { subject, kind, asking } = about(messages, timed, profile)
  const found: (readonly Message[])[] = []
  for (let answer = subject.ask(kind, 0, asking); answer !== NOTHING; answer = subject.more()) {
    if (answer < FIRST) return 'odd'
    subject.do(answer, 0, 0)
    found.push(subject.messages())
    subject.undo(answer, 0)
  }
  return found
}

function fail(): never {
  throw new Error('there is none')
}
