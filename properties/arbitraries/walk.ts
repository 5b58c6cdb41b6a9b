import type { Foresight } from '../../model/foresight.ts'
import { canAct, knownOutcomes, type Outcome } from '../../model/outcomes.ts'
import { namesSuccessor } from '../../model/processes/next-pid.ts'
import { usageOf } from '../../model/processes/usage.ts'
import { mayCall } from '../../model/processes/vfork.ts'
import { linux } from '../../model/profile.ts'
import { HOME, hasSpaces, isKnownHere, seenFrom, spaceOf } from '../../model/spaces.ts'
import { fittedStep } from '../../model/vocabulary/fitted.ts'
import { type Call, type FormName, formNames, formOf, functionOf } from '../../model/vocabulary/forms.ts'
import { RLIMIT_NPROC } from '../../model/vocabulary/names.ts'
import type { Step } from '../../model/vocabulary/scenario.ts'
import { activityOf, actorsOf, limitsOf, type World } from '../../model/world.ts'
import type { Draw } from './draw.ts'
import { createMade } from './made.ts'
import type { Setting } from './setting.ts'

/** A scenario in the making, and the world that it leads to in profile linux. */
export interface Walk {
  readonly steps: Step[]
  setting(): Setting
  foresight(): Foresight
  /** How many steps so far have put their actor to sleep. */
  sleeps(): number
  /**
   * Adds the step if it names only what the steps so far have made (a plan goes on without those of its steps that were
   * left out), can be made, leaves somebody able to go on, and puts no more to sleep than `mayAdd` allows.
   */
  add(step: Step, mayAdd?: (sleeps: number) => boolean): boolean
}

interface Wishes extends Pick<Setting, 'withProcesses' | 'slow'> {
  /** Rules that steps should seldom use. */
  readonly avoid?: ReadonlySet<string>
}

export function newWalk(draw: Draw, start: World, { withProcesses, slow, avoid }: Wishes): Walk {
  const steps: Step[] = []
  const made = createMade()
  const asked: (readonly Outcome[])[] = []
  const used: Record<string, number> = {}
  let world = start
  let able = ableActors(world)
  let sleeps = 0
  const fresh = (letter: string) => {
    used[letter] = (used[letter] ?? 0) + 1
    return used[letter] === 1 ? letter : `${letter}${used[letter]}`
  }
  const namesOf = (letter: string) => {
    const names: string[] = []
    for (const { call } of steps) if ('as' in call && call.as.startsWith(letter)) names.push(call.as)
    return names
  }
  return {
    steps,
    /** Of those who are where the scenario began, if there are any: who left it has a story of its own. */
    setting: () => {
      const there = hasSpaces(world) ? able.filter((name) => spaceOf(world, name) === HOME) : able
      const shown = there.length === 0 ? able : (there as unknown as typeof able)
      return { draw, world: seenFrom(world, HOME), able: shown, withProcesses, slow, fresh, made: namesOf }
    },
    foresight: () => ({ start, profile: linux, steps: asked }),
    sleeps: () => sleeps,
    add(wanted, mayAdd) {
      const step = fittedStep(wanted, start.facts.longBytes)
      if (!isPseudo(step.call) && !canAct(world, step.actor)) return false
      if (!made.covers(step)) return false
      if (!isForeseen(world, step)) return false
      const all = knownOutcomes(world, step.actor, step.call, steps.length + 1, linux)
      const after = all[0]?.world
      if (after === undefined) return false
      if (avoid !== undefined && uses(all, avoid) && !draw.chance(AVOIDED_CHANCE)) return false
      const isSame = after.processes === world.processes && after.threads === world.threads
      const next = isSame ? able : ableActors(after)
      if (next.length === 0 || !isCertain(all, next)) return false
      const asleep = sleeps + (activityOf(after, step.actor)?.is === 'asleep' ? 1 : 0)
      if (mayAdd !== undefined && !mayAdd(asleep)) return false
      sleeps = asleep
      world = after
      able = next
      steps.push(step)
      made.add(step)
      asked.push(all)
      return true
    },
  }
}

/** Percent of the steps that should be avoided and are taken all the same: what they lead to may be broken as well. */
const AVOIDED_CHANCE = 4

const uses = (all: readonly Outcome[], rules: ReadonlySet<string>): boolean =>
  all[0]?.rules.some((rule) => rules.has(rule)) === true

/**
 * Whether these can make a call after the step, in whatever order processes go on that can run at the same time. Beside
 * several threads nothing else may be open: what the model does not follow must not come up elsewhere.
 */
const isCertain = (all: readonly Outcome[], able: readonly string[]): boolean =>
  all.length < 2 ||
  all.every(
    ({ world, choices }) =>
      (choices.every(({ rule }) => rule !== 'processes.order-open') ||
        able.every((name) => canAct(world, name))) &&
      (!world.settings.threaded || choices.every(({ rule }) => rule === 'processes.order-open')),
  )

/**
 * Whether the target has the call, and the model knows what becomes of it: who is meant, and not what memory limits leave room
 * for, nor what a child of vfork does to the memory of its parent, nor how much of what the parent once had counts for that child.
 */
export function isForeseen(world: World, { actor, call }: Step): boolean {
  if (world.facts.missingCalls.includes(functionOf(call.name))) return false
  if (call.name === 'setrlimit' && call.resource === RLIMIT_NPROC)
    if (world.facts.missingCalls.includes('RLIMIT_NPROC')) return false
  if (call.name === 'become' && call.fsgid !== -1 && world.facts.identities === 'users') return false
  if (namesSuccessor(world, call)) return false
  if (!mayCall(world, actor, call) || !isKnownHere(world, actor, call)) return false
  const { addressSpace, processes } = limitsOf(world, actor)
  const lends = lenders.has(call.name)
  if (lends && usageOf(world.processes[actor]?.lifecycle).memory > 0) return false
  if (lends && call.name !== 'vfork') return addressSpace === 'usual' && processes === 'usual'
  if (call.name === 'fill') return addressSpace === 'usual'
  if (call.name === 'mmap' || call.name === 'mremap') return addressSpace === 'usual'
  return call.name !== 'exec' || (addressSpace === 'usual' && processes === 'usual')
}

/** Calls in which a process works in the memory of another, if only until it becomes a program. */
const lenders: ReadonlySet<FormName> = new Set(
  formNames.filter((name) => name === 'vfork' || name === 'inside' || /^ipc(s|rm)\./.test(name)),
)

/** The world after the step in profile linux. */
export const predict = (world: World, { actor, call }: Step, now: number): World | undefined =>
  knownOutcomes(world, actor, call, now, linux)[0]?.world

const isPseudo = (call: Call) => formOf(call.name).pseudo === true

export const ableActors = (world: World): readonly [string, ...string[]] =>
  actorsOf(world).filter((name) => canAct(world, name)) as unknown as readonly [string, ...string[]]
