import type { Expected, ExpectedEvent, Result } from './expected.ts'
import type { Profile } from './profile.ts'
import type { Clause, Rule } from './rule.ts'
import type { Errno } from './vocabulary/names.ts'
import { type Activity, activityOf, idle, type Stamp, type World, withProcess } from './world.ts'

/**
 * One step while it is being computed: the world is replaced as the step goes on, events and rules are collected.
 * A moment never outlives the computation of its step (see `outcomes`).
 */
export interface Moment {
  world: World
  readonly now: Stamp
  readonly profile: Profile
  readonly events: ExpectedEvent[]
  readonly rules: string[]
  /** How many rules were noted when each event came about. */
  readonly ruleCounts: number[]
  /** See `choose`; what was chosen so far, and among how many. */
  readonly choices: Chosen[]
  /** What follows for others is left undone: it comes about later, see `laterOutcomes`. */
  readonly isBeginning?: boolean
  /** The choices to repeat before new ones are made. */
  readonly script: readonly number[]
}

export interface Chosen {
  readonly rule: string
  readonly index: number
  readonly of: number
}

/**
 * A choice that the standard leaves open: the index of one of `of` alternatives; 0 is what Linux documents. Every
 * profile that leaves it open sees the step computed once for each alternative. `always`: Linux leaves it open too.
 */
export function choose(
  moment: Moment,
  clause: Clause,
  of: number,
  open: 'posix' | 'always' = 'posix',
): number {
  if (of < 2) return 0
  if (open === 'posix' && moment.profile.openChoices === 'documented') return 0
  const index = moment.script[moment.choices.length] ?? 0
  moment.choices.push({ rule: clause.id, index, of })
  return index
}

/** The clause was used: it is counted as exercised, and as met when the target agrees. */
export const note = (moment: Moment, clause: Clause): void => {
  if (!moment.rules.includes(clause.id)) moment.rules.push(clause.id)
}

/** Something that the target must show in this step. */
export function happens(moment: Moment, event: ExpectedEvent): void {
  moment.events.push(event)
  moment.ruleCounts.push(moment.rules.length)
}

/** The actor's call returns successfully. Fields left out of `out` must be untouched. */
export function returns(
  moment: Moment,
  actor: string,
  value: Expected = 0,
  out: Readonly<Record<string, Expected>> | null = null,
): void {
  comesBack(moment, actor, { value, errno: 'none', out })
}

/** The actor's call returns -1 with this errno. */
export function fails(
  moment: Moment,
  actor: string,
  errno: Errno,
  out: Readonly<Record<string, Expected>> | null = null,
): void {
  comesBack(moment, actor, { value: -1, errno, out })
}

/** A process that is stopped inside its call returns when it is continued. */
function comesBack(moment: Moment, actor: string, result: Result): void {
  const isStopped = moment.world.processes[actor]?.lifecycle.life === 'stopped'
  const before = activityOf(moment.world, actor)
  if (!isStopped) happens(moment, { is: 'returned', actor, result })
  const activity: Activity = isStopped ? { is: 'asleep', on: { in: 'return', result } } : idle
  if (isStopped || (before !== undefined && before.is !== 'idle'))
    moment.world = withProcess(moment.world, actor, { activity })
}

/**
 * Lets the first rule that applies decide (profiles with a specified order of checks), or any error that applies;
 * where all errors that apply are optional, the effect is allowed too. Rules are listed in Linux's order of
 * checks, effects last. Some rule always applies.
 */
export function decide<S>(moment: Moment, rules: readonly Rule<S>[], situation: S): void {
  const documented = rules.find((rule) => rule.elsewhere !== true && rule.when(situation))
  if (documented === undefined) return
  if (moment.profile.errorOrder === 'specified') {
    apply(moment, documented, situation)
    return
  }
  const applicable = [documented, ...rules.filter((rule) => rule !== documented && rule.when(situation))]
  const effect = applicable.find((rule) => rule.errno === 'none')
  const errors = applicable.filter((rule) => rule.errno !== 'none')
  const optional = errors.every((rule) => rule.strength === 'may' || rule.strength === 'unspecified')
  const allowed = applicable.filter((rule) => rule.errno !== 'none' || (optional && rule === effect))
  const chosen = allowed[choose(moment, documented, allowed.length)]
  if (chosen !== undefined) apply(moment, chosen, situation)
}

function apply<S>(moment: Moment, rule: Rule<S>, situation: S): void {
  note(moment, rule)
  rule.outcome(situation)
}
