import type { Call } from '../../model/vocabulary/forms.ts'
import {
  P_ALL,
  P_PID,
  SA_NOCLDSTOP,
  SA_RESTART,
  WCONTINUED,
  WEXITED,
  WNOHANG,
  WNOWAIT,
  WUNTRACED,
} from '../../model/vocabulary/names.ts'
import type { Step } from '../../model/vocabulary/scenario.ts'
import type { OverlappingProgram } from '../../oracle/trace/timed-call.ts'
import type { Draw } from '../arbitraries/draw.ts'

const [SIGKILL, SIGUSR1, SIGTERM, SIGCHLD, SIGCONT, SIGSTOP] = [9, 10, 15, 17, 18, 19]
const [DEFAULT, IGNORE, HANDLER] = [0, 1, 2]

/** P is stopped and continued; the others are not: a wait that looks for stops of several is no single look (docs/rules.md). */
const STOPPED = 'P'
const CHILDREN: readonly [string, ...string[]] = [STOPPED, 'Q', 'R']
const CALLS_LEAST = 3
const CALLS_MOST = 8

/** What one program is about. */
interface Plot {
  readonly draw: Draw
  readonly children: readonly string[]
  /** Somebody interrupts the parent. */
  readonly interrupts: boolean
}

/**
 * Programs about children that are stopped, continued and killed by a stranger and by each other, while their parent waits
 * for them, is interrupted, or does not want to know.
 */
export function signalProgram(draw: Draw): OverlappingProgram {
  const children = CHILDREN.slice(0, 1 + draw.int(CHILDREN.length))
  const interrupts = draw.chance(30)
  const about: Plot = { draw, children, interrupts }
  const setup: Step[] = [
    ...(interrupts ? [handling(SIGUSR1, HANDLER, draw.chance(40) ? SA_RESTART : 0)] : []),
    ...hearsOfChildren(draw),
    ...children.map((as): Step => ({ actor: 'A', call: { name: 'fork', as } })),
  ]
  const together: Step[] = [
    ...callsOf('A', draw, () => waitOf(about)),
    ...callsOf('B', draw, () => signalOf(about)),
    ...(draw.chance(30) ? callsOf('C', draw, () => signalOf(about)) : []),
    ...children.flatMap((child) => [
      ...callsOf(child, draw, () =>
        draw.chance(40) ? { name: 'getppid' } : signalOf({ ...about, children: others(children, child) }),
      ),
      ...(draw.chance(40) ? [{ actor: child, call: { name: '_exit', status: 3 } } as const] : []),
    ]),
  ]
  // Where nobody asks in the end, what became of processes is to be seen from outside only.
  const looks: Step[] = draw.chance(35)
    ? []
    : [
        ...children.map((): Step => ({ actor: 'A', call: anyChild(WNOHANG | WUNTRACED | WCONTINUED) })),
        ...children.map(
          (process): Step => ({ actor: 'B', call: { name: 'kill', process, signal: SIGKILL } }),
        ),
        ...[...children, ''].map((): Step => ({ actor: 'A', call: anyChild(WNOHANG) })),
      ]
  const first = setup.length
  return {
    scenario: { title: '', steps: [...setup, ...together, ...looks] },
    ...{ first, last: first + together.length },
  }
}

const handling = (signal: number, disposition: number, flags: number): Step => ({
  actor: 'A',
  call: { name: 'sigaction', signal, disposition, flags },
})

/** Whether the parent hears of its children, and wants zombies. */
const hearsOfChildren = (draw: Draw): readonly Step[] =>
  draw.weighted<readonly Step[]>([
    [6, []],
    [1, [handling(SIGCHLD, IGNORE, 0)]],
    [2, [handling(SIGCHLD, HANDLER, SA_NOCLDSTOP)]],
    [1, [handling(SIGCHLD, HANDLER, SA_NOCLDSTOP | SA_RESTART)]],
    [1, [handling(SIGCHLD, DEFAULT, 0)]],
  ])

function callsOf(actor: string, draw: Draw, callOf: () => Call): readonly Step[] {
  const count = CALLS_LEAST + draw.int(CALLS_MOST - CALLS_LEAST + 1)
  return Array.from({ length: count }, () => ({ actor, call: callOf() }))
}

const others = (children: readonly string[], child: string): readonly string[] => {
  const siblings = children.filter((each) => each !== child)
  return siblings.length === 0 ? ['C'] : siblings
}

const anyChild = (options: number): Call => ({ name: 'waitpid', process: -1, options, location: 0 })

function signalOf({ draw, children, interrupts }: Plot): Call {
  const process = children[draw.int(children.length)] ?? STOPPED
  if (interrupts && draw.chance(25)) return { name: 'kill', process: 'A', signal: SIGUSR1 }
  const stops = process === STOPPED
  const signal = draw.weighted([
    [stops ? 5 : 0, SIGSTOP],
    [stops ? 6 : 0, SIGCONT],
    [1, SIGKILL],
    [1, SIGTERM],
    [process === 'C' || !interrupts ? 0 : 2, SIGUSR1],
    [process === 'C' ? 6 : 1, 0],
  ])
  return { name: 'kill', process, signal: process === 'C' ? 0 : signal }
}

function waitOf({ draw, children }: Plot): Call {
  const child = children[draw.int(children.length)] ?? STOPPED
  const hangs = draw.chance(50) ? 0 : WNOHANG
  const options = hangs | (draw.chance(60) ? WUNTRACED : 0) | (draw.chance(50) ? WCONTINUED : 0)
  const keeps = draw.chance(25) ? WNOWAIT : 0
  const ends = draw.chance(75) || (options & (WUNTRACED | WCONTINUED)) === 0 ? WEXITED : 0
  return draw.weighted<() => Call>([
    [4, () => anyChild(options)],
    [4, () => ({ name: 'waitpid', process: child, options, location: 0 })],
    [1, () => ({ name: 'wait', location: 0 })],
    [2, () => reportOf(P_ALL, 0, options | keeps | ends)],
    [2, () => reportOf(P_PID, child, options | keeps | ends)],
  ])()
}

const reportOf = (idtype: number, id: string | number, options: number): Call => ({
  ...{ name: 'waitid', idtype, id, options, location: 0, usage: 0 },
})
