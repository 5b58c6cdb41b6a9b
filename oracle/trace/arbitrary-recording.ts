import fc from 'fast-check'
import { type Call, type FormName, formNames, formOf } from '../../model/vocabulary/forms.ts'
import { rootActors, type Step } from '../../model/vocabulary/scenario.ts'
import type { ArgumentKind, Long, OutputKind } from '../../model/vocabulary/shape.ts'
import type { OutData, RecordedStep, Recording, TraceEvent } from './trace.ts'

/** Recordings with any calls and any answers, consistent only in who is in a call. For tests of formats. */
export const arbitraryRecording = (): fc.Arbitrary<Recording> =>
  fc.gen().map((draw): Recording => {
    const steps: Step[] = []
    const recorded: RecordedStep[] = []
    const names: Names = { actors: [...rootActors], variables: [] }
    const inCall = new Map<string, FormName>()
    const length = draw(fc.nat, { max: 8 })
    const begun = draw(fc.boolean) ? length : draw(fc.nat, { max: length })
    for (let index = 0; index < length; index++) {
      const step = arbitraryStep(draw, names, index)
      steps.push(step)
      if (index >= begun) continue
      if (inCall.has(step.actor)) {
        recorded.push(restAfter(draw, [{ is: 'skipped', actor: step.actor }]))
        continue
      }
      if (formOf(step.call.name).pseudo !== true) inCall.set(step.actor, step.call.name)
      recorded.push(restAfter(draw, arbitraryEvents(draw, inCall)))
    }
    return {
      scenario: { title: draw(fc.string), steps },
      started: draw(seconds),
      steps: recorded,
      problem: begun < length ? 'the probe had to give up before the end' : '',
    }
  })

type Draw = fc.GeneratorValue

interface Names {
  readonly actors: string[]
  readonly variables: string[]
}

const seconds = () => fc.nat({ max: 2 ** 32 - 1 })

const restAfter = (draw: Draw, events: readonly TraceEvent[]): RecordedStep => ({
  seconds: draw(seconds),
  events,
})

function arbitraryStep(draw: Draw, names: Names, index: number): Step {
  const name = draw(() => fc.constantFrom(...formNames))
  const actor = draw((all: string[]) => fc.constantFrom(...all), names.actors)
  const form = formOf(name)
  const call: Record<string, unknown> = { name }
  for (const argument of form.arguments) call[argument.name] = draw(argumentOf, argument.kind, names)
  if (form.makes !== undefined) {
    call.as = `V${index}`
    ;(form.makes === 'process' || form.makes === 'thread' ? names.actors : names.variables).push(`V${index}`)
  }
  return { actor, call: call as unknown as Call }
}

function arbitraryEvents(draw: Draw, inCall: Map<string, FormName>): TraceEvent[] {
  const events: TraceEvent[] = []
  for (const [actor, name] of inCall) {
    const is = draw(() => fc.constantFrom(...fates))
    if (is === 'stopped') events.push({ is, actor }, { is: 'continued', actor })
    if (is === 'asleep' || is === 'stopped') continue
    inCall.delete(actor)
    if (is === 'returned') events.push(arbitraryReturn(draw, actor, name))
    else if (is === 'faulted') events.push({ is, actor, signal: draw(signals), code: draw(fc.nat) })
    else events.push({ is, actor })
  }
  return events
}

const fates = ['returned', 'returned', 'returned', 'faulted', 'ended', 'asleep', 'stopped'] as const

const arbitraryReturn = (draw: Draw, actor: string, name: FormName): TraceEvent => ({
  is: 'returned',
  actor,
  value: draw(longs),
  errno: draw(() => fc.nat({ max: 140 })),
  out: arbitraryOut(draw, name),
  clobbered: draw(fc.boolean),
})

function arbitraryOut(draw: Draw, name: FormName): OutData {
  const { outputs } = formOf(name)
  return outputs.length === 0 || draw(fc.boolean) ? null : outputs.map(({ kind }) => draw(outputOf, kind))
}

const ints = () => fc.integer()
const signals = () => fc.integer({ min: 1, max: 64 })
const longs = (): fc.Arbitrary<Long> =>
  fc
    .oneof(fc.integer().map(BigInt), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }))
    .map((value) => (Number.isSafeInteger(Number(value)) ? Number(value) : value))

function outputOf(kind: OutputKind): fc.Arbitrary<Long | readonly number[]> {
  if (kind === 'list') return fc.array(ints())
  return kind === 'long' || kind === 'address' || kind === 'time' ? longs() : ints()
}

function argumentOf(kind: ArgumentKind, { actors, variables }: Names): fc.Arbitrary<unknown> {
  const one = (of: readonly string[]) => (of.length === 0 ? [] : [fc.constantFrom(...of)])
  switch (kind) {
    case 'int':
    case 'flags':
    case 'signal':
      return ints()
    case 'long':
      return longs()
    case 'id':
      return fc.oneof(ints(), ...one(variables))
    case 'key':
      return fc.oneof(
        fc.constant('private'),
        fc.integer({ min: 1, max: 99 }),
        fc.integer({ min: -(2 ** 31), max: -1 }),
      )
    case 'process':
      return fc.oneof(ints(), ...one(actors), ...one(actors.map((actor) => `-${actor}`)), ...one(variables))
    case 'address':
      return fc.record(
        { base: fc.oneof(fc.constantFrom('null', 'arena', 'literal'), ...one(variables)), offset: ints() },
        { noNullPrototype: true },
      )
    case 'user':
      return fc.oneof(fc.constant('own'), ints())
    case 'operations':
      return fc.array(
        fc.record({ sem: fc.nat(70000), change: ints(), flags: ints() }, { noNullPrototype: true }),
      )
    case 'values':
      return fc.array(fc.nat(70000))
    case 'timeout':
      return fc.oneof(
        fc.constant('none'),
        fc.record({ seconds: longs(), nanoseconds: longs() }, { noNullPrototype: true }),
      )
  }
}
