import type { Ending } from '../../model/processes/state.ts'
import type { World } from '../../model/world.ts'
import type { TimedCall } from './history.ts'

/** How processes ended, by their names, as far as somebody was told. */
export type Fates = ReadonlyMap<string, Fate>

type Fate = { readonly is: 'exited' | 'killed' | 'dumped'; readonly status: number }

export const noFates: Fates = new Map()

/** A process ends once: where different ends were told of one pid, nothing is known. */
export function fatesOf(calls: readonly TimedCall[]): Fates {
  if (!calls.some(({ call }) => call.name === 'fork')) return noFates
  const told = new Map<number, Fate | 'several'>()
  for (const call of calls) {
    const end = endTold(call)
    if (end === undefined) continue
    const known = told.get(end.pid)
    const isOther =
      known !== undefined && (known === 'several' || known.is !== end.is || known.status !== end.status)
    told.set(end.pid, isOther ? 'several' : end)
  }
  const names = new Map<number, string>()
  const shared = new Set<number>()
  for (const { call, seen } of calls) {
    if (call.name !== 'fork' || seen?.is !== 'returned' || seen.errno !== 0) continue
    const pid = Number(seen.value)
    if (names.has(pid)) shared.add(pid)
    names.set(pid, call.as)
  }
  const fates = new Map<string, Fate>()
  for (const [pid, name] of names) {
    const fate = told.get(pid)
    if (fate !== undefined && fate !== 'several' && !shared.has(pid)) fates.set(name, fate)
  }
  return fates
}

/** Whether a process may have ended as it has in the world, if it has. */
export function mayHaveEnded(fates: Fates, name: string, { processes }: World): boolean {
  const fate = fates.get(name)
  const lifecycle = processes[name]?.lifecycle
  if (fate === undefined || lifecycle?.life !== 'zombie') return true
  const { report } = lifecycle
  return report.is === 'none' || report.is === 'stopped' || report.is === 'continued'
    ? true
    : isSame(fate, report)
}

function isSame(fate: Fate, end: Ending): boolean {
  if (end.is === 'exited') return fate.is === 'exited' && fate.status === (end.code & LOW)
  return fate.is === (end.core ? 'dumped' : 'killed') && fate.status === end.signal
}

const LOW = 0xff

/** What a wait told of an end. */
function endTold({ call, seen }: TimedCall): ({ readonly pid: number } & Fate) | undefined {
  if (seen?.is !== 'returned' || seen.errno !== 0 || seen.out === null) return undefined
  const out = seen.out.map(Number)
  if (call.name === 'waitid') {
    if (call.location !== 0) return undefined
    const [, , code = Number.NaN, status = Number.NaN, pid = Number.NaN] = out
    const is = codes[code]
    if (is === undefined || !(pid > 0)) return undefined
    return { pid, is, status: is === 'exited' ? status & LOW : status }
  }
  if (call.name !== 'wait' && call.name !== 'waitpid' && call.name !== 'wait4') return undefined
  const pid = Number(seen.value)
  const [status = Number.NaN] = out
  if (call.location !== 0 || !(pid > 0) || !(status >= 0)) return undefined
  const signal = status & 0x7f
  if (signal === 0) return { pid, is: 'exited', status: status >> 8 }
  if (signal === 0x7f) return undefined
  return { pid, is: (status & 0x80) !== 0 ? 'dumped' : 'killed', status: signal }
}

/** CLD_EXITED, CLD_KILLED and CLD_DUMPED. */
const codes: Readonly<Record<number, Fate['is']>> = { 1: 'exited', 2: 'killed', 3: 'dumped' }
