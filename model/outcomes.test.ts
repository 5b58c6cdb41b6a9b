import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalKey } from './canonical.ts'
import { type Performer, performers } from './families.ts'
import { initialWorld, usualFacts } from './initial.ts'
import type { Moment } from './moment.ts'
import { canAct, type Outcome, outcomes } from './outcomes.ts'
import { linux, type Profile, posix } from './profile.ts'
import { maybeExpire } from './semaphores/semop.ts'
import type { Call } from './vocabulary/forms.ts'
import { rootActors, type Step } from './vocabulary/scenario.ts'
import { parseScenario } from './vocabulary/text/parse.ts'
import type { World } from './world.ts'

const start = initialWorld(usualFacts, rootActors)

/** The world after some lines, as Linux documents it, and the last line as a step that was not made. */
function upTo(...lines: readonly string[]): {
  readonly world: World
  readonly last: Step
  readonly now: number
} {
  const { steps } = parseScenario(lines.join('\n')).scenario
  const last = steps.at(-1)
  if (last === undefined) throw new Error('no step')
  let world = start
  steps.slice(0, -1).forEach(({ actor, call }, at) => {
    world = outcomes(world, actor, call, at + 1, linux)[0]?.world ?? world
  })
  return { world, last, now: steps.length }
}

function step(profile: Profile, ...lines: readonly string[]): readonly Outcome[] {
  const { world, last, now } = upTo(...lines)
  return outcomes(world, last.actor, last.call, now, profile)
}

const endings = (found: readonly Outcome[]) =>
  found.map(({ events }) =>
    events
      .map((event) =>
        event.is === 'returned'
          ? `${event.actor} ${event.result.errno === 'none' ? 'ok' : event.result.errno}`
          : `${event.actor} ${event.is}`,
      )
      .join(', '),
  )

const set = 'S = semget(private, 1)'
const competition = [
  'S = semget(private, 2)',
  'B: semop(S, [0 -1])',
  'C: semop(S, [0 -1, 1 +1])',
  'D: semtimedop(S, [0 0, 1 -1], {0 5000000})',
]

describe('outcomes', () => {
  it('is one where nothing is open', () => {
    expect(step(linux, set, 'semop(S, [0 +1])')).toHaveLength(1)
    expect(step(posix, set, 'semop(S, [0 +1])')).toHaveLength(1)
  })

  it('puts the documented one first in every profile', () => {
    const lines = [...competition, 'semop(S, [0 +1])']
    const [documented] = step(linux, ...lines)
    const [first] = step(posix, ...lines)
    expect(first?.events).toEqual(documented?.events)
    expect(canonicalKey(first?.world)).toBe(canonicalKey(documented?.world))
  })

  it('finds one for each error that applies, in the order of the checks', () => {
    const lines = ['S = semget(private, 1, 0)', 'semctl(S, 9, SETVAL, 40000)']
    expect(endings(step(linux, ...lines))).toEqual(['A ERANGE'])
    expect(endings(step(posix, ...lines))[0]).toBe('A ERANGE')
    expect(endings(step(posix, ...lines)).sort()).toEqual(['A EACCES', 'A EINVAL', 'A ERANGE'])
  })

  it('finds what a deadline may do in every profile', () => {
    const lines = [set, 'B: semtimedop(S, [0 -1], {0 1000000})', 'semop(S, [0 +1])']
    for (const profile of [linux, posix])
      expect(endings(step(profile, ...lines)).sort()).toEqual(['A ok, B ok', 'B EAGAIN, A ok'])
  })

  it('gives equal outcomes once', () => {
    // The caller is the last process already, so that recording it or not is the same.
    const same = step(posix, set, 'semop(S, [0 +1])', 'semctl(S, 0, SETVAL, 5)')
    expect(same).toHaveLength(1)
    expect(same[0]?.choices).toEqual([{ rule: 'semctl.set.sempid', index: 0, of: 2 }])
    expect(step(posix, set, 'B: semop(S, [0 +1])', 'semctl(S, 0, SETVAL, 5)')).toHaveLength(2)
  })

  it.each([
    ['competing sleepers', [...competition, 'semop(S, [0 +1])']],
    [
      'an end with adjustments',
      [...competition.slice(0, 3), 'A: semop(S, [0 0 SEM_UNDO])', 'kill(B, SIGKILL)'],
    ],
    [
      'several errors',
      ['S = semget(key1, 1, IPC_CREAT|0600)', 'X = semget(key1, 40000, IPC_CREAT|IPC_EXCL|0700)'],
    ],
    [
      'sleeping senders',
      [
        'Q = msgget(private)',
        'msgctl(Q, IPC_SET, own, own, 0600, 4)',
        'msgsnd(Q, 1, 4)',
        'B: msgsnd(Q, 2, 2)',
        'C: msgsnd(Q, 3, 4)',
        'msgrcv(Q, 9)',
      ],
    ],
  ])('misses none: %s', (_, lines) => {
    const { world, last, now } = upTo(...lines)
    for (const profile of [linux, posix]) {
      const found = new Set(outcomes(world, last.actor, last.call, now, profile).map(keyOf))
      fc.assert(
        fc.property(fc.array(fc.nat(3), { maxLength: 6 }), (script) => {
          const moment = performed(world, last, now, profile, script)
          if (moment !== undefined) expect(found).toContain(keyOf(moment))
        }),
        { numRuns: 300 },
      )
    }
  })

  it('leaves the world it was given alone', () => {
    const { world, last, now } = upTo(...competition, 'semop(S, [0 +1])')
    const key = JSON.stringify(world, (_, value) => (typeof value === 'bigint' ? String(value) : value))
    outcomes(world, last.actor, last.call, now, posix)
    expect(JSON.stringify(world, (_, value) => (typeof value === 'bigint' ? String(value) : value))).toBe(key)
  })

  it('remembers the variable of a call that failed', () => {
    expect(step(linux, 'X = semget(private, 0)')[0]?.world.failed).toEqual(['X'])
    expect(step(linux, set)[0]?.world.failed).toEqual([])
    expect(step(linux, set, 'semctl(S, 9, GETVAL)')[0]?.world.failed).toEqual([])
  })

  it('refuses to forget outcomes', () => {
    // The end of a process may record itself in each set, and its time: four ways for each.
    const sets = Array.from({ length: 8 }, (_, at) => `S${at} = semget(private, 1)`)
    const undone = sets.map((_, at) => `B: semop(S${at}, [0 +1 SEM_UNDO])`)
    const { world, last, now } = upTo(...sets, ...undone, 'B: _exit(0)')
    expect(() => outcomes(world, last.actor, last.call, now, posix)).toThrow(
      'a step of _exit has more than 20000 outcomes',
    )
    expect(outcomes(world, last.actor, last.call, now, linux)).toHaveLength(1)
  })
})

/** The order of events within a step does not matter. */
const keyOf = ({ world, events }: Pick<Outcome, 'world' | 'events'>) =>
  `${canonicalKey(world)} ${events.map(canonicalKey).sort().join(' ')}`

/** The step with these choices and documented ones after them; undefined where a choice does not have so many. */
function performed(
  world: World,
  { actor, call }: Step,
  now: number,
  profile: Profile,
  script: readonly number[],
): Moment | undefined {
  const moment: Moment = { world, now, profile, events: [], rules: [], ruleCounts: [], choices: [], script }
  maybeExpire(moment)
  ;(performers[call.name] as Performer<Call>)(moment, actor, call)
  maybeExpire(moment)
  if ('as' in call && moment.events.some((event) => event.is === 'returned' && event.result.errno !== 'none'))
    moment.world = { ...moment.world, failed: [...moment.world.failed, call.as] }
  return moment.choices.every(({ index, of }) => index < of) ? moment : undefined
}

describe('canAct', () => {
  const asked = (actor: string, ...lines: readonly string[]) =>
    canAct(lines.length === 0 ? start : (step(linux, ...lines)[0]?.world ?? start), actor)
  it('is for processes that run outside any call', () => {
    expect(asked('A')).toBe(true)
    expect(asked('Z')).toBe(false)
    expect(asked('B', set, 'B: semop(S, [0 -1])')).toBe(false)
    expect(asked('B', 'kill(B, SIGSTOP)')).toBe(false)
    expect(asked('B', 'kill(B, SIGKILL)')).toBe(false)
    expect(asked('E', 'E = fork()')).toBe(true)
    expect(asked('E', 'E = fork()', 'E: _exit(0)')).toBe(false)
  })
})

describe('what is told of choices', () => {
  it('is what all ways to an outcome have in common', () => {
    const [only, ...others] = step(
      linux,
      ...['E = fork()', 'E: T = thread(0)', 'S = semget(private, 2)', 'T: semop(S, [0 +1 SEM_UNDO])'],
      ...['E: semop(S, [1 +1 SEM_UNDO])', 'B: kill(E, SIGKILL)'],
    )
    expect(others).toEqual([])
    expect(only?.choices).toHaveLength(1)
    expect(only?.told).toEqual([])
  })
})

describe('a variable', () => {
  const expiring = [
    ...['S = semget(private, 1)', 'B: semtimedop(S, [0 -1], {0 5000000})'],
    'M = shmget(private, 4096)',
  ]

  it('has a value though the call of somebody else fails at the same time', () => {
    const found = step(linux, ...expiring)
    expect(endings(found).toSorted()).toEqual(['A ok', 'A ok, B EAGAIN'])
    expect(found.map(({ world }) => world.failed)).toEqual([[], []])
  })

  it('has none where its own call fails', () => {
    expect(step(linux, 'M = shmget(private, 0)').map(({ world }) => world.failed)).toEqual([['M']])
  })
})
