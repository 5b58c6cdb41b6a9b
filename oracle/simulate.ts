import type { Expected, ExpectedEvent } from '../model/expected.ts'
import { initialWorld } from '../model/initial.ts'
import { canAct, outcomes } from '../model/outcomes.ts'
import type { Profile } from '../model/profile.ts'
import { formOf } from '../model/vocabulary/forms.ts'
import { errnos, POISON } from '../model/vocabulary/names.ts'
import { rootActors, type Scenario } from '../model/vocabulary/scenario.ts'
import type { Long } from '../model/vocabulary/shape.ts'
import type { World } from '../model/world.ts'
import { keyNumber } from './bindings.ts'
import { factsOf } from './judge.ts'
import type { Calls } from './match-step.ts'
import type { RecordedStep, Recording, TraceEvent, TraceHeader } from './trace/trace.ts'

/**
 * What a target that does exactly what the model says would record: an outcome of each step is picked (`pick` gets
 * how many there are), and symbols are given numbers. Ends where a step's actor could not make its call.
 */
export function simulate(
  scenario: Scenario,
  header: TraceHeader,
  profile: Profile,
  pick: (count: number) => number = () => 0,
): Recording {
  const numbers = createNumbers(header)
  const steps: RecordedStep[] = []
  let world: World = initialWorld(factsOf(header), rootActors)
  let calls: Calls = {}
  for (const [at, { actor, call }] of scenario.steps.entries()) {
    const isPseudo = formOf(call.name).pseudo === true
    if (!isPseudo && !canAct(world, actor)) break
    if (!isPseudo) calls = { ...calls, [actor]: call }
    const all = outcomes(world, actor, call, at + 1, profile)
    const outcome = all[pick(all.length)] ?? all[0]
    if (outcome === undefined) break
    world = outcome.world
    steps.push({
      seconds: STARTED + at + 1,
      events: outcome.events.map((event) => observe(event, calls, numbers)),
    })
  }
  return {
    scenario: { ...scenario, steps: scenario.steps.slice(0, steps.length) },
    started: STARTED,
    steps,
    problem: '',
  }
}

/** Whole seconds; every step of a simulation takes one. */
const STARTED = 1_000_000

type Numbers = (expected: Expected) => Long | readonly number[]

function createNumbers(header: TraceHeader): Numbers {
  const given = new Map<string, number>([['pid init', header.initPid]])
  const numberOf = (symbol: string, first: number, stride: number) => {
    const known = given.get(symbol)
    if (known !== undefined) return known
    const fresh = first + stride * given.size
    given.set(symbol, fresh)
    return fresh
  }
  return (expected) => {
    if (typeof expected !== 'object') return expected
    if (!('is' in expected)) return expected
    switch (expected.is) {
      case 'id':
        return numberOf(`id ${expected.of}`, 0, 3)
      case 'new id':
        return numberOf(`id ${expected.of}`, 0, 3)
      case 'slot':
        return Math.max(...expected.of.map((name) => numberOf(`id ${name}`, 0, 3)))
      case 'pid':
        return numberOf(`pid ${expected.of}`, 100, 1)
      case 'pid again': {
        const number = numberOf(`pid ${expected.first}`, 100, 1)
        given.set(`pid ${expected.of}`, number)
        return number
      }
      case 'descriptor':
        return numberOf(`descriptor ${expected.of}`, 5, 1)
      case 'made':
        return numberOf(`made ${expected.of}`, 5000, 1)
      case 'address':
        if (expected.of === 'arena') return Number(header.arena) + expected.offset
        return numberOf(`address ${expected.of}`, 0x7f00_0000_0000, 0x100_0000) + expected.offset
      case 'key':
        return keyNumber(expected.of, header)
      case 'time':
        return STARTED + expected.step
      case 'atLeast':
        return expected.least
      case 'atMost':
        return expected.most
      case 'untouched':
        return POISON
      case 'anything':
        return 0
    }
  }
}

function observe(event: ExpectedEvent, calls: Calls, numbers: Numbers): TraceEvent {
  if (event.is !== 'returned') return event
  const { actor, result } = event
  const form = calls[actor] === undefined ? undefined : formOf(calls[actor].name)
  const out = result.out
  return {
    is: 'returned',
    actor,
    value: numbers(result.value) as Long,
    errno: result.errno === 'none' ? 0 : errnos[result.errno],
    out:
      out === null || form === undefined
        ? null
        : form.outputs.map(({ name }) => numbers(out[name] ?? { is: 'untouched' })),
    clobbered: false,
  }
}
