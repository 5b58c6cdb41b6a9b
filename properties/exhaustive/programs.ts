import { canonicalKey } from '../../model/canonical.ts'
import type { Foresight } from '../../model/foresight.ts'
import { canAct, type Outcome, outcomes } from '../../model/outcomes.ts'
import { linux } from '../../model/profile.ts'
import { isPredictable } from '../../model/shared-memory/predictable.ts'
import { formOf } from '../../model/vocabulary/forms.ts'
import type { Scenario, Step } from '../../model/vocabulary/scenario.ts'
import type { World } from '../../model/world.ts'
import { bound, castOf, firstNaming, type Naming, type Proposal, proposals, type Stage } from './templates.ts'

/** A program, after the prelude: what was called, and what may have come of it in profile linux. */
export interface Program {
  readonly steps: readonly Step[]
  readonly asked: readonly (readonly Outcome[])[]
  /** Every world that it may have led to, the documented one first. */
  readonly worlds: readonly [World, ...World[]]
  readonly naming: Naming
}

/** What may follow a program. */
export interface Continuations {
  readonly possible: readonly Proposal[]
  /** Calls that may not be possible: their actor is able to make them in some worlds, or their effect is not foreseeable. */
  readonly leftOut: number
}

/** More worlds than these are too uncertain to go on from. */
const WORLDS_MAX = 64

/** The program of no calls: the prelude. */
export function emptyProgram(stage: Stage, start: World): Program {
  let program: Program = { steps: [], asked: [], worlds: [start], naming: firstNaming(stage) }
  for (const step of stage.prelude) program = extended(program, { step, naming: program.naming })
  return program
}

/** Every program of exactly `length` calls that begins with this one, each once up to the names of actors and objects. */
export function* programs(stage: Stage, from: Program, length: number): Generator<Program> {
  if (length === 0) yield from
  else
    for (const proposal of continuations(stage, from).possible)
      yield* programs(stage, extended(from, proposal), length - 1)
}

/** The calls that can be made next whatever came of those before. */
export function continuations(stage: Stage, { worlds, naming }: Program): Continuations {
  const possible: Proposal[] = []
  let leftOut = 0
  const [documented] = worlds
  for (const actor of castOf(stage, naming)) {
    const able = worlds.filter((world) => canAct(world, actor)).length
    if (able === 0) continue
    for (const proposal of proposals(stage, naming, actor, documented))
      if (able === worlds.length && worlds.length <= WORLDS_MAX && isForeseeable(worlds, proposal.step))
        possible.push(proposal)
      else leftOut++
  }
  return { possible, leftOut }
}

const isForeseeable = (worlds: Program['worlds'], { actor, call }: Step): boolean =>
  worlds.every((world) => isPredictable(world, actor, call))

export function extended({ steps, asked, worlds }: Program, { step, naming }: Proposal): Program {
  const now = steps.length + 1
  const ask = (world: World) => outcomes(world, step.actor, step.call, now, linux)
  const [documented, ...others] = worlds
  const all = ask(documented)
  const after = all.map(({ world }) => world)
  for (const world of others) for (const outcome of ask(world)) after.push(outcome.world)
  return { steps: [...steps, step], asked: [...asked, all], worlds: distinct(after), naming }
}

function distinct(worlds: readonly World[]): Program['worlds'] {
  const [first, ...others] = worlds
  if (first === undefined) throw new Error('a step without an outcome')
  if (others.length === 0) return [first]
  return [...new Map(worlds.map((world) => [canonicalKey(world), world])).values()] as [World, ...World[]]
}

/** The program as a scenario: the looks behind it show what came of it. */
export function scenarioOf(
  stage: Stage,
  start: World,
  program: Program,
): { readonly scenario: Scenario; readonly foresight: Foresight } {
  let looked = program
  for (const { by, template } of stage.looks)
    for (const actor of by === 'each' ? castOf(stage, program.naming) : [by])
      for (const { step } of bound(stage, template, program.naming, actor, looked.worlds[0]))
        if (isCertain(looked.worlds, step)) looked = extended(looked, { step, naming: program.naming })
  const foresight = { start, profile: linux, steps: looked.asked }
  return { scenario: { title: '', steps: looked.steps }, foresight }
}

const isCertain = (worlds: Program['worlds'], step: Step) =>
  formOf(step.call.name).pseudo !== true &&
  worlds.every((world) => canAct(world, step.actor)) &&
  isForeseeable(worlds, step)
