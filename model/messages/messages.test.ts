import fc from 'fast-check'
import { expect, it } from 'vitest'
import { canonicalKey } from '../canonical.ts'
import { canAct, type Outcome, outcomes } from '../outcomes.ts'
import { linux, type Profile, posix } from '../profile.ts'
import type { Call } from '../vocabulary/forms.ts'
import { IPC_CREAT, IPC_EXCL, IPC_NOWAIT, MSG_EXCEPT, MSG_NOERROR } from '../vocabulary/names.ts'
import { rootActors } from '../vocabulary/scenario.ts'
import type { World } from '../world.ts'
import { receiversOf, sendersOf } from './queue.ts'
import { bytesOn, fits } from './room.ts'
import { outcomesAfter, ways } from './scenes.testing.ts'
import { select } from './selection.ts'
import { messageSleeping } from './sleeping.ts'

/** What happens to an actor in one step: it makes a call, or a signal reaches it in its sleep. */
interface Happening {
  readonly actor: string
  readonly call: Call
  readonly signal: 'handler' | 'restart' | 'stop' | 'death'
}

/** How a step ended. */
type Ending = Pick<Outcome, 'world' | 'events'>

const queue = fc.constant('Q')
const flags = (...bits: readonly number[]) =>
  fc.subarray([...bits]).map((chosen) => chosen.reduce((all, bit) => all | bit, 0))
const mode = fc.constantFrom(0o600, 0o600, 0o600, 0o400, 0o200, 0)
const user = fc.constantFrom('own' as const, 'own' as const, 54321, -1)

const calls: fc.Arbitrary<Call> = fc.oneof(
  { weight: 6, arbitrary: sends() },
  { weight: 6, arbitrary: receives() },
  { weight: 2, arbitrary: sets() },
  fc.record({ name: fc.constant('msgctl.IPC_STAT'), queue }) as fc.Arbitrary<Call>,
  fc.record({
    name: fc.constant('msgget'),
    key: fc.constant(1),
    flags: flags(IPC_CREAT, IPC_EXCL, 0o600, 0o011),
    as: fc.constantFrom('P', 'R'),
  }) as fc.Arbitrary<Call>,
)

function sends() {
  return fc.record({
    name: fc.constant('msgsnd'),
    queue,
    type: fc.integer({ min: 0, max: 3 }),
    size: fc.integer({ min: -1, max: 6 }),
    fill: fc.constant(97),
    flags: flags(IPC_NOWAIT),
  }) as fc.Arbitrary<Call>
}

function receives() {
  return fc.record({
    name: fc.constant('msgrcv'),
    queue,
    size: fc.integer({ min: -1, max: 6 }),
    type: fc.integer({ min: -3, max: 3 }),
    flags: flags(IPC_NOWAIT, MSG_NOERROR, MSG_EXCEPT),
  }) as fc.Arbitrary<Call>
}

function sets() {
  return fc.record({
    name: fc.constant('msgctl.IPC_SET'),
    queue,
    uid: user,
    gid: user,
    mode,
    qbytes: fc.constantFrom(0, 3, 5, 8, 8, 16384, 16385),
  }) as fc.Arbitrary<Call>
}

const happenings: fc.Arbitrary<Happening> = fc.record({
  actor: fc.constantFrom(...rootActors),
  call: calls,
  signal: fc.constantFrom('handler', 'restart', 'stop', 'death'),
})

const programs = fc.array(fc.tuple(happenings, fc.nat()), { minLength: 4, maxLength: 12 })

/** A queue with a limit of 8 bytes. */
const beginning = outcomesAfter([
  'Q = msgget(key1, IPC_CREAT|0600)',
  'msgctl(Q, IPC_SET, own, own, 0600, 8)',
])[0]?.world as World

/** The ways in which a step may end; none if nothing can happen to the actor now. */
function endingsOf(
  world: World,
  { actor, call, signal }: Happening,
  now: number,
  profile: Profile,
): readonly Ending[] {
  if (canAct(world, actor)) return outcomes(world, actor, call, now, profile)
  const activity = world.processes[actor]?.activity
  if (activity === undefined || activity.is === 'idle' || activity.on.in !== 'messages') return []
  const { on } = activity
  return ways(world, now, profile, (moment) => {
    if (activity.is === 'held') messageSleeping.continued(moment, actor, on, activity.next)
    else if (signal === 'stop') messageSleeping.stopped(moment, actor, on)
    else if (signal === 'death') messageSleeping.ended(moment, actor, on)
    else messageSleeping.interrupted(moment, actor, on, signal === 'restart')
  })
}

/** Runs the program on Linux and shows every step: the world before, what happens, and its possible endings. */
function walk(
  program: readonly (readonly [Happening, number])[],
  see: (world: World, happening: Happening, now: number, found: readonly Ending[]) => void,
): void {
  let world = beginning
  program.forEach(([happening, choice], index) => {
    const now = index + 3
    const found = endingsOf(world, happening, now, linux)
    see(world, happening, now, found)
    world = found[choice % Math.max(found.length, 1)]?.world ?? world
  })
}

it('on Linux nobody sleeps who could go on', () => {
  fc.assert(
    fc.property(programs, (program) =>
      walk(program, (_, __, now, found) => {
        for (const { world } of found) expect(couldGoOn(world, now)).toEqual([])
      }),
    ),
  )
})

function couldGoOn(world: World, now: number): readonly string[] {
  const found: string[] = []
  ways(world, now, linux, (moment) => {
    for (const each of Object.values(world.queues)) {
      for (const { name: receiver, sleep } of receiversOf(moment, each))
        if (select(each.messages, sleep.selection) !== -1) found.push(receiver)
      for (const { name: sender, sleep } of sendersOf(moment, each))
        if (fits(each, sleep.message.size)) found.push(sender)
    }
  })
  return found
}

it('a queue lists exactly the processes that sleep in msgrcv on it', () => {
  fc.assert(
    fc.property(programs, (program) =>
      walk(program, (_, __, ___, found) => {
        for (const { world } of found) {
          const asleep = Object.entries(world.processes).flatMap(([name, { activity }]) =>
            activity.is === 'asleep' && activity.on.in === 'messages' && activity.on.does === 'receive'
              ? [name]
              : [],
          )
          expect([...(world.queues.Q?.receivers ?? [])].sort()).toEqual(asleep.sort())
        }
      }),
    ),
  )
})

it('no message is lost or made: what is sent is queued or received', () => {
  fc.assert(
    fc.property(programs, (program) =>
      walk(program, (before, _, __, found) => {
        for (const after of found) {
          const sent = returned(after, before, 'send')
          const received = returned(after, before, 'receive')
          expect(count(after.world)).toBe(count(before) + sent - received)
        }
      }),
    ),
  )
})

const count = (world: World) => world.queues.Q?.messages.length ?? 0

/** How many calls of a kind returned with success. Only msgrcv stores anything but IPC_STAT. */
function returned({ events, world }: Ending, before: World, kind: 'send' | 'receive'): number {
  if (kind === 'receive')
    return events.filter((event) => event.is === 'returned' && event.result.out?.matched !== undefined).length
  const queueBefore = before.queues.Q
  const queueAfter = world.queues.Q
  if (queueBefore === queueAfter) return 0
  return events.filter(
    (event) =>
      event.is === 'returned' &&
      event.result.errno === 'none' &&
      event.result.out === null &&
      isSender(before, event.actor, queueAfter?.ctime !== queueBefore?.ctime),
  ).length
}

/** Asleep in msgsnd before, or the caller of this step, unless that was IPC_SET. */
function isSender(before: World, actor: string, wasSet: boolean): boolean {
  const activity = before.processes[actor]?.activity
  if (activity?.is === 'idle') return !wasSet
  return activity?.on.in === 'messages' && activity.on.does === 'send'
}

it('IPC_STAT reports as many messages and bytes as are on the queue', () => {
  fc.assert(
    fc.property(programs, (program) =>
      walk(program, (before, happening, _, found) => {
        const each = before.queues.Q
        if (happening.call.name !== 'msgctl.IPC_STAT' || each === undefined) return
        if (!canAct(before, happening.actor)) return
        const [event] = found[0]?.events ?? []
        if (event?.is !== 'returned' || event.result.out === null) return
        expect(event.result.out).toMatchObject({ qnum: each.messages.length, cbytes: bytesOn(each) })
      }),
    ),
  )
})

it('posix allows whatever Linux may do', () => {
  fc.assert(
    fc.property(programs, (program) =>
      walk(program, (world, happening, now, found) => {
        const allowed = new Set(endingsOf(world, happening, now, posix).map(comparable))
        for (const each of found) expect(allowed).toContain(comparable(each))
      }),
    ),
    { numRuns: 300 },
  )
})

/** A key without what does not matter: the order of events, the order of receivers, and the bytes that POSIX does not report. */
function comparable({ world, events }: Ending): string {
  const queues = Object.fromEntries(
    Object.entries(world.queues).map(([name, each]) => [
      name,
      { ...each, receivers: each.receivers.toSorted(), senders: each.senders.toSorted() },
    ]),
  )
  const seen = events.map((event) =>
    event.is === 'returned' && event.result.out?.cbytes !== undefined
      ? { ...event, result: { ...event.result, out: { ...event.result.out, cbytes: 0 } } }
      : event,
  )
  return `${canonicalKey({ ...world, queues })} ${seen.map(canonicalKey).sort().join(' ')}`
}
