import { canonicalKey } from '../../model/canonical.ts'
import { canAct } from '../../model/outcomes.ts'
import { isMappingCall, isMappingPredictable } from '../../model/shared-memory/predictable-mappings.ts'
import { formOf } from '../../model/vocabulary/forms.ts'
import type { Scenario, Step } from '../../model/vocabulary/scenario.ts'
import type { Argument, Long, Operation } from '../../model/vocabulary/shape.ts'
import type { World } from '../../model/world.ts'
import { complexity } from './complexity.ts'
import { createMade } from './made.ts'
import { isForeseen, predict } from './walk.ts'

/** Simpler scenarios than this one, the boldest first; each can be run (see `isRunnable`). */
export function* simpler(scenario: Scenario, start: World): Generator<Scenario> {
  const { steps } = scenario
  for (let size = steps.length >> 1; size >= 1; size >>= 1)
    for (let at = steps.length - size; at >= 0; at -= size)
      yield* runnable(scenario, withoutUnmade([...steps.slice(0, at), ...steps.slice(at + size)]), start)
  for (let at = 0; at < steps.length; at++)
    for (const step of simplerSteps(steps[at]))
      if (complexity(step) < complexity(steps[at]))
        yield* runnable(scenario, [...steps.slice(0, at), step, ...steps.slice(at + 1)], start)
}

function* runnable(scenario: Scenario, steps: readonly Step[], start: World): Generator<Scenario> {
  if (steps.length > 0 && isRunnable(steps, start)) yield { ...scenario, steps }
}

/** Drops the steps of actors, and those with arguments, that no step before has made. */
export function withoutUnmade(steps: readonly Step[]): readonly Step[] {
  const made = createMade()
  return steps.filter((step) => {
    const known = made.covers(step)
    if (known) made.add(step)
    return known
  })
}

/** Whether every step's actor can make its call, as profile linux foresees it, and the model knows the pages it is about. */
export function isRunnable(steps: readonly Step[], start: World): boolean {
  let world: World | undefined = start
  for (const [at, step] of steps.entries()) {
    if (formOf(step.call.name).pseudo !== true && !canAct(world, step.actor)) return false
    if (!isForeseen(world, step)) return false
    if (isMappingCall(step.call) && !isMappingPredictable(world, step.actor, step.call)) return false
    world = predict(world, step, at + 1)
    if (world === undefined) return false
  }
  return true
}

/** The same step with one argument simpler, or by actor A. */
function* simplerSteps(step: Step | undefined): Generator<Step> {
  if (step === undefined) return
  const given = step.call as unknown as Readonly<Record<string, unknown>>
  for (const argument of formOf(step.call.name).arguments)
    for (const value of simplerValues(argument, given[argument.name]))
      yield { ...step, call: { ...step.call, [argument.name]: value } as Step['call'] }
  if (step.call.name === 'semtimedop')
    yield { ...step, call: { name: 'semop', set: step.call.set, operations: step.call.operations } }
  if (['B', 'C', 'D'].includes(step.actor)) yield { ...step, actor: 'A' }
  if (['C', 'D'].includes(step.actor)) yield { ...step, actor: 'B' }
}

function* simplerValues(argument: Argument, value: unknown): Generator<unknown> {
  const { kind, otherwise } = argument
  if (otherwise !== undefined && canonicalKey(otherwise) !== canonicalKey(value)) yield otherwise
  if (kind === 'operations') yield* simplerOperations(value as readonly Operation[])
  else if (kind === 'flags') yield* fewerBits(value as number)
  else if (kind === 'long' || kind === 'int')
    yield* [...nearerZero(value as Long)].filter(keepsMeaning(argument, value))
  else if (kind === 'values')
    yield* (value as readonly number[]).map((_, at) => zeroAt(value as number[], at))
  else if (kind === 'key' && value !== 'private') yield* (value as number) < 0 ? ['private', 1] : ['private']
  else if (kind === 'user' && value !== 'own') yield 'own'
}

/** A value that is chosen by its name becomes no number without one: nobody says what a call does with that. */
function keepsMeaning({ names }: Argument, value: unknown): (candidate: Long) => boolean {
  const named: ReadonlySet<unknown> = new Set(names?.exclusive === true ? Object.values(names.of) : [])
  return (candidate) => !named.has(value) || named.has(candidate)
}

function* fewerBits(flags: number): Generator<number> {
  for (let bit = 1; bit !== 0 && bit <= 0x40000000; bit <<= 1) if ((flags & bit) !== 0) yield flags & ~bit
}

function* nearerZero(value: Long): Generator<Long> {
  if (typeof value === 'bigint') return
  for (const candidate of [0, 1, Math.trunc(value / 2), value - Math.sign(value)])
    if (Math.abs(candidate) < Math.abs(value)) yield candidate
}

const zeroAt = (values: readonly number[], at: number) =>
  values.map((value, index) => (index === at ? 0 : value))

function* simplerOperations(operations: readonly Operation[]): Generator<readonly Operation[]> {
  if (operations.length > 3) yield operations.slice(0, operations.length >> 1)
  for (let at = 0; at < operations.length && operations.length > 1; at++) yield operations.toSpliced(at, 1)
  for (let at = 0; at < Math.min(operations.length, 8); at++) {
    const operation = operations[at]
    if (operation === undefined) return
    for (const flags of fewerBits(operation.flags)) yield operations.with(at, { ...operation, flags })
    for (const change of nearerZero(operation.change))
      if (change !== 0) yield operations.with(at, { ...operation, change: Number(change) })
    if (operation.sem > 0) yield operations.with(at, { ...operation, sem: 0 })
  }
}
