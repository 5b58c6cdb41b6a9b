import { canonicalKey } from '../../model/canonical.ts'
import { initialWorld, usualFacts } from '../../model/initial.ts'
import { canAct, outcomes } from '../../model/outcomes.ts'
import type { Profile } from '../../model/profile.ts'
import type { Call } from '../../model/vocabulary/forms.ts'
import { formOf } from '../../model/vocabulary/forms.ts'
import { rootActors, type Step } from '../../model/vocabulary/scenario.ts'
import type { Facts, World } from '../../model/world.ts'
import { endOf, type MadeStep } from './end-of.ts'
import type { LitmusTest } from './litmus-test.ts'
import { madeActors, objectsOf } from './objects.ts'
import type { End } from './proposition.ts'
import { seenInModel } from './seen.ts'

/** A way in which a test may end, by a profile. */
export interface PossibleEnd {
  readonly end: End
  /** How many ways lead there: orders of the calls, and choices that are left open. */
  readonly ways: number
  /** One of them: the places of the calls in their order, as `B.1 A.1`. */
  readonly witness: readonly string[]
  /** The setup and the calls of that way, with what is seen. */
  readonly steps: readonly ModelStep[]
}

/** A step as a profile allows it, and the rules that were used. */
export interface ModelStep extends MadeStep {
  readonly rules: readonly string[]
}

/** A test with too many states to see them all. */
export class TooLarge extends Error {
  override name = 'TooLarge'
}

/** States that are visited before the search gives up; it never forgets some of them. */
const STATES_MAX = 60_000

/** All steps have the same time, so that worlds do not differ by their stamps. */
const NOW = 1

/** Where the actors have come to: several ways that led to the same are one. */
export interface Position {
  readonly world: World
  /** How many calls of each column have been made. */
  readonly made: readonly number[]
  readonly steps: readonly ModelStep[]
  readonly ways: number
}

export interface Ends {
  readonly ends: readonly PossibleEnd[]
  /** The rules that were used on all the ways there. */
  readonly rules: ReadonlySet<string>
}

/**
 * Every way in which the test may end: its calls interleaved in every way, each with every outcome that the profile
 * allows. Sorted by their first names.
 * @throws TooLarge naming how far it got.
 */
export function allEnds(
  test: LitmusTest,
  profile: Profile,
  {
    facts = usualFacts,
    statesMax = STATES_MAX,
  }: { readonly facts?: Facts; readonly statesMax?: number } = {},
): Ends {
  const found = new Map<string, PossibleEnd>()
  let positions: readonly Position[] = begin(test, profile, facts)
  const rules = new Set(positions.flatMap(({ steps }) => steps.flatMap((step) => step.rules)))
  let visited = 0
  while (positions.length > 0) {
    const next = new Map<string, Position>()
    for (const position of positions) {
      if (visited++ >= statesMax) throw new TooLarge(tooLarge(test, statesMax))
      const movable = movableColumns(test, position)
      if (movable.length === 0) for (const last of looked(test, position, profile)) record(found, test, last)
      for (const at of movable)
        for (const moved of move(test, position, at, profile)) {
          for (const rule of moved.steps.at(-1)?.rules ?? []) rules.add(rule)
          merge(next, test, moved)
        }
    }
    positions = [...next.values()]
  }
  return { ends: [...found.values()].sort((a, b) => (keyOf(a.end) < keyOf(b.end) ? -1 : 1)), rules }
}

/** The same without the rules. */
export const possibleEnds = (...asked: Parameters<typeof allEnds>): readonly PossibleEnd[] =>
  allEnds(...asked).ends

const tooLarge = ({ name, columns }: LitmusTest, most: number) => {
  const calls = columns.reduce((sum, column) => sum + column.calls.length, 0)
  return (
    `${name} has more than ${most.toLocaleString('en-US')} states (${columns.length} actors, ${calls} calls): ` +
    'take some calls or actors away, or move calls whose order does not matter into the setup'
  )
}

const keyOf = (end: End) => JSON.stringify(Object.entries(end).sort(([a], [b]) => (a < b ? -1 : 1)))

/** The positions after the setup. */
export function begin(test: LitmusTest, profile: Profile, facts: Facts): readonly Position[] {
  const made = test.columns.map(() => 0)
  let positions: readonly Position[] = [{ world: initialWorld(facts, rootActors), made, steps: [], ways: 1 }]
  for (const step of test.setup) {
    const isDriver = formOf(step.call.name).pseudo === true
    if (!isDriver && positions.every(({ world }) => !canAct(world, step.actor)))
      throw new Error(`the setup of ${test.name} cannot be made: ${step.actor} is in no state to make a call`)
    positions = positions
      .filter(({ world }) => isDriver || canAct(world, step.actor))
      .flatMap((position) => perform(test, position, step, 'setup', profile, made))
  }
  return positions
}

/** The columns that can make their next call. */
export const movableColumns = (test: LitmusTest, { world, made }: Position): readonly number[] =>
  test.columns.flatMap(({ actor, calls }, at) =>
    (made[at] ?? 0) < calls.length && canAct(world, actor) ? [at] : [],
  )

/** The positions after the next call of a column. */
export function move(
  test: LitmusTest,
  position: Position,
  at: number,
  profile: Profile,
): readonly Position[] {
  const column = test.columns[at]
  const number = position.made[at] ?? 0
  const call = column?.calls[number]
  if (column === undefined || call === undefined) return []
  const made = position.made.map((count, each) => (each === at ? count + 1 : count))
  const place = `${column.actor}.${number + 1}`
  return perform(test, position, { actor: column.actor, call }, place, profile, made)
}

function perform(
  test: LitmusTest,
  { world, steps, ways }: Position,
  step: Step,
  place: MadeStep['place'],
  profile: Profile,
  made: readonly number[],
): readonly Position[] {
  const calls = callsOf([...steps, { step }])
  const actors = madeActors(test)
  return outcomes(world, step.actor, step.call, NOW, profile).map((outcome) => ({
    world: outcome.world,
    made,
    ways,
    steps: [
      ...steps,
      {
        ...{ step, place, rules: outcome.rules },
        seen: outcome.events.map((event) => seenInModel(event, calls[event.actor], actors)),
      },
    ],
  }))
}

/** The call that each actor is in, or was in last. */
export function callsOf(steps: readonly Pick<MadeStep, 'step'>[]): Readonly<Record<string, Call>> {
  const calls: Record<string, Call> = {}
  for (const { step } of steps) if (formOf(step.call.name).pseudo !== true) calls[step.actor] = step.call
  return calls
}

/** The observer looks at every object that was made. */
function looked(test: LitmusTest, position: Position, profile: Profile): readonly Position[] {
  let positions: readonly Position[] = [position]
  for (const { name, looks } of objectsOf(test))
    for (const look of looks)
      positions = positions.flatMap((each) =>
        isNamed(each, name)
          ? perform(test, each, { actor: test.observer, call: look.call }, look, profile, each.made)
          : [each],
      )
  return positions
}

/** Whether a call was made that should have given the variable its object. */
export const isNamed = ({ steps }: Pick<Position, 'steps'>, name: string): boolean =>
  steps.some(({ step: { call }, place }) => typeof place === 'string' && 'as' in call && call.as === name)

function merge(positions: Map<string, Position>, test: LitmusTest, position: Position): void {
  const key = `${canonicalKey(position.world)} ${position.made} ${keyOf(endOf(test, position.steps))}`
  const known = positions.get(key)
  positions.set(key, known === undefined ? position : { ...known, ways: known.ways + position.ways })
}

function record(found: Map<string, PossibleEnd>, test: LitmusTest, { steps, ways }: Position): void {
  const end = endOf(test, steps)
  const key = keyOf(end)
  const known = found.get(key)
  const made = steps.filter(({ place }) => typeof place === 'string')
  const witness = made.flatMap(({ place }) => (typeof place === 'string' && place !== 'setup' ? [place] : []))
  found.set(
    key,
    known === undefined ? { end, ways, witness, steps: made } : { ...known, ways: known.ways + ways },
  )
}
