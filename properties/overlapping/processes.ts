import type { Call } from '../../model/vocabulary/forms.ts'
import { P_ALL, P_PID, WEXITED, WNOHANG, WNOWAIT } from '../../model/vocabulary/names.ts'
import type { Step } from '../../model/vocabulary/scenario.ts'
import type { OverlappingProgram } from '../../oracle/trace/timed-call.ts'
import type { Draw } from '../arbitraries/draw.ts'

const CHILDREN: readonly [string, ...string[]] = ['P', 'Q', 'R']
const WAITS_LEAST = 3
const WAITS_MOST = 7

/** Programs about children that end while their parent, often with a second thread, waits for some of them or for all. */
export function processProgram(draw: Draw): OverlappingProgram {
  const children = CHILDREN.slice(0, 1 + draw.int(CHILDREN.length))
  const waiters = draw.chance(70) ? ['A', 'T'] : ['A']
  const setup: Step[] = children.map((as) => ({ actor: 'A', call: { name: 'fork', as } }))
  if (waiters.length > 1) setup.push({ actor: 'A', call: { name: 'thread', flags: 0, as: 'T' } })
  const together: Step[] = []
  for (const actor of waiters) {
    const calls = WAITS_LEAST + draw.int(WAITS_MOST - WAITS_LEAST + 1)
    for (let at = 0; at < calls; at++) together.push({ actor, call: waitOf(draw, children) })
  }
  for (const [at, actor] of children.entries()) {
    // Something to do before, so that they end at different times.
    for (let calls = draw.int(4); calls > 0; calls--) together.push({ actor, call: anyChild(WNOHANG) })
    if (draw.chance(85)) together.push({ actor, call: { name: '_exit', status: at + 1 } })
  }
  const looks: Step[] = [...children, ''].map(() => ({ actor: 'A', call: anyChild(WNOHANG) }))
  const first = setup.length
  return {
    scenario: { title: '', steps: [...setup, ...together, ...looks] },
    ...{ first, last: first + together.length },
  }
}

const anyChild = (options: number): Call => ({ name: 'waitpid', process: -1, options, location: 0 })

function waitOf(draw: Draw, children: readonly string[]): Call {
  const child = children[draw.int(children.length)] ?? 'P'
  const options = draw.chance(40) ? WNOHANG : 0
  return draw.weighted<() => Call>([
    [5, () => anyChild(options)],
    [4, () => ({ name: 'waitpid', process: child, options, location: 0 })],
    [1, () => ({ name: 'wait', location: 0 })],
    [2, () => reportOf(P_ALL, 0, options)],
    [2, () => reportOf(P_PID, child, options)],
    [2, () => reportOf(P_ALL, 0, options | WNOWAIT)],
    [1, () => reportOf(P_PID, child, options | WNOWAIT)],
  ])()
}

const reportOf = (idtype: number, id: string | number, options: number): Call => ({
  ...{ name: 'waitid', idtype, id, options: options | WEXITED, location: 0, usage: 0 },
})
