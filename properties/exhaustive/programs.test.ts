import { describe, expect, it } from 'vitest'
import { initialWorld, usualFacts } from '../../model/initial.ts'
import { rootActors } from '../../model/vocabulary/scenario.ts'
import { printScenario } from '../../model/vocabulary/text/print.ts'
import { isRunnable } from '../arbitraries/shrink.ts'
import { alphabets } from './alphabets.ts'
import { continuations, emptyProgram, type Program, programs, scenarioOf } from './programs.ts'
import { type Stage, stageOf } from './templates.ts'

const start = initialWorld(usualFacts, rootActors)

/** How many programs of 1, 2 and 3 calls there are, by family and scene. */
const counts: Readonly<Record<string, readonly number[]>> = {
  'semaphores on 1 set of 2 semaphores': [12, 253, 6907],
  'semaphores on 1 set of 2 semaphores, with signals': [7, 134, 3122],
  'messages on 1 queue that holds 2 bytes': [12, 241, 6359],
  'messages on 1 queue that holds 2 bytes, with signals': [7, 134, 3098],
  'shared-memory on 2 segments of 1 page': [9, 209, 5745],
  'processes: ends, stops and waits': [24, 468, 9108],
  'processes: groups, orphans and children that nobody waits for': [34, 1004, 30756],
}

describe.each(alphabets)('the programs of $family ($scene)', (alphabet) => {
  const stage = stageOf(alphabet)
  const empty = emptyProgram(stage, start)
  const short = [1, 2].flatMap((length) => [...programs(stage, empty, length)])

  it('are as many as ever', () => {
    const found = [1, 2, 3].map((length) =>
      [...programs(stage, empty, length - 1)].reduce(
        (sum, program) => sum + continuations(stage, program).possible.length,
        0,
      ),
    )
    expect(found).toEqual(counts[`${alphabet.family}${alphabet.scene}`])
    expect(short.length).toBe((found[0] ?? 0) + (found[1] ?? 0))
  })

  it('are each there once, whatever actors and objects are called', () => {
    const keys = short.map((program) => keyOf(program, stage))
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('are all that there are, whatever actors and objects are called', () => {
    const everyName = { actors: alphabet.actors.length, objects: alphabet.objects.length }
    const all = { ...empty, naming: { ...empty.naming, ...everyName } }
    const keys = [1, 2].flatMap((length) =>
      [...programs(stage, all, length)].map((program) => keyOf(program, stage)),
    )
    expect(new Set(keys)).toEqual(new Set(short.map((program) => keyOf(program, stage))))
  })

  it('are possible, and so is what looks behind them', () => {
    for (const program of short) {
      const { scenario, foresight } = scenarioOf(stage, start, program)
      expect(foresight.steps.length).toBe(scenario.steps.length)
      expect(scenario.steps.length).toBeGreaterThan(program.steps.length)
      if (!isRunnable(scenario.steps, start)) expect.fail(printScenario(scenario))
    }
  })
})

/** The program under those names of actors and objects that make the least text. */
function keyOf({ steps }: Program, { prelude, alphabet: { actors, objects } }: Stage): string {
  const text = printScenario({ title: '', steps: steps.slice(prelude.length) })
  const candidates = renamings(actors).flatMap((some) =>
    renamings(objects).map((others) => renamed(text, new Map([...some, ...others]))),
  )
  return candidates.sort()[0] ?? text
}

const renamed = (text: string, names: ReadonlyMap<string, string>) =>
  text.replaceAll(/\b[A-Z]\b/g, (name) => names.get(name) ?? name)

const renamings = (names: readonly string[]): ReadonlyMap<string, string>[] =>
  permutations(names).map((order) => new Map(names.map((name, at) => [name, order[at] ?? name])))

const permutations = (names: readonly string[]): string[][] =>
  names.length < 2
    ? [[...names]]
    : names.flatMap((name, at) => permutations(names.toSpliced(at, 1)).map((rest) => [name, ...rest]))
