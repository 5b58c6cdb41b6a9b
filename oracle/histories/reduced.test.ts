import { describe, expect, it } from 'vitest'
import type { Result } from '../../model/expected.ts'
import { actorsToAct, canAct, laterOutcomes, type Outcome, ownOutcomes } from '../../model/outcomes.ts'
import { linux, type Profile, posix } from '../../model/profile.ts'
import { errnos } from '../../model/vocabulary/names.ts'
import { initialBindings, UNSEEN } from '../bindings.ts'
import { aHeader } from '../trace/a-header.testing.ts'
import { boundOf, candidatesOf } from './candidates.ts'
import { createEffects } from './effects.ts'
import { noFates } from './fates.ts'
import { judgingFrom, numbersFrom, timedCall, worldAfter } from './histories.testing.ts'
import type { TimedCall } from './history.ts'
import { judgeHistory } from './judge-history.ts'
import { withLater } from './later.ts'
import { linesOf } from './lines.ts'
import { type Node, rootOf } from './node.ts'
import { type Search, successors } from './successors.ts'

const pids: Readonly<Record<string, number>> = { P: 501, Q: 502 }

describe('a history of processes that are sent signals', () => {
  it.each([linux, posix])('is judged in profile $name as by a search that leaves nothing out', (profile) => {
    const verdicts = { conforms: 0, deviates: 0 }
    for (let seed = 1; seed <= SEEDS; seed++) {
      const calls = historyFrom(seed, profile)
      const expected = isExplained(calls, profile) ? 'conforms' : 'deviates'
      const { verdict } = judgeHistory({ calls }, judgingFrom(start, profile))
      expect(verdict, `seed ${seed}`).toBe(expected)
      verdicts[expected]++
    }
    expect(Math.min(verdicts.conforms, verdicts.deviates)).toBeGreaterThan(SEEDS / 8)
  })
})

const start = worldAfter('')

const SEEDS = 80

/** Every way, with all that the model remembers: only what was met before is not tried again. */
function isExplained(calls: readonly TimedCall[], profile: Profile): boolean {
  const lines = linesOf(calls)
  const effects = createEffects(profile, { uses: true, sleepers: false, lives: true })
  const asked: Search = {
    ...{ lines, effects, unit: 1, budget: 0, needs: [], fates: noFates },
    context: { header: aHeader(), recording: { started: 0, steps: [{ seconds: 0 }] } },
  }
  const seen = new Set<string>()
  const left: Node[] = [rootOf(effects.placeOf(start), initialBindings(aHeader()), lines, effects.sight)]
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    const key = `${node.made} ${node.asleep} ${node.risen} ${node.spent} ${effects.numberOfPlace(node.place)} ${effects.numberOf(node.bindings)}`
    if (seen.has(key)) continue
    seen.add(key)
    const bound = boundOf(node, lines)
    if (bound === Number.POSITIVE_INFINITY) return true
    for (const at of withLater(node, lines, candidatesOf(node, lines, bound, profile), effects))
      left.push(...successors(node, at, bound, asked))
  }
  return false
}

/** What some actors may see, with one result altered in most. */
function historyFrom(seed: number, profile: Profile): readonly TimedCall[] {
  const int = numbersFrom(seed)
  const flags = int(2) === 0 ? '' : ', SA_RESTART'
  const heard = ['handler, SA_NOCLDSTOP', 'SIG_IGN', 'SIG_DFL'][int(3)]
  const setup = [
    `sigaction(SIGUSR1, handler${flags}) = 0`,
    `sigaction(SIGCHLD, ${heard}) = 0`,
    'P = fork() = 501',
    'Q = fork() = 502',
  ]
  let world = worldAfter(setup.map((line) => `A: ${line.replace(/ = \d+$/, '')}\n`).join(''))
  const script = new Map(['A', 'B', 'P', 'Q'].map((actor) => [actor, callsOf(actor, int)]))
  const begun = new Map<string, { readonly line: string; readonly begin: number }>()
  const calls: TimedCall[] = []
  let now = 100
  const take = ({ world: next, events }: Outcome) => {
    world = next
    for (const event of events) {
      const own = begun.get(event.actor)
      if (own === undefined || (event.is !== 'returned' && event.is !== 'ended')) continue
      begun.delete(event.actor)
      const timed = timedCall(`${event.actor} ${own.begin}-${now + int(WIDTH)} ${own.line} = 0`)
      const seen = event.is === 'returned' ? seenOf(event.actor, event.result) : timed.seen
      calls.push({ ...timed, seen: event.is === 'returned' ? seen : { is: 'ended', actor: event.actor } })
    }
  }
  for (;;) {
    now += WIDTH
    const able = [...script].filter(([actor, its]) => its.length > 0 && canAct(world, actor))
    const later = actorsToAct(world, profile)
    if (able.length + later.length === 0) break
    const at = int(able.length + later.length)
    const [actor, its] = able[at] ?? [later[at - able.length] ?? '', []]
    const line = its.shift()
    if (line !== undefined) begun.set(actor, { line, begin: now - int(2 * WIDTH) })
    const found =
      line === undefined
        ? laterOutcomes(world, actor, 1, profile)
        : ownOutcomes(world, actor, timedCall(`${actor} 0-1 ${line}`).call, 1, profile)
    take(found[int(found.length)] as Outcome)
  }
  for (const [actor, { line, begin }] of begun)
    if (world.processes[actor]?.activity.is === 'asleep')
      calls.push(timedCall(`${actor} ${begin}-(${now + WIDTH}) ${line}`))
  const before = setup.map((line, at) => timedCall(`A ${2 * at}-${2 * at + 1} ${line}`))
  return [...before, ...altered(inTurn(calls), int)]
}

const WIDTH = 30

function seenOf(actor: string, { value, errno, out }: Result): TimedCall['seen'] {
  const back = { is: 'returned', actor, clobbered: false } as const
  if (errno !== 'none') return { ...back, value: -1, errno: errnos[errno], out: null }
  const pid = typeof value === 'object' && 'of' in value ? pids[String(value.of)] : undefined
  const status = typeof out?.status === 'number' ? out.status : UNSEEN
  return { ...back, value: pid ?? Number(value), errno: 0, out: out === null ? null : [status] }
}

/** No actor begins a call before its last one is back. */
function inTurn(calls: readonly TimedCall[]): readonly TimedCall[] {
  const over = new Map<string, number>()
  return calls.map((call) => {
    const begin = Math.max(call.begin, (over.get(call.actor) ?? -1) + 1)
    if (call.end !== 'never') over.set(call.actor, Math.max(call.end, begin))
    return { ...call, begin, end: call.end === 'never' ? call.end : Math.max(call.end, begin) }
  })
}

function callsOf(actor: string, int: (below: number) => number): string[] {
  const child = () => ['P', 'Q'][int(2)]
  const any = (lines: readonly string[]) => lines[int(lines.length)] as string
  const wait = () =>
    any(['waitpid(-1', `waitpid(${child()}`]) +
    any([')', ', WNOHANG)', ', WUNTRACED)', ', WUNTRACED|WCONTINUED)'])
  const signal = () =>
    `kill(${child()}, ${any(['SIGSTOP', 'SIGCONT', 'SIGCONT', 'SIGKILL', 'SIGTERM', 'SIGUSR1'])})`
  const one = () => {
    if (actor === 'A') return wait()
    if (int(4) === 0) return 'kill(A, SIGUSR1)'
    return actor !== 'B' && int(3) === 0 ? '_exit(3)' : signal()
  }
  return Array.from({ length: 2 + int(3) }, one)
}

function altered(calls: readonly TimedCall[], int: (below: number) => number): readonly TimedCall[] {
  const waits = calls.flatMap(({ call, seen }, at) =>
    call.name === 'waitpid' && seen?.is === 'returned' ? [at] : [],
  )
  const at = waits[int(waits.length)]
  const call = at === undefined ? undefined : calls[at]
  if (int(4) === 0 || call?.seen?.is !== 'returned') return calls
  const seen = [
    { value: [501, 502][int(2)] ?? 0, errno: 0, out: [[9, 15, 768, 4991, 65535][int(5)] ?? 0] },
    { value: -1, errno: int(2) === 0 ? errnos.ECHILD : errnos.EINTR, out: null },
    { value: 0, errno: 0, out: [UNSEEN] },
  ][int(3)]
  return calls.map(
    (each) => (each === call ? { ...each, seen: { ...call.seen, ...seen } } : each) as TimedCall,
  )
}
