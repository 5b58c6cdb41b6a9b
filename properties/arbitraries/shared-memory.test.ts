import { describe, expect, it } from 'vitest'
import { clauses } from '../../model/catalogue.ts'
import { initialWorld, usualFacts } from '../../model/initial.ts'
import { canAct, type Outcome, outcomes } from '../../model/outcomes.ts'
import { linux } from '../../model/profile.ts'
import { lockedBytes } from '../../model/shared-memory/locking.ts'
import { isPredictable } from '../../model/shared-memory/predictable.ts'
import { formOf } from '../../model/vocabulary/forms.ts'
import { rootActors, type Scenario, type Step } from '../../model/vocabulary/scenario.ts'
import { printStep } from '../../model/vocabulary/text/print.ts'
import type { World } from '../../model/world.ts'
import { drawFrom, randomFor } from './draw.ts'
import { generate } from './generate.ts'

const start = initialWorld(usualFacts, rootActors)
const seed = 4

const made = (count: number, slow: boolean): readonly Scenario[] =>
  Array.from({ length: count }, (_, index) =>
    generate(drawFrom(randomFor(seed, index)), { start, families: ['shared-memory'], slow }),
  )

interface Seen {
  readonly step: Step
  readonly before: World
  readonly outcome: Outcome
}

/** Every step of a scenario, as profile linux foresees it. */
function walk({ steps }: Scenario): readonly Seen[] {
  let before = start
  return steps.flatMap((step, at) => {
    const [outcome] = outcomes(before, step.actor, step.call, at + 1, linux)
    if (outcome === undefined) return []
    const seen = { step, before, outcome }
    before = outcome.world
    return [seen]
  })
}

const fails = ({ outcome }: Seen) =>
  outcome.events.some((event) => event.is === 'returned' && event.result.errno !== 'none')

const isOfMemory = (id: string) =>
  /^(shmget|shmat|shmdt|shmctl|load|store|access)\./.test(id) ||
  /^(fork|exec|exit)\.(attachments|child-detach|failed\.keeps|dest|detach|creator)/.test(id)

/** What only a lack of memory or 32 bits show, or addresses that generators leave out (see `isPredictable`). */
const outOfReach = [
  'access.unknown-address',
  'shmat.large.enomem',
  'shmctl.lock.over-limit-enomem',
  'shmdt.unknown',
  'shmget.create.memory-enomem',
  'shmget.create.size-unsigned',
]

describe('the generator of shared memory', () => {
  const walks = made(6000, false).map(walk)

  it('reaches every clause within some thousand scenarios', () => {
    const used = new Set(walks.flatMap((walk) => walk.flatMap(({ outcome }) => outcome.rules)))
    const all = new Set(clauses.map(({ id }) => id).filter(isOfMemory))
    expect([...all].filter((id) => !used.has(id)).sort()).toEqual(outOfReach)
  })

  it('makes only calls that can be made and whose outcome the model can tell', () => {
    const canBeMade = ({ step: { actor, call }, before }: Seen) =>
      (formOf(call.name).pseudo === true || canAct(before, actor)) && isPredictable(before, actor, call)
    const wrong = walks.flat().filter((seen) => !canBeMade(seen))
    expect(wrong.map(({ step }) => printStep(step))).toEqual([])
  })

  it('mostly makes calls that succeed', () => {
    const all = walks.flat()
    expect(all.filter(fails).length / all.length).toBeLessThan(0.25)
  })

  it('looks at every segment at the end, whatever its mode', () => {
    for (const walk of walks.slice(0, 500)) {
      const { world } = walk.at(-1)?.outcome ?? { world: start }
      const looks = walk.filter((seen) => seen.step.call.name === 'shmctl.IPC_STAT' && !fails(seen))
      const seen = looks.map(({ step: { call } }) => 'segment' in call && call.segment)
      expect(seen).toEqual(expect.arrayContaining(Object.keys(world.segments)))
    }
  })

  it('locks little in slow scenarios, many of which run at once', () => {
    const locked = made(500, true).flatMap((scenario) =>
      walk(scenario).map(({ outcome }) => lockedBytes(outcome)),
    )
    expect(Math.max(...locked)).toBe(usualFacts.pageSize)
  })
})
