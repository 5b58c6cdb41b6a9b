import type { Expected, ExpectedEvent } from '../../model/expected.ts'
import type { Outcome } from '../../model/outcomes.ts'
import { type Call, formOf } from '../../model/vocabulary/forms.ts'
import { signalName } from '../../model/vocabulary/names.ts'
import type { Account, AccountStep, AllowedOutcome } from '../../oracle/account.ts'
import { type Context, match } from '../../oracle/bindings.ts'
import type { Calls } from '../../oracle/match-step.ts'
import type { TraceEvent } from '../../oracle/trace/trace.ts'
import { isExpected, type Known } from './expected.ts'
import type { Said } from './saying.ts'

/** What a step is looked at for: everything, or what came back and who did not, and of out data only these. */
export interface Looking {
  readonly account: Account
  readonly step: AccountStep
  readonly calls: Calls
  readonly known: Omit<Known, 'world'>
  /** What was said for the call that each actor is in. */
  readonly said: Readonly<Record<string, Said>>
  /** Actors that are inside a call when the step ends, as far as somebody may see it. */
  readonly actors: readonly string[]
  /** `ACTOR NAME` of the outputs that count; undefined: all. */
  readonly outputs: ReadonlySet<string> | undefined
  /** What is looked at is told where it is something else. */
  readonly tells: boolean
}

/** An outcome as a C expression. */
export function isOutcome(outcome: Outcome, looking: Looking): string {
  const terms = looking.actors.flatMap((actor) =>
    termsOf(
      actor,
      outcome.events.filter((event) => event.actor === actor),
      outcome,
      looking,
    ),
  )
  // Not less and not more.
  return asMessages(unique(terms).join(' && ')).replaceAll(
    /((?:time|memory)_units\(.*?\)+) <= (\d+) && \1 >= \2\b/g,
    looking.tells ? 'is($1, $2)' : '$1 == $2',
  )
}

/** Type, body and what is behind it at once. */
const asMessages = (terms: string): string =>
  terms.replaceAll(
    /is\((s->\w+)\.type, (-?\d+)\) && is\(first_byte\(&\1, [^=<]*?\), (-?\d+)\) && is\(matched\(&\1, [^=<]*?\), (\d+)\) && is\(beyond\(&\1, [^=<]*?\), 0\)/g,
    'is_message(&$1, $2, $3, $4)',
  )

type Returned = Extract<ExpectedEvent, { is: 'returned' }>

function termsOf(
  actor: string,
  events: readonly ExpectedEvent[],
  outcome: Outcome,
  looking: Looking,
): readonly string[] {
  const known: Known = { ...looking.known, world: outcome.world }
  const came = events.find((event): event is Returned => event.is === 'returned')
  const fault = events.find((event) => event.is === 'faulted')
  if (fault?.is === 'faulted') return [`returned(${actor}, FAULT(${faultWords(fault.signal, fault.code)}))`]
  if (events.length === 0) return [`sleeps(${actor})`]
  if (came === undefined && events.length === 1 && events[0]?.is === 'ended') return [`ended(${actor})`]
  const alone = events.length === 1
  const what = alone && came !== undefined ? [] : [`what(${actor}) == ${happenings(events)}`]
  if (came === undefined) return what
  const call = looking.calls[actor]
  const value = valueTerm(actor, came, call, alone, known)
  return [...what, ...value, ...outTerms(actor, came, call, looking, known)]
}

function valueTerm(
  actor: string,
  { result }: Returned,
  call: Call | undefined,
  alone: boolean,
  known: Known,
): readonly string[] {
  if (result.errno !== 'none') return [`${alone ? 'failed' : 'came_back_failing'}(${actor}, ${result.errno})`]
  const kind = call === undefined ? 'int' : formOf(call.name).value
  const is = isExpected(`value(${actor})`, result.value, kind, known)
  const exact = /^value\(\w+\) == ([^&]*)$/.exec(is)?.[1]
  if (exact !== undefined) return [`${alone ? 'returned' : 'came_back'}(${actor}, ${exact})`]
  const cleared = is.replaceAll(/\(long long\)value/g, 'value')
  const exactly = /^value\(\w+\) == ([^&]*)$/.exec(cleared)?.[1]
  if (exactly !== undefined) return [`${alone ? 'returned' : 'came_back'}(${actor}, ${exactly})`]
  return [...(alone ? [`returned_any(${actor})`] : []), ...(is === '' ? [] : [is])]
}

function outTerms(
  actor: string,
  { result }: Returned,
  call: Call | undefined,
  { said, outputs, tells }: Looking,
  known: Known,
): readonly string[] {
  const words = said[actor]
  if (words?.unchanged !== undefined) return [words.unchanged]
  if (call === undefined || words?.out === undefined) return []
  const isLookedAt = (name: string) => outputs === undefined || outputs.has(`${actor} ${name}`)
  if (result.out === null)
    return words.buffer !== undefined && [...Object.keys(words.out)].some(isLookedAt)
      ? [untouchedOf(words, tells)]
      : []
  const { out } = result
  const writesNothing = Object.values(out).every(
    (each) => typeof each === 'object' && 'is' in each && each.is === 'untouched',
  )
  if (writesNothing && words.buffer !== undefined && result.errno !== 'none')
    return [untouchedOf(words, tells)]
  return formOf(call.name).outputs.flatMap(({ name, kind }) => {
    const c = words.out?.[name]?.replaceAll('ACTOR', actor)
    const expected = out[name] ?? { is: 'untouched' as const }
    if (c === undefined || !isLookedAt(name)) return []
    if (
      typeof expected === 'object' &&
      'is' in expected &&
      expected.is === 'untouched' &&
      !/^s->[\w.[\]]+$/.test(c)
    )
      return []
    const isLeft = typeof expected === 'object' && 'is' in expected && expected.is === 'untouched'
    const is =
      isLeft && words.untouched !== undefined ? words.untouched : isExpected(c, expected, kind, known)
    return is === '' ? [] : [tells ? telling(is) : is]
  })
}

/** The buffer is as it was before the call; that it is not is told. */
const untouchedOf = ({ untouched, buffer }: Said, tells: boolean): string => {
  const is = untouched ?? `UNTOUCHED(${buffer})`
  return tells && /^\w+\([^()]*\)$/.test(is) ? `is(${is}, 1)` : is
}

/** Numbers that are looked at are told where they are others. */
const telling = (condition: string): string =>
  condition
    .split(' && ')
    .map((term) => term.replace(/^((?:\(long long\))?(?:s->[^=<]+|\w+\(&[^=<]+)) == ([^=<]+)$/, 'is($1, $2)'))
    .join(' && ')

const happenings = (events: readonly ExpectedEvent[]) => {
  const words = events.map(({ is }) => is.toUpperCase())
  return words.length === 1 ? (words[0] ?? '') : `(${words.join(' | ')})`
}

const codes: Readonly<Record<string, readonly string[]>> = {
  SIGSEGV: ['', 'SEGV_MAPERR', 'SEGV_ACCERR'],
  SIGBUS: ['', 'BUS_ADRALN', 'BUS_ADRERR', 'BUS_OBJERR'],
}

function faultWords(signal: number, code: number): string {
  const name = signalName(signal)
  return `${name} * 1000 + ${codes[name]?.[code] ?? code}`
}

/** Outputs of the step that differ from an allowed outcome: `ACTOR NAME`. */
export function differingOutputs({
  step,
  account,
  calls,
}: Pick<Looking, 'step' | 'account' | 'calls'>): ReadonlySet<string> {
  const found = step.allowed.flatMap((allowed) => differences(allowed, step.observed.events, calls, account))
  return new Set(found)
}

function differences(
  { outcome, bindings }: AllowedOutcome,
  events: readonly TraceEvent[],
  calls: Calls,
  { context }: Account,
): readonly string[] {
  return outcome.events.flatMap((expected) => {
    const seen = events.find(({ actor, is }) => actor === expected.actor && is === expected.is)
    const call = calls[expected.actor]
    if (expected.is !== 'returned' || seen?.is !== 'returned' || call === undefined) return []
    return differingNames(expected, seen, call, { outcome, bindings, context }).map(
      (name) => `${expected.actor} ${name}`,
    )
  })
}

function differingNames(
  { result }: Returned,
  { out }: Extract<TraceEvent, { is: 'returned' }>,
  call: Call,
  { outcome, bindings, context }: AllowedOutcome & { readonly context: Context },
): readonly string[] {
  const { outputs } = formOf(call.name)
  let bound = bindings
  const differing = outputs.filter(({ name }, at) => {
    const value = result.out?.[name] ?? untouched
    const shown = out?.[at]
    if (shown === undefined) return result.out !== null && !isUntouched(value)
    const next = match(value, shown, bound, outcome.world, context)
    bound = next ?? bound
    return next === undefined
  })
  // Where a pid is seen first, another one of the same call may be the wrong one.
  const isPid = differing.some(({ kind }) => kind === 'pid')
  return outputs
    .filter((each) => differing.includes(each) || (isPid && each.kind === 'pid'))
    .map(({ name }) => name)
}

const untouched: Expected = { is: 'untouched' }

const isUntouched = (value: Expected) =>
  typeof value === 'object' && 'is' in value && value.is === 'untouched'

const unique = (words: readonly string[]) => [...new Set(words)]
