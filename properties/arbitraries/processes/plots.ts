import type { Call } from '../../../model/vocabulary/forms.ts'
import {
  CAP_SYS_ADMIN,
  P_ALL,
  P_PGID,
  PIDFD_NONBLOCK,
  SA_NOCLDSTOP,
  SA_NOCLDWAIT,
  SA_RESTART,
  signals,
  WALL,
  WCLONE,
  WCONTINUED,
  WEXITED,
  WSTOPPED,
  WUNTRACED,
} from '../../../model/vocabulary/names.ts'
import type { Step } from '../../../model/vocabulary/scenario.ts'
import type { Draw } from '../draw.ts'
import type { Setting } from '../setting.ts'
import { CHILD, PIDFD } from './scene.ts'

const { SIGCHLD, SIGCONT, SIGHUP, SIGSTOP, SIGTERM, SIGTSTP, SIGUSR1 } = signals

/** A few steps that lead to a scene in which much can happen; sometimes none. */
export function prepare({ draw, fresh, world }: Setting): readonly Step[] {
  const plot = draw.weighted<Plot>([
    [26, () => []],
    [10, siblings],
    [14, threeGenerations],
    [16, lastLink],
    [20, sleepingParent],
    [10, awaitedGroup],
    [6, watchedInSilence],
    [6, newImage],
    [5, descriptors],
    [5, stubbornChild],
    [5, ownSignal],
    [4, lastWill],
    [1, toil],
    [world.facts.changesPids ? 3 : 0, heldNumber],
  ])
  return plot({ draw, name: () => fresh(CHILD), pidfd: () => fresh(PIDFD) })
}

interface Stage {
  readonly draw: Draw
  /** The name of a new child. */
  readonly name: () => string
  readonly pidfd: () => string
}

type Plot = (stage: Stage) => readonly Step[]

const fork = (actor: string, as: string): Step => ({ actor, call: { name: 'fork', as } })

const send = (actor: string, process: string, signal: number): Step => ({
  actor,
  call: { name: 'kill', process, signal },
})

const optional = (draw: Draw, share: number, ...steps: readonly Step[]) => (draw.chance(share) ? steps : [])

const siblings: Plot = ({ draw, name }) => [
  ...optional(draw, 60, { actor: 'A', call: childAction(draw) }),
  fork('A', name()),
  fork('A', name()),
  ...optional(draw, 40, fork('A', name())),
]

/** The middle one may end, and leave a running, stopped or dead child to a subreaper or to init. */
const threeGenerations: Plot = ({ draw, name }) => {
  const [middle, youngest] = [name(), name()]
  return [
    ...optional(draw, 70, { actor: 'A', call: { name: 'prctl.PR_SET_CHILD_SUBREAPER', on: 1 } }),
    ...optional(draw, 30, fork('A', name())),
    fork('A', middle),
    ...optional(draw, 25, { actor: 'A', call: childAction(draw) }),
    fork(middle, youngest),
    ...draw.weighted<readonly Step[]>([
      [3, []],
      [4, [{ actor: youngest, call: { name: '_exit', status: 41 } }]],
      [3, [send('A', youngest, SIGSTOP)]],
      [2, [send('A', youngest, SIGSTOP), send('A', youngest, SIGCONT)]],
      [2, [{ actor: middle, call: { name: 'wait', location: 0 } }]],
    ]),
    ...optional(draw, 20, { actor: 'A', call: childAction(draw) }),
  ]
}

/** A session whose leader alone keeps a group with a stopped member from being orphaned. */
const lastLink: Plot = ({ draw, name }) => {
  const [leader, member] = [name(), name()]
  const adopter = draw.chance(25)
  const parent = adopter ? name() : leader
  const other = name()
  const disposition = draw.pick([1, 2, 2])
  return [
    fork('A', leader),
    { actor: leader, call: { name: 'setsid' } },
    ...(adopter ? [subreaps(leader), fork(leader, parent)] : []),
    fork(parent, member),
    { actor: member, call: { name: 'setpgid', process: 0, group: 0 } },
    ...optional(draw, 40, {
      actor: member,
      call: { name: 'sigaction', signal: SIGHUP, disposition, flags: 0 },
    }),
    ...optional(draw, 40, fork(member, other)),
    ...optional(draw, 75, send('A', member, draw.pick([SIGSTOP, SIGSTOP, SIGTSTP]))),
  ]
}

const subreaps = (actor: string): Step => ({
  actor,
  call: { name: 'prctl.PR_SET_CHILD_SUBREAPER', on: 1 },
})

/** The number of a process that is gone, or nearly, is asked for: a group or a session may have it, too. */
const heldNumber: Plot = ({ draw, name }) => {
  const [leader, member] = [name(), name()]
  const leads: Step = { actor: leader, call: { name: 'setpgid', process: 0, group: 0 } }
  const waits: Step = { actor: 'A', call: { name: 'waitpid', process: leader, options: 0, location: 0 } }
  const ends: Step = { actor: leader, call: { name: '_exit', status: 0 } }
  const asks = (): readonly Step[] => [
    { actor: 'A', call: { name: 'setnextpid', process: leader } },
    fork('A', name()),
  ]
  return [
    fork('A', leader),
    draw.chance(75) ? leads : { actor: leader, call: { name: 'setsid' } },
    fork(leader, member),
    ...optional(draw, 20, { actor: member, call: { name: 'setpgid', process: 0, group: 0 } }),
    { actor: 'A', call: oneself(CAP_SYS_ADMIN) },
    ...draw.weighted<readonly Step[]>([
      [5, [waits, ends, ...asks()]],
      [3, [ends, ...asks(), waits, ...asks()]],
      [1, [ends, ...asks()]],
    ]),
    ...optional(draw, 50, { actor: member, call: { name: '_exit', status: 1 } }, ...asks()),
  ]
}

const oneself = (capabilities: number): Step['call'] => ({
  name: 'become',
  uid: 'own',
  gid: 'own',
  groups: [],
  capabilities,
  ruid: -1,
  fsgid: -1,
})

/** A parent asleep in a wait for all its children or one of them, with something to say about signals. */
const sleepingParent: Plot = ({ draw, name }) => {
  const child = name()
  return [
    ...optional(draw, 70, { actor: 'A', call: childAction(draw) }),
    ...optional(draw, 40, {
      actor: 'A',
      call: { name: 'sigaction', signal: SIGUSR1, disposition: 2, flags: draw.pick([0, SA_RESTART]) },
    }),
    fork('A', child),
    ...optional(draw, 55, fork('A', name())),
    { actor: 'A', call: sleepingWait(draw, child) },
  ]
}

function sleepingWait(draw: Draw, child: string): Call {
  const options = draw.pick([0, 0, WUNTRACED, WCONTINUED, WUNTRACED | WCONTINUED])
  const events = draw.pick([WEXITED, WEXITED, WSTOPPED, WCONTINUED, WEXITED | WSTOPPED | WCONTINUED])
  return draw.weighted<Call>([
    [1, { name: 'wait', location: 0 }],
    [3, { name: 'waitpid', process: -1, options, location: 0 }],
    [4, { name: 'waitpid', process: child, options, location: 0 }],
    [1, { name: 'wait4', process: child, options, location: 0 }],
    [2, { name: 'waitid', idtype: P_ALL, id: 0, options: events, location: 0, usage: 0 }],
    [2, { name: 'waitid', idtype: 1, id: child, options: events, location: 0, usage: 0 }],
  ])
}

/** A parent asleep in a wait for a group that its children can join and leave. */
const awaitedGroup: Plot = ({ draw, name }) => {
  const [leader, other] = [name(), name()]
  const wait: Call = draw.chance(30)
    ? { name: 'waitid', idtype: P_PGID, id: leader, options: WEXITED | WSTOPPED, location: 0, usage: 0 }
    : { name: 'waitpid', process: `-${leader}`, options: draw.pick([0, WUNTRACED]), location: 0 }
  return [
    ...optional(draw, 40, {
      actor: 'A',
      call: { name: 'sigaction', signal: SIGUSR1, disposition: 2, flags: draw.pick([0, 0, SA_RESTART]) },
    }),
    fork('A', leader),
    ...optional(draw, 75, fork('A', other)),
    { actor: 'A', call: { name: 'setpgid', process: leader, group: leader } },
    { actor: 'A', call: wait },
  ]
}

/** A parent that blocks SIGCHLD, and children with something to tell. */
const watchedInSilence: Plot = ({ draw, name }) => [
  ...optional(draw, 50, { actor: 'A', call: childAction(draw) }),
  fork('A', name()),
  fork('A', name()),
  { actor: 'A', call: { name: 'sigprocmask.SIG_BLOCK', signal: SIGCHLD } },
]

/** What exec keeps and what it resets. */
const newImage: Plot = ({ draw, name }) => {
  const actor = draw.chance(60) ? name() : 'A'
  const disposition = draw.pick([1, 2])
  return [
    ...(actor === 'A' ? [] : [fork('A', actor)]),
    ...optional(draw, 70, { actor, call: { name: 'sigaction', signal: SIGUSR1, disposition, flags: 0 } }),
    ...optional(draw, 60, { actor, call: childAction(draw) }),
    ...optional(draw, 60, { actor, call: { name: 'sigprocmask.SIG_BLOCK', signal: SIGTERM } }),
    ...optional(draw, 30, send('B', actor, SIGTERM)),
    ...optional(draw, 25, fork(actor, name())),
    { actor, call: { name: 'exec', image: 0 } },
  ]
}

/** Children of which the parent holds descriptors. */
const descriptors: Plot = ({ draw, name, pidfd }) => {
  const [child, other] = [name(), name()]
  const flags = draw.pick([0, PIDFD_NONBLOCK])
  return [
    fork('A', child),
    { actor: 'A', call: { name: 'pidfd_open', process: child, flags, as: pidfd() } },
    fork('A', other),
    ...optional(draw, 60, {
      actor: 'A',
      call: { name: 'pidfd_open', process: other, flags: 0, as: pidfd() },
    }),
  ]
}

/** A stopped child that catches, ignores or blocks the signal that continues it. */
const stubbornChild: Plot = ({ draw, name }) => {
  const child = name()
  const call: Call = draw.chance(60)
    ? {
        name: 'sigaction',
        signal: SIGCONT,
        disposition: draw.pick([1, 2]),
        flags: draw.pick([0, SA_RESTART]),
      }
    : { name: 'sigprocmask.SIG_BLOCK', signal: SIGCONT }
  return [fork('A', child), { actor: child, call }, send('A', child, SIGSTOP)]
}

/** Processes that use something, and end before or after somebody waits for them. */
const toil: Plot = ({ draw, name }) => {
  const [child, youngest] = [name(), name()]
  const used = (actor: string): Step => ({
    actor,
    call: draw.chance(80)
      ? { name: 'burn', units: 1 + draw.int(2) }
      : { name: 'fill', units: 1 + draw.int(2) },
  })
  const ends = (actor: string): Step => ({ actor, call: { name: '_exit', status: 0 } })
  return [
    ...optional(draw, 30, { actor: 'A', call: childAction(draw) }),
    ...optional(draw, 20, used('A')),
    ...optional(draw, 15, subreaps('A')),
    fork('A', child),
    ...optional(draw, 70, used(child)),
    fork(child, youngest),
    ...optional(draw, 70, used(youngest)),
    ...optional(draw, 70, ends(youngest)),
    ...optional(draw, 50, { actor: child, call: { name: 'wait', location: 0 } }),
    ...optional(draw, 60, ends(child)),
  ]
}

/** A child whose end sends another signal than SIGCHLD, and a parent with something to say about that signal. */
const ownSignal: Plot = ({ draw, name }) => {
  const signal = draw.pick([0, SIGUSR1, SIGUSR1, signals.SIGURG])
  const parent = draw.chance(40) ? name() : 'A'
  const child = name()
  const disposition = draw.pick([1, 2, 2])
  return [
    ...optional(draw, 30, { actor: 'A', call: { name: 'prctl.PR_SET_CHILD_SUBREAPER', on: 1 } }),
    ...(parent === 'A' ? [] : [fork('A', parent)]),
    ...optional(draw, 40, { actor: parent, call: childAction(draw) }),
    ...(signal === 0
      ? []
      : optional(draw, 75, { actor: parent, call: { name: 'sigaction', signal, disposition, flags: 0 } })),
    { actor: parent, call: { name: 'clone', flags: 0, exitSignal: signal, as: child } },
    ...optional(draw, 20, { actor: child, call: { name: 'exec', image: 0 } }),
    ...optional(draw, 40, fork(parent, name())),
    ...optional(draw, 20, { actor: parent, call: { name: 'exec', image: 0 } }),
    ...optional(draw, 60, {
      actor: parent,
      call: { name: 'waitpid', process: -1, options: draw.pick([WALL, WCLONE, WALL | WCLONE]), location: 0 },
    }),
  ]
}

/** A child that wants to hear of the end of its parent, below others that may end later. */
const lastWill: Plot = ({ draw, name }) => {
  const [top, parent, child] = [name(), name(), name()]
  const call: Call = { name: 'sigaction', signal: SIGUSR1, disposition: draw.pick([2, 2, 1]), flags: 0 }
  return [
    fork('A', top),
    ...optional(draw, 60, subreaps(top)),
    fork(top, parent),
    fork(parent, child),
    ...optional(draw, 70, { actor: child, call }),
    {
      actor: child,
      call: { name: 'prctl.PR_SET_PDEATHSIG', signal: draw.pick([SIGUSR1, SIGUSR1, SIGTERM]) },
    },
    ...optional(draw, 30, { actor: child, call: { name: 'exec', image: 0 } }),
  ]
}

const childAction = (draw: Draw): Call => ({
  name: 'sigaction',
  signal: SIGCHLD,
  disposition: draw.weighted([
    [8, 2],
    [4, 1],
    [1, 0],
  ]),
  flags: draw.pick([
    0,
    0,
    SA_RESTART,
    SA_NOCLDWAIT,
    SA_NOCLDWAIT,
    SA_NOCLDWAIT | SA_RESTART,
    SA_NOCLDSTOP,
    SA_NOCLDSTOP | SA_NOCLDWAIT,
  ]),
})
