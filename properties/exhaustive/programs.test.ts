import { describe, expect, it } from 'vitest'
import { initialWorld, usualFacts } from '../../model/initial.ts'
import { rootActors } from '../../model/vocabulary/scenario.ts'
import { printScenario } from '../../model/vocabulary/text/print.ts'
import { isRunnable } from '../arbitraries/shrink.ts'
import { type Alphabet, alphabets } from './alphabets.ts'
import { continuations, emptyProgram, type Program, programs, scenarioOf } from './programs.ts'
import { stageOf } from './templates.ts'

const start = initialWorld(usualFacts, rootActors)

/** How many programs of 1, 2 and 3 calls there are. */
const counts: Readonly<Record<string, readonly number[]>> = {
  semaphores: [12, 253, 6907],
  messages: [12, 241, 6359],
  'shared-memory': [9, 209, 5745],
  processes: [32, 860, 22626],
}

describe.each(alphabets)('the programs of $family', (alphabet) => {
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
    expect(found).toEqual(counts[alphabet.family])
    expect(short.length).toBe((found[0] ?? 0) + (found[1] ?? 0))
  })

  it('are each there once, whatever actors and objects are called', () => {
    const keys = short.map((program) => keyOf(program, alphabet))
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('are all that there are, whatever actors and objects are called', () => {
    const everyName = { actors: alphabet.actors.length, objects: alphabet.objects.length }
    const all = { ...empty, naming: { ...empty.naming, ...everyName } }
    const keys = [1, 2].flatMap((length) =>
      [...programs(stage, all, length)].map((program) => keyOf(program, alphabet)),
    )
    expect(new Set(keys)).toEqual(new Set(short.map((program) => keyOf(program, alphabet))))
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
function keyOf({ steps }: Program, { prelude, actors, objects }: Alphabet): string {
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
