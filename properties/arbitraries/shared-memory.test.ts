import { describe, expect, it } from 'vitest'
import { clauses } from '../../model/families.ts'
import { initialWorld, usualFacts } from '../../model/initial.ts'
import { canAct, outcomes } from '../../model/outcomes.ts'
import { linux } from '../../model/profile.ts'
import { isPredictable } from '../../model/shared-memory/predictable.ts'
import { lockedBytes } from '../../model/shared-memory/shmctl.ts'
import { formOf } from '../../model/vocabulary/forms.ts'
import { rootActors, type Scenario } from '../../model/vocabulary/scenario.ts'
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

/** Goes through a scenario as profile linux foresees it; `look` sees each step and the world before it. */
function walk({ steps }: Scenario, look: (at: number, before: World) => void): readonly string[] {
  let world = start
  return steps.flatMap(({ actor, call }, at) => {
    look(at, world)
    const outcome = outcomes(world, actor, call, at + 1, linux)[0]
    world = outcome?.world ?? world
    return outcome?.rules ?? []
  })
}

const isOfMemory = (id: string) =>
  /^(shmget|shmat|shmdt|shmctl|load|store|access)\./.test(id) ||
  /^(fork|exec|exit)\.(attachments|child-detach|failed\.keeps|dest|detach|creator)/.test(id)

/** What only a lack of memory shows, or addresses that generators leave out (see `isPredictable`). */
const outOfReach = [
  'access.unknown-address',
  'shmat.large.enomem',
  'shmctl.lock.over-limit-enomem',
  'shmdt.unknown',
  'shmget.create.memory-enomem',
]

describe('the generator of shared memory', () => {
  const scenarios = made(6000, false)

  it('reaches every clause within some thousand scenarios', () => {
    const used = new Set(scenarios.flatMap((scenario) => walk(scenario, () => {})))
    const all = new Set(clauses.map(({ id }) => id).filter(isOfMemory))
    expect([...all].filter((id) => !used.has(id)).sort()).toEqual(outOfReach)
  })

  it('makes only calls that can be made and whose outcome the model can tell', () => {
    const wrong: string[] = []
    for (const scenario of scenarios)
      walk(scenario, (at, world) => {
        const step = scenario.steps[at]
        if (step === undefined) return
        const { actor, call } = step
        const isAble = formOf(call.name).pseudo === true || canAct(world, actor)
        if (!isAble || !isPredictable(world, actor, call)) wrong.push(printStep(step))
      })
    expect(wrong).toEqual([])
  })

  it('mostly does something, rather than failing', () => {
    let failed = 0
    let all = 0
    for (const { steps } of scenarios) {
      let world = start
      steps.forEach(({ actor, call }, at) => {
        const outcome = outcomes(world, actor, call, at + 1, linux)[0]
        const fails = outcome?.events.some(
          (event) => event.is === 'returned' && event.result.errno !== 'none',
        )
        failed += fails ? 1 : 0
        all++
        world = outcome?.world ?? world
      })
    }
    expect(failed / all).toBeLessThan(0.3)
  })

  it('ends with a look at every segment, whatever its mode', () => {
    for (const { steps } of scenarios.slice(0, 500)) {
      let world = start
      const seen = new Set<string>()
      steps.forEach(({ actor, call }, at) => {
        const outcome = outcomes(world, actor, call, at + 1, linux)[0]
        const event = outcome?.events[0]
        if (call.name === 'shmctl.IPC_STAT' && event?.is === 'returned' && event.result.errno === 'none')
          seen.add(world.aliases[`${call.segment}`] ?? `${call.segment}`)
        world = outcome?.world ?? world
      })
      expect(Object.keys(world.segments).filter((name) => !seen.has(name))).toEqual([])
    }
  })

  it('locks little in slow scenarios, many of which run at once', () => {
    for (const scenario of made(500, true))
      walk(scenario, (_, world) => expect(lockedBytes({ world })).toBeLessThanOrEqual(usualFacts.pageSize))
  })
})
