import { objectName } from '../../model/common/access.ts'
import { type Call, forms } from '../../model/vocabulary/forms.ts'
import { errnos } from '../../model/vocabulary/names.ts'
import type { Form } from '../../model/vocabulary/shape.ts'
import type { World } from '../../model/world.ts'
import type { TraceEvent } from '../trace/trace.ts'
import type { TimedCall } from './history.ts'
import { wantedTimes } from './wanted.ts'

/** The calls of one actor in their order. */
export interface Line {
  readonly actor: string
  readonly calls: readonly LineCall[]
  /** Somebody sends it signals. */
  readonly isSignalled: boolean
}

export interface LineCall extends Omit<TimedCall, 'asleepAt' | 'atRest'> {
  readonly asleepAt: number | undefined
  readonly atRest: true | undefined
  /** Index in the history. */
  readonly at: number
  /** By when it has been made: when it was back, or seen asleep. */
  readonly madeBy: number
  /** When it was back; Infinity where it was not. */
  readonly back: number
  /** What comes of it is asked for: whatever may. */
  readonly isOpen: boolean
  /** It changes nothing where it comes back as it was seen: it failed, or asked for something only. */
  readonly mayOnlyLook: boolean
  /** When a message was received that it sent; Infinity where that is not so. */
  readonly wantedAt: number
}

/** The calls of each actor. */
export function linesOf(calls: readonly TimedCall[]): readonly Line[] {
  const lines = new Map<string, LineCall[]>()
  const wanted = wantedTimes(calls)
  for (const [at, call] of calls.entries()) {
    const line = lines.get(call.actor) ?? []
    const back = call.end === 'never' ? Number.POSITIVE_INFINITY : call.end
    line.push({
      actor: call.actor,
      call: call.call,
      begin: call.begin,
      end: call.end,
      seen: call.seen,
      asleepAt: call.asleepAt,
      atRest: call.atRest,
      at,
      madeBy: call.asleepAt ?? back,
      back,
      isOpen: false,
      mayOnlyLook: call.seen !== null && changesNothing(call.call, call.seen),
      wantedAt: wanted.get(at) ?? Number.POSITIVE_INFINITY,
    })
    lines.set(call.actor, line)
  }
  const signalled = new Set(calls.flatMap(({ call }) => (call.name === 'kill' ? [call.process] : [])))
  return [...lines].map(([actor, its]) => ({
    ...{ actor, isSignalled: signalled.has(actor) },
    calls: its.sort((a, b) => a.begin - b.begin),
  }))
}

/** Whether a call that came to this has changed nothing. */
export function changesNothing(call: Call, seen: TraceEvent): boolean {
  if (seen.is !== 'returned') return false
  if (seen.errno !== 0) return vain.has(seen.errno)
  if (call.name === 'kill') return call.signal === 0
  const kind = lookingNames.get(call.name)
  return kind === 'looks' || (kind === 'waits' && Number(seen.value) === 0)
}

/** Errors of calls that have changed nothing, in whatever world and profile. */
const vain: ReadonlySet<number> = new Set([errnos.EAGAIN, errnos.ENOMSG, errnos.ECHILD, errnos.ESRCH])

/** Calls that only look, and those that do where they find nothing. */
const lookingNames: ReadonlyMap<string, 'looks' | 'waits'> = new Map([
  ...namesLike(/\.(GET\w+|IPC_STAT)$|^getp/).map((name) => [name, 'looks'] as const),
  ...namesLike(/^wait/).map((name) => [name, 'waits'] as const),
])

function namesLike(pattern: RegExp): readonly string[] {
  return Object.keys(forms).filter((name) => pattern.test(name))
}

/** The object that a call is about, as the world calls it; undefined where it is about none. */
export function objectOf(world: World, call: Call): string | undefined {
  const name = idOf.get(call.name)
  const value = name === undefined ? undefined : (call as unknown as Readonly<Record<string, unknown>>)[name]
  return typeof value === 'string' ? objectName(world, value) : undefined
}

/** The argument of each call that is an identifier. */
const idOf: ReadonlyMap<string, string> = new Map(
  Object.entries<Form>(forms).flatMap(([call, form]) => {
    const argument = form.arguments.find(({ kind }) => kind === 'id')
    return argument === undefined ? [] : [[call, argument.name]]
  }),
)

/** Whether it removes an object. */
export const removes = ({ name }: Call): boolean => name.endsWith('.IPC_RMID')

/** The object that is gone by the effect of a call; a segment outlives its removal as long as it is attached. */
export function lostBy(call: Call, before: World, after: World): string | undefined {
  if (call.name === 'shmdt' || call.name === 'shmctl.IPC_RMID')
    return Object.keys(before.segments).find((name) => !(name in after.segments))
  return removes(call) ? objectOf(before, call) : undefined
}
