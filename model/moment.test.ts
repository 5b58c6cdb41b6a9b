import { describe, expect, it } from 'vitest'
import { initialWorld, usualFacts } from './initial.ts'
import { choose, decide, fails, happens, type Moment, note, returns } from './moment.ts'
import { rootLifecycle } from './processes/state.ts'
import { linux, type Profile, posix } from './profile.ts'
import { type Clause, clause, type Rule, type Strength } from './rule.ts'
import type { Errno } from './vocabulary/names.ts'
import { rootActors } from './vocabulary/scenario.ts'
import { idle, withProcess } from './world.ts'

const open: Clause = clause('open', 'unspecified', 'Something is left open.')

const aMoment = (profile: Profile, script: readonly number[] = []): Moment => ({
  world: initialWorld(usualFacts, rootActors),
  now: 1,
  profile,
  events: [],
  rules: [],
  ruleCounts: [],
  choices: [],
  script,
})

describe('choose', () => {
  it('takes what is documented where the profile leaves nothing open', () => {
    const moment = aMoment(linux, [2])
    expect(choose(moment, open, 3)).toBe(0)
    expect(moment.choices).toEqual([])
  })
  it('repeats its script, then takes what is documented, and remembers', () => {
    const moment = aMoment(posix, [2])
    expect([choose(moment, open, 3), choose(moment, open, 2)]).toEqual([2, 0])
    expect(moment.choices).toEqual([
      { rule: 'open', index: 2, of: 3 },
      { rule: 'open', index: 0, of: 2 },
    ])
  })
  it('is no choice among fewer than two', () => {
    const moment = aMoment(posix, [1])
    expect([choose(moment, open, 1), choose(moment, open, 0)]).toEqual([0, 0])
    expect(moment.choices).toEqual([])
  })
  it('is open in every profile where the target itself is', () =>
    expect(choose(aMoment(linux, [1]), open, 2, 'always')).toBe(1))
})

describe('note', () => {
  it('counts a rule once, in the order of first use', () => {
    const moment = aMoment(linux)
    for (const id of ['b', 'a', 'b']) note(moment, { ...open, id })
    expect(moment.rules).toEqual(['b', 'a'])
  })
})

describe('happens', () => {
  it('remembers how many rules led to the event', () => {
    const moment = aMoment(linux)
    note(moment, open)
    happens(moment, { is: 'ended', actor: 'B' })
    happens(moment, { is: 'ended', actor: 'C' })
    note(moment, { ...open, id: 'later' })
    happens(moment, { is: 'ended', actor: 'D' })
    expect(moment.ruleCounts).toEqual([1, 1, 2])
  })
})

describe('returns, fails', () => {
  it('end a sleep', () => {
    for (const comeBack of [returns, (moment: Moment, actor: string) => fails(moment, actor, 'EINTR')]) {
      const moment = aMoment(linux)
      const result = { value: 0, errno: 'none' as const, out: null }
      moment.world = withProcess(moment.world, 'B', {
        activity: { is: 'asleep', on: { in: 'return', result } },
      })
      comeBack(moment, 'B')
      expect(moment.world.processes.B?.activity).toBe(idle)
    }
  })
  it('are kept for a process that is stopped until it is continued', () => {
    const moment = aMoment(linux)
    const stopped = { ...rootLifecycle('B'), life: 'stopped' as const }
    moment.world = withProcess(moment.world, 'B', { lifecycle: stopped })
    fails(moment, 'B', 'EIDRM')
    expect(moment.events).toEqual([])
    const result = { value: -1, errno: 'EIDRM', out: null }
    expect(moment.world.processes.B?.activity).toEqual({ is: 'asleep', on: { in: 'return', result } })
  })
  it('leave a world alone in which nobody slept', () => {
    const moment = aMoment(linux)
    const { world } = moment
    returns(moment, 'A', 7)
    fails(moment, 'B', 'EPERM', { status: 3 })
    expect(moment.world).toBe(world)
    expect(moment.events).toEqual([
      { is: 'returned', actor: 'A', result: { value: 7, errno: 'none', out: null } },
      { is: 'returned', actor: 'B', result: { value: -1, errno: 'EPERM', out: { status: 3 } } },
    ])
  })
})

describe('decide', () => {
  const rule = (id: string, strength: Strength, errno: Errno | 'none', when = true): Rule<Moment> => ({
    ...clause(id, strength, id),
    errno,
    when: () => when,
    outcome: (moment) => happens(moment, { is: 'ended', actor: id }),
  })
  /** What comes of the rules: in linux, or of each alternative in posix. */
  const decided = (profile: Profile, ...rules: readonly Rule<Moment>[]): readonly string[] => {
    const first = aMoment(profile)
    decide(first, rules, first)
    const of = first.choices[0]?.of ?? 1
    return Array.from({ length: of }, (_, index) => {
      const moment = aMoment(profile, [index])
      decide(moment, rules, moment)
      expect(moment.rules).toEqual(moment.events.map(({ actor }) => actor))
      return moment.events.map(({ actor }) => actor).join()
    })
  }
  const effect = rule('effect', 'shall', 'none')

  it('lets the first that applies decide where the order is specified', () => {
    const first = rule('first', 'shall', 'EPERM')
    const second = rule('second', 'shall', 'EINVAL')
    expect(decided(linux, rule('not', 'shall', 'EIO', false), first, second, effect)).toEqual(['first'])
    expect(decided(linux, effect)).toEqual(['effect'])
  })
  it('lets any error that applies decide elsewhere, and no effect', () => {
    const [one, two] = [rule('one', 'shall', 'EPERM'), rule('two', 'may', 'EINVAL')]
    expect(decided(posix, one, rule('not', 'shall', 'EIO', false), two, effect)).toEqual(['one', 'two'])
  })
  it('allows the effect where every error that applies is optional', () => {
    const [may, unspecified] = [rule('may', 'may', 'EPERM'), rule('unspecified', 'unspecified', 'EINVAL')]
    expect(decided(posix, may, unspecified, effect)).toEqual(['may', 'unspecified', 'effect'])
    expect(decided(posix, may)).toEqual(['may'])
  })
  it('takes what only Linux documents as required', () =>
    expect(decided(posix, rule('extension', 'linux', 'EINVAL'), effect)).toEqual(['extension']))
  it('does nothing where nothing applies', () => {
    expect(decided(posix, rule('not', 'shall', 'EIO', false))).toEqual([''])
    expect(decided(linux, rule('not', 'shall', 'EIO', false))).toEqual([''])
  })
})
