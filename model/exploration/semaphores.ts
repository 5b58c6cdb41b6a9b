import { objectName } from '../common/access.ts'
import { alters, SEMADJ_MAX, SEMADJ_MIN, undoes } from '../semaphores/attempt.ts'
import { onlyWaits, sleepOf, tryIn } from '../semaphores/sleepers.ts'
import type { SemaphoreSet } from '../semaphores/state.ts'
import type { Operation } from '../vocabulary/shape.ts'
import type { World } from '../world.ts'
import { decidedIn, endedIn } from './decided.ts'
import { type Invariant, ofSteps, ofWorlds, type Transition } from './invariant.ts'

const isWithin = (value: number, least: number, most: number) => value >= least && value <= most

/** Every sleeper on semaphores that is on the list of a set. */
const listed = (world: World) =>
  Object.entries(world.sets).flatMap(([name, set]) =>
    set.sleepers.map((sleeper, place) => ({ name, set, sleeper, place, sleep: sleepOf({ world }, sleeper) })),
  )

export const semaphoreInvariants: readonly Invariant[] = [
  ofWorlds('sem.value-in-range', 'Every value is between 0 and SEMVMX.', ({ sets, facts }) =>
    Object.values(sets).every(({ semaphores }) =>
      semaphores.every(({ value }) => isWithin(value, 0, facts.semvmx)),
    ),
  ),

  ofWorlds(
    'sem.adjustments-in-range',
    'Adjustments are for sets that exist, one for each semaphore, within the range of semadj.',
    ({ sets, processes }) =>
      Object.values(processes).every(({ undo }) =>
        Object.entries(undo).every(
          ([name, adjustments]) =>
            adjustments.length === sets[name]?.semaphores.length &&
            adjustments.every((adjustment) => isWithin(adjustment, SEMADJ_MIN, SEMADJ_MAX)),
        ),
      ),
  ),

  ofWorlds(
    'sem.sleepers-listed',
    'Who sleeps on a set is on its list, once; who is on the list sleeps on that set.',
    (world) => {
      const all = listed(world)
      const asleep = Object.keys(world.processes).filter((name) => sleepOf({ world }, name) !== undefined)
      return (
        all.every(({ name, set, sleeper, place, sleep }) => {
          return sleep?.set === name && set.sleepers.indexOf(sleeper) === place
        }) && asleep.every((name) => all.some(({ sleeper }) => sleeper === name))
      )
    },
  ),

  ofWorlds(
    'sem.none-could-run',
    'At rest no sleeper could run; on Linux none that alters meets an error either.',
    (world, profile) =>
      listed(world).every(({ sleeper, sleep }) => {
        if (sleep === undefined) return false
        const { is } = tryIn(world, sleeper, sleep, 0)
        return is === 'blocks' || (is === 'fails' && (profile.name === 'posix' || onlyWaits(sleep)))
      }),
  ),

  ofWorlds(
    'sem.stopped-at-first-obstacle',
    'Who alters is counted where it is stopped; who only waits for zeros may be counted at another zero.',
    (world) =>
      listed(world).every(({ sleeper, sleep }) => {
        if (sleep === undefined) return false
        const { operations, blocking } = sleep
        if (onlyWaits(sleep)) return operations[blocking]?.change === 0
        const tried = tryIn(world, sleeper, sleep, 0)
        return tried.is !== 'succeeds' && tried.at === blocking
      }),
  ),

  ofSteps(
    'sem.conservation',
    'A value changes by the operations of the arrays that completed, by what SETVAL and SETALL set, and by the adjustments of a process that ended; so that who fails or sleeps changes nothing.',
    (transition) => surviving(transition).every((name) => isExplained(transition, name)),
  ),

  ofSteps(
    'sem.undo-conservation',
    'Value and adjustments of all processes together change only by operations without SEM_UNDO, by SETVAL and SETALL, and by what an adjustment at an end lost at 0 or SEMVMX.',
    (transition) => surviving(transition).every((name) => isKept(transition, name)),
  ),

  ofSteps(
    'sem.failure-changes-nothing',
    'A call on semaphores that fails leaves the values, the processes, the times and the permission of every set.',
    ({ before, step, outcome }) => {
      if (!step.call.name.startsWith('sem')) return true
      const own = outcome.events.find(({ actor, is }) => actor === step.actor && is === 'returned')
      if (own?.is !== 'returned' || own.result.errno === 'none') return true
      return Object.keys(before.sets).every((name) => {
        const [was, is] = [before.sets[name], outcome.world.sets[name]]
        return (
          was !== undefined &&
          is?.semaphores === was.semaphores &&
          is.otime === was.otime &&
          is.ctime === was.ctime &&
          is.permission === was.permission
        )
      })
    },
  ),

  ofSteps(
    'sem.order-of-arrival',
    'Sleepers keep their order, and new ones come last.',
    ({ before, outcome: { world } }) =>
      Object.keys(world.sets).every((name) => {
        const [was, is] = [before.sets[name]?.sleepers ?? [], world.sets[name]?.sleepers ?? []]
        const stayed = was.filter((sleeper) => is.includes(sleeper))
        return stayed.every((sleeper, place) => is[place] === sleeper)
      }),
  ),
]

/** The sets that exist before and after the step. */
const surviving = ({ before, outcome }: Transition) =>
  Object.keys(before.sets).filter((name) => name in outcome.world.sets)

interface Completed {
  readonly process: string
  readonly operations: readonly Operation[]
}

/** The arrays on a set that completed in the step. */
function completedOn(transition: Transition, set: string): readonly Completed[] {
  const found: Completed[] = []
  for (const { process, call, result } of decidedIn(transition)) {
    if (call.name !== 'semop' && call.name !== 'semtimedop') continue
    if (result.errno !== 'none' || objectName(transition.before, call.set) !== set) continue
    found.push({ process, operations: call.operations })
  }
  return found
}

const sum = (operations: readonly Operation[], sem: number) =>
  operations.reduce((total, operation) => total + (operation.sem === sem ? operation.change : 0), 0)

/** The values that SETVAL or SETALL gave the set in the step; undefined where neither did. */
function valuesSet(
  { step: { actor, call }, outcome }: Transition,
  set: SemaphoreSet,
): readonly number[] | undefined {
  const isDone = outcome.events.some(
    (event) => event.is === 'returned' && event.actor === actor && event.result.errno === 'none',
  )
  if (!isDone) return undefined
  if (call.name === 'semctl.SETALL') return set.semaphores.map((_, sem) => call.values[sem] ?? 0)
  if (call.name !== 'semctl.SETVAL') return undefined
  return set.semaphores.map(({ value }, sem) => (sem === call.semnum ? call.value : value))
}

const isOf = ({ before, step: { call } }: Transition, set: string) =>
  'set' in call && objectName(before, call.set) === set

function isExplained(transition: Transition, name: string): boolean {
  const { before, outcome, profile } = transition
  const [was, is] = [before.sets[name], outcome.world.sets[name]]
  if (was === undefined || is === undefined) return false
  const given = isOf(transition, name) ? valuesSet(transition, was) : undefined
  const completed = completedOn(transition, name)
  const adjustments = endedIn(transition).flatMap((process) => {
    const undo = before.processes[process]?.undo[name]
    return undo === undefined ? [] : [undo]
  })
  return is.semaphores.every(({ value }, sem) => {
    let expected = given?.[sem] ?? was.semaphores[sem]?.value ?? 0
    for (const undo of adjustments) {
      const adjusted = expected + (undo[sem] ?? 0)
      const isOut = !isWithin(adjusted, 0, before.facts.semvmx)
      if (isOut && profile.name === 'posix') return true // clamped, or left as it was
      expected = Math.max(0, Math.min(before.facts.semvmx, adjusted))
    }
    for (const { operations } of completed) expected += sum(operations, sem)
    return value === expected
  })
}

/** Value and adjustments of one semaphore together, over all processes that have not ended. */
const total = ({ sets, processes }: World, name: string, sem: number) =>
  Object.values(processes).reduce(
    (all, { undo }) => all + (undo[name]?.[sem] ?? 0),
    sets[name]?.semaphores[sem]?.value ?? 0,
  )

function isKept(transition: Transition, name: string): boolean {
  const { before, outcome } = transition
  const was = before.sets[name]
  if (was === undefined) return false
  const given = isOf(transition, name) ? valuesSet(transition, was) : undefined
  const isGiven = (sem: number) => {
    const { call } = transition.step
    return given !== undefined && (call.name !== 'semctl.SETVAL' || call.semnum === sem)
  }
  const plain = completedOn(transition, name).flatMap(({ operations }) =>
    operations.filter((operation) => alters(operation) && !undoes(operation)),
  )
  const hasEnded = endedIn(transition).some((process) => before.processes[process]?.undo[name] !== undefined)
  return was.semaphores.every((_, sem) => {
    const base = isGiven(sem) ? (given?.[sem] ?? 0) : total(before, name, sem)
    const lost = base + sum(plain, sem) - total(outcome.world, name, sem)
    return lost === 0 || (hasEnded && isClamped(before, name, sem))
  })
}

/** Whether the adjustments of some process would take the value out of its range. */
const isClamped = ({ sets, processes, facts }: World, name: string, sem: number) =>
  Object.values(processes).some(({ undo }) => {
    const value = (sets[name]?.semaphores[sem]?.value ?? 0) + (undo[name]?.[sem] ?? 0)
    return !isWithin(value, 0, facts.semvmx)
  })
