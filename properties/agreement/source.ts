import type { Foresight } from '../../model/foresight.ts'
import { asksForHuge, isNoSize } from '../../model/shared-memory/huge.ts'
import { type Call, type FormName, functionOf } from '../../model/vocabulary/forms.ts'
import { CLONE_NEWIPC, RLIMIT_NPROC } from '../../model/vocabulary/names.ts'
import type { Scenario, Step } from '../../model/vocabulary/scenario.ts'
import type { Family } from '../../model/vocabulary/shape.ts'
import type { World } from '../../model/world.ts'
import type { TraceHeader } from '../../oracle/trace/trace.ts'
import { drawFrom, randomFor } from '../arbitraries/draw.ts'
import { foresee, type Recipe } from '../arbitraries/generate.ts'

/**
 * Where a scenario of a run comes from, so that it can be made again: `n:NAME` a named scenario, `f:INDEX` the
 * INDEX-th fast generated one of the seed, `s:INDEX` the INDEX-th slow one. `a:INDEX` is a fast one in which rules were
 * avoided that had turned out to be broken, so that it cannot be made again from the seed alone.
 */
export type Origin = string

export interface Sourced {
  readonly origin: Origin
  readonly scenario: Scenario
  /** Of a generated one. */
  readonly foresight?: Foresight
}

/** Whether the scenario waits for the clock, so that it should not hold up others. */
export const isSlow = ({ steps }: Scenario): boolean =>
  steps.some(({ call }) => call.name === 'tick' || call.name === 'expires')

/** Whether the target offers what the scenario needs: actors that become others, limits that change, no objects of others. */
export const isPossibleOn = (on: TraceHeader, { steps }: Scenario): boolean =>
  steps.every((step) => isStepPossibleOn(on, step))

/** The same of one step. */
export const isStepPossibleOn = (on: TraceHeader, { call }: Step): boolean => {
  const { identity } = on
  if (on.missingCalls?.includes(functionOf(call.name))) return false
  if (countsProcesses(call) && on.missingCalls?.includes('RLIMIT_NPROC')) return false
  if (/_INFO$/.test(call.name) || hasOwnKey(call)) return on.ipcNamespace === true
  if (call.name === 'unshare' && (call.flags & CLONE_NEWIPC) !== 0 && on.ipcNamespace !== true) return false
  if (/^ipc(s|rm)\./.test(call.name)) return on.programs === true && on.ipcNamespace === true
  if (changes.includes(call.name)) return on.changesLimits === true
  if (call.name === 'setnextpid') return on.changesPids === true
  if (call.name === 'shmget' && asksForHuge(call)) return hasHugePages(on) || isNoSize(call, on)
  if (call.name !== 'become' || identity.changes === 'all') return true
  const { uid, gid, groups, ruid, fsgid } = call
  if (identity.changes === 'users') return fsgid === -1
  const isSame = uid === 'own' && gid === 'own' && groups.length === 0 && ruid === -1 && fsgid === -1
  return isSame && (identity.changes === 'capabilities' || call.capabilities === 0)
}

/** Whether it is known who may have huge pages, and capabilities count for that. */
const hasHugePages = ({ hugePages }: TraceHeader): boolean =>
  hugePages !== undefined && hugePages.size > 0 && typeof hugePages.group === 'number'

/** Whether the call names a key that others may use. */
const hasOwnKey = (call: Call) => 'key' in call && typeof call.key === 'number' && call.key < 0

/** Whether the call limits the processes of a user. */
const countsProcesses = (call: Call): boolean => call.name === 'setrlimit' && call.resource === RLIMIT_NPROC

/** Calls that write what the namespace is set to. */
const changes: readonly FormName[] = ['setlimit', 'setforced', 'setnextid', 'getnextid']

/** The origin of the INDEX-th fast generated scenario in which these rules are avoided. */
export const fastOrigin = (index: number, avoid: readonly string[]): Origin =>
  `${avoid.length === 0 ? 'f' : 'a'}:${index}`

/** Makes the scenario of an origin again. Named ones are not made: undefined. */
export function sourcedOf(
  origin: Origin,
  seed: number,
  start: World,
  families: readonly Family[],
  avoid: readonly string[] = [],
): Sourced | undefined {
  const [, kind, index] = /^([fsa]):(\d+)$/.exec(origin) ?? []
  if (kind === undefined) return undefined
  const recipe: Recipe = {
    ...{ start, families, slow: kind === 's' },
    ...(avoid.length === 0 ? {} : { avoid: new Set(avoid) }),
  }
  return { origin, ...foresee(drawFrom(randomFor(kind === 's' ? ~seed : seed, Number(index))), recipe) }
}
