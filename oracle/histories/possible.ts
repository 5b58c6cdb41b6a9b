import type { Profile } from '../../model/profile.ts'
import type { World } from '../../model/world.ts'
import { initialBindings } from '../bindings.ts'
import type { OverlappingProgram } from '../trace/timed-call.ts'
import type { TraceHeader } from '../trace/trace.ts'
import { boundOf, candidatesOf, isOver } from './candidates.ts'
import { createEffects } from './effects.ts'
import { noFates } from './fates.ts'
import type { TimedCall } from './history.ts'
import { hasDeadline } from './late.ts'
import { type Line, type LineCall, linesOf } from './lines.ts'
import { type Node, nextCall, rootOf } from './node.ts'
import { ASLEEP, cameInModel, UNMADE } from './outcome.ts'
import { sightOf } from './sight.ts'
import { type Search, successors } from './successors.ts'

/** A program that may come out in too many ways, or in one that the model leaves open. */
export class ManyOutcomes extends Error {
  override name = 'ManyOutcomes'
}

/** What came of each step of a program, in words; those before `first` are left out. */
export type ProgramOutcome = readonly string[]

export interface Asking {
  readonly start: World
  readonly header: TraceHeader
  readonly profile: Profile
}

const OUTCOMES_MAX = 1000
const STATES_MAX = 150_000

/**
 * Every way in which a program may come out, whenever its calls are made: each that overlaps takes effect at any time
 * between the last step before them and the first behind them.
 * @throws ManyOutcomes, or what the model throws.
 */
export function possibleOutcomes(program: OverlappingProgram, asking: Asking): readonly ProgramOutcome[] {
  const { scenario, first, last } = program
  refuseBlurred(scenario.steps.slice(first, last))
  const timed = timedCalls(program)
  const lines = linesOf(timed).map((line) => opened(line, program))
  const asked = askedOf(lines, timed, asking)
  const { effects } = asked
  if (effects.sight.lives) throw new ManyOutcomes('who is sent a signal meets it at any time')
  const found = new Map<string, ProgramOutcome>()
  const seen = new Set<string>()
  const none: ProgramOutcome = scenario.steps.map(() => UNMADE)
  const left: { readonly node: Node; readonly came: ProgramOutcome }[] = [
    {
      node: rootOf(effects.placeOf(asking.start), initialBindings(asking.header), lines, effects.sight),
      came: none,
    },
  ]
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { node, came } = next
    const key = `${node.made} ${node.asleep} ${node.removed} ${node.risen} ${node.signals} ${effects.numberOfPlace(node.place)} ${came.join(';')}`
    if (seen.has(key)) continue
    if (seen.add(key).size > STATES_MAX) throw new ManyOutcomes(`more than ${STATES_MAX} states`)
    const bound = boundOf(node, lines)
    if (isOver(node, lines) && isQuiet(node, lines)) {
      const outcome = withSleepers(came, node, lines).slice(first)
      found.set(outcome.join(';'), outcome)
      if (found.size > OUTCOMES_MAX) throw new ManyOutcomes(`more than ${OUTCOMES_MAX} outcomes`)
    }
    for (const at of candidatesOf(node, lines, bound, effects.profile)) {
      if ((nextCall(node, lines, at)?.at ?? 0) >= last && !isQuiet(node, lines)) continue
      for (const after of successors(node, at, bound, asked))
        left.push({ node: held(after, lines, program), came: withCame(came, node, after, lines) })
    }
  }
  return [...found.values()]
}

/** See `blurred.ts`: what a status tells while somebody attaches. */
function refuseBlurred(steps: OverlappingProgram['scenario']['steps']): void {
  const names = steps.map(({ call }) => call.name)
  if (names.includes('shmat') && names.includes('shmctl.IPC_STAT'))
    throw new ManyOutcomes('how many attachments a status counts meanwhile is left open')
}

/** The steps with times: those that overlap all at once, each of the others by itself. */
const timedCalls = ({ scenario, first, last }: OverlappingProgram): readonly TimedCall[] =>
  scenario.steps.map(({ actor, call }, at) => {
    const isTogether = at >= first && at < last
    // Behind one another, so that the calls of an actor have an order; before any of them is back.
    const begin = at < first ? at : isTogether ? first + (at - first) / scenario.steps.length : at + 2
    return { actor, call, begin, end: isTogether ? 'never' : begin + 0.5, seen: null }
  })

function opened({ calls, ...line }: Line, { first, last }: OverlappingProgram): Line {
  const madeBy = last + 1
  return {
    ...line,
    calls: calls.map((call): LineCall => {
      const isTogether = call.at >= first && call.at < last
      return isTogether ? { ...call, begin: first, madeBy, isOpen: true } : call
    }),
  }
}

const askedOf = (
  lines: readonly Line[],
  timed: readonly TimedCall[],
  { header, profile }: Asking,
): Search => ({
  lines,
  effects: createEffects(profile, sightOf(timed)),
  context: { header, recording: { started: 0, steps: [{ seconds: 0 }] } },
  ...{ unit: 1, budget: 0, needs: [], fates: noFates },
})

/** Who comes back by a call that is made behind those that overlap makes no further ones. */
function held(node: Node, lines: readonly Line[], { last }: OverlappingProgram): Node {
  if (node.effected === null || node.effected.at < last || node.came.length < 2) return node
  const woken = new Set(node.came.map(({ actor }) => actor))
  const made = node.made.map((count, at) => {
    const line = lines[at]
    const isAlone = line?.calls.some((call) => call.at === node.effected?.at) === true
    return line !== undefined && !isAlone && woken.has(line.actor) ? line.calls.length : count
  })
  return { ...node, made }
}

/** Nobody sleeps who would wake by himself, or is awake inside a call. */
const isQuiet = (node: Node, lines: readonly Line[]): boolean =>
  lines.every((_, at) => {
    const call = nextCall(node, lines, at)
    if (call?.isOpen !== true) return true
    return (node.asleep >> at) & 1 ? !hasDeadline(call) : !((node.risen >> at) & 1)
  })

function withCame(came: ProgramOutcome, before: Node, after: Node, lines: readonly Line[]): ProgramOutcome {
  if (after.came.length === 0) return came
  const changed = came.slice()
  for (const event of after.came) {
    const at = lines.findIndex(({ actor }) => actor === event.actor)
    const call = nextCall(before, lines, at)
    if (call === undefined) continue
    const words = cameInModel(event, call.call)
    if (words === undefined) throw new ManyOutcomes(`what ${call.call.name} tells is left open`)
    changed[call.at] = words
  }
  return changed
}

function withSleepers(came: ProgramOutcome, node: Node, lines: readonly Line[]): ProgramOutcome {
  const changed = came.slice()
  lines.forEach((_, at) => {
    const call = nextCall(node, lines, at)
    if (call !== undefined && (node.asleep >> at) & 1) changed[call.at] = ASLEEP
  })
  return changed
}
