import { type FormName, formNames, formNumber, formOf } from '../../model/vocabulary/forms.ts'
import type { Scenario, Step } from '../../model/vocabulary/scenario.ts'
import { encoders, type RequestWords, STEP_MAX } from './encode-arguments.ts'
import { makeRoom } from './growing-words.ts'
import { frameKinds, REGISTERS_MAX, SCRIPT_WORDS_MAX, SLOTS_MAX, STEPS_MAX } from './kinds.ts'
import { rootBit, rootsOf } from './roots.ts'

/** A scenario on its way: what is needed to read the reply. */
export interface Request {
  readonly scenario: Scenario
  /** Echoed by the probe. */
  readonly number: number
  /** Names of the actors by slot. */
  readonly actors: readonly string[]
}

/** Collects scenarios as request frames. */
export interface Encoder {
  /** Appends one frame. Throws `ScenarioError` if the scenario cannot be written down; nothing is appended then. */
  add(scenario: Scenario, number: number, overlap?: Overlap): Request
  /** All frames since the last `take`, in this machine's byte order. */
  take(): Buffer<ArrayBuffer>
}

/** Which steps overlap (from `first` up to `last`), how often the scenario is repeated, and what disturbs its calls. */
export interface Overlap {
  readonly first: number
  readonly last: number
  readonly repetitions: number
  readonly seed: number
  /** 0: nothing, 1: a little, 2: much, 3: by priorities, where the probe may give any. */
  readonly jitter: number
}

/** The scenario itself is wrong: it names what does not exist, or needs more than the probe has. */
export class ScenarioError extends Error {
  override name = 'ScenarioError'
}

export function createEncoder(): Encoder {
  const to: RequestWords = { words: new Int32Array(4096), at: 0, registers: new Map() }
  return {
    add(scenario, number, overlap) {
      const begin = to.at
      try {
        return { scenario, number, actors: encodeScenario(to, scenario, number, overlap) }
      } catch (error) {
        to.at = begin
        throw error
      }
    },
    take() {
      const frames = Buffer.from(to.words.buffer.slice(0, to.at * 4) as ArrayBuffer)
      to.at = 0
      return frames
    },
  }
}

/** A form, prepared: what to write for each argument, in order. */
interface Plan {
  readonly number: number
  /** Bit 0: reach `processes`; bit 1: reach `caller`. */
  readonly options: number
  readonly hasActor: boolean
  readonly isFork: boolean
  readonly makes: boolean
  readonly names: readonly string[]
  readonly encode: readonly ((to: RequestWords, value: never) => void)[]
  /** The names of its arguments that may name a process. */
  readonly processes: readonly string[]
}

const plans: ReadonlyMap<string, Plan> = new Map(formNames.map((name) => [name, planOf(name)]))

function planOf(name: FormName): Plan {
  const form = formOf(name)
  return {
    number: formNumber[name],
    options: form.reach === 'processes' ? 1 : form.reach === 'caller' ? 2 : 0,
    hasActor: name !== 'tick',
    isFork: form.makes === 'process' || form.makes === 'thread',
    makes: form.makes !== undefined,
    names: form.arguments.map((argument) => argument.name),
    encode: form.arguments.map((argument) => encoders[argument.kind]),
    processes: form.arguments.filter(({ kind }) => kind === 'process').map((argument) => argument.name),
  }
}

type Fields = Readonly<Record<string, unknown>>

/** Appends the frame and returns the actors by slot. */
function encodeScenario(
  to: RequestWords,
  { steps }: Scenario,
  number: number,
  overlap: Overlap | undefined,
): readonly string[] {
  if (steps.length > STEPS_MAX)
    throw new ScenarioError(`${steps.length} steps cannot be sent: the probe has room for ${STEPS_MAX}.`)
  const { roots, options } = survey(steps)
  const naming: Naming = { registers: to.registers, actors: roots, variables: SLOTS_MAX }
  to.registers.clear()
  for (const [slot, root] of roots.entries()) to.registers.set(root, slot)
  makeRoom(to, HEAD_MAX)
  const begin = to.at
  const kind = overlap === undefined ? frameKinds.scenario : frameKinds.overlap
  const head = [0, kind, number, Math.max(roots.length, 1), options, steps.length, ...overlapWords(overlap)]
  to.words.set(head, begin)
  to.at += head.length
  for (const [index, step] of steps.entries()) {
    encodeStep(to, step, index, naming)
    if (to.at - begin - head.length > SCRIPT_WORDS_MAX) throw wrong(index, 'the scenario becomes too long')
  }
  to.words[begin] = (to.at - begin - 2) * 4
  return naming.actors
}

const overlapWords = (overlap: Overlap | undefined) =>
  overlap === undefined
    ? []
    : [overlap.first, overlap.last, overlap.repetitions, overlap.seed | 0, overlap.jitter]

/** Words of a frame in front of its steps. */
const HEAD_MAX = 11

/** The root actors that act or are named, and the options of the scenario. */
function survey(steps: readonly Step[]): { roots: readonly string[]; options: number } {
  let named = 0
  let forked = 0
  let options = 0
  for (const [index, { actor, call }] of steps.entries()) {
    const plan = planFor(call.name, index)
    options |= plan.options
    if (plan.hasActor) named |= rootBit(actor)
    if (plan.isFork) forked |= rootBit((call as Fields).as)
    for (const name of plan.processes) named |= rootBit((call as Fields)[name])
  }
  return { roots: rootsOf(named & ~forked), options }
}

function planFor(name: string, index: number): Plan {
  const plan = plans.get(name)
  if (plan === undefined) throw wrong(index, `there is no call ${name}`)
  return plan
}

/** What has a name so far: the registers of variables and actors, the actors by slot, the next free register. */
interface Naming {
  readonly registers: Map<string, number>
  actors: readonly string[]
  variables: number
}

function encodeStep(to: RequestWords, { actor, call }: Step, index: number, naming: Naming): void {
  const plan = planFor(call.name, index)
  const slot = plan.hasActor ? naming.registers.get(actor) : 0
  if (slot === undefined || slot >= SLOTS_MAX) throw wrong(index, `there is no actor ${actor} yet`)
  makeRoom(to, STEP_MAX)
  const begin = to.at
  to.at += 4
  encodeArguments(to, plan, call as unknown as Fields, index)
  const { words } = to
  words[begin] = to.at - begin
  words[begin + 1] = slot
  words[begin + 2] = plan.number
  words[begin + 3] = plan.makes ? nameRegister((call as Fields).as, plan.isFork, index, naming) : -1
}

/** The register for what a step makes, from now on known by this name. */
function nameRegister(name: unknown, isFork: boolean, index: number, naming: Naming): number {
  if (typeof name !== 'string' || name === '') throw wrong(index, 'what it makes has no name')
  if (naming.registers.has(name)) throw wrong(index, `${name} is already the name of something else`)
  const register = isFork ? naming.actors.length : naming.variables
  if (register >= (isFork ? SLOTS_MAX : REGISTERS_MAX))
    throw wrong(index, `the probe has no room for more ${isFork ? 'actors' : 'variables'}`)
  if (isFork) naming.actors = [...naming.actors, name]
  else naming.variables++
  naming.registers.set(name, register)
  return register
}

function encodeArguments(to: RequestWords, plan: Plan, call: Fields, index: number): void {
  const { names, encode } = plan
  for (let position = 0; position < names.length; position++) {
    const name = names[position] as string
    const value = call[name]
    if (value === undefined) throw wrong(index, `argument ${name} is missing`)
    try {
      encode[position]?.(to, value as never)
    } catch (error) {
      throw wrong(index, `argument ${name}: ${(error as Error).message}`)
    }
  }
}

const wrong = (index: number, what: string) => new ScenarioError(`Step ${index + 1} cannot be sent: ${what}.`)
