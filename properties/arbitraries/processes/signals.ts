import type { Call } from '../../../model/vocabulary/forms.ts'
import { SA_NOCLDSTOP, SA_NOCLDWAIT, SA_RESTART, signals } from '../../../model/vocabulary/names.ts'
import type { ProcessArgument } from '../../../model/vocabulary/shape.ts'
import type { Draw } from '../draw.ts'
import { childrenOf, isRoot, lifecycleOf, oneOf, type Scene, signalsWith } from './scene.ts'
import { NOBODY } from './waits.ts'

const { SIGCHLD, SIGCONT, SIGHUP, SIGKILL, SIGSTOP, SIGTERM, SIGTSTP, SIGTTIN, SIGTTOU } = signals
const { SIGUSR1, SIGUSR2, SIGURG, SIGWINCH, SIGINT, SIGQUIT, SIGABRT, SIGSEGV, SIGALRM } = signals

/** A signal to somebody, or to a group, or a question whether there is somebody. */
export function kill(scene: Scene, actor: string): Call {
  const { draw } = scene
  const target = draw.weighted<() => string | undefined>([
    [scene.asleep.length * 5, () => oneOf(scene, scene.asleep)],
    [scene.stopped.length * 6, () => oneOf(scene, scene.stopped)],
    [scene.able.length * 2, () => someoneAble(scene, actor)],
    [Math.min(scene.zombies.length, 1), () => oneOf(scene, scene.zombies)],
    [Math.min(scene.gone.length, 1), () => oneOf(scene, scene.gone)],
  ])()
  const name = target ?? actor
  const signal = signalFor(scene, name)
  const process = draw.chance(9) ? groupOf(scene, actor, name) : draw.int(120) === 0 ? nobody(draw) : name
  return { name: 'kill', process, signal }
}

/** Rather a child than a root, and not too often the sender itself. */
function someoneAble(scene: Scene, actor: string): string | undefined {
  const child = oneOf(scene, childrenOf(scene, actor))
  if (child !== undefined && scene.draw.chance(60)) return child
  const name = oneOf(scene, scene.able)
  return name !== undefined && (isRoot(name) || name === actor) && scene.draw.chance(60)
    ? oneOf(scene, scene.able)
    : name
}

const groupOf = (scene: Scene, actor: string, name: string): ProcessArgument => {
  const group = lifecycleOf(scene, name)?.group ?? name
  return group === lifecycleOf(scene, actor)?.group && scene.draw.chance(50) ? 0 : `-${group}`
}

/** -1 would be everybody: never. */
const nobody = (draw: Draw): ProcessArgument => draw.pick([NOBODY, -NOBODY, -2147483648])

function signalFor(scene: Scene, name: string): number {
  const { draw } = scene
  if (draw.int(100) === 0) return draw.pick([-1, 65, 99])
  if (draw.int(25) === 0) return 0
  switch (lifecycleOf(scene, name)?.life) {
    case 'stopped':
      return forStopped(scene, name)
    case 'running':
      return forRunning(scene, name)
    default:
      return draw.pick([0, 0, SIGKILL, SIGTERM, SIGCONT, SIGSTOP])
  }
}

function forStopped(scene: Scene, name: string): number {
  const { draw } = scene
  return draw.weighted<() => number>([
    [12, () => SIGCONT],
    [2, () => SIGKILL],
    [2, () => draw.pick([SIGTERM, SIGHUP, SIGUSR1])],
    [3, () => draw.pick([SIGSTOP, SIGTSTP, SIGTTIN])],
    [5, () => oneOf(scene, signalsWith(scene, name, 'handler')) ?? SIGCONT],
    [2, () => oneOf(scene, lifecycleOf(scene, name)?.blocked ?? []) ?? SIGCONT],
  ])()
}

function forRunning(scene: Scene, name: string): number {
  const { draw } = scene
  const isAsleep = scene.world.processes[name]?.activity.is !== 'idle'
  const stop = () => draw.pick([SIGSTOP, SIGSTOP, SIGSTOP, SIGTSTP, SIGTSTP, SIGTTIN, SIGTTOU])
  return draw.weighted<() => number>([
    [isRoot(name) && !isAsleep ? 4 : 12, stop],
    [isAsleep ? 16 : 6, () => oneOf(scene, signalsWith(scene, name, 'handler')) ?? stop()],
    [6, () => oneOf(scene, lifecycleOf(scene, name)?.blocked ?? []) ?? stop()],
    [2, () => oneOf(scene, signalsWith(scene, name, 'ignore')) ?? SIGCHLD],
    [isAsleep ? 4 : 1, () => draw.pick([SIGCHLD, SIGURG, SIGWINCH, SIGCONT])],
    [2, () => SIGCONT],
    [isRoot(name) ? 1 : 6, () => fatal(draw)],
  ])()
}

const fatal = (draw: Draw): number =>
  draw.weighted<() => number>([
    [6, () => SIGKILL],
    [5, () => SIGTERM],
    [5, () => draw.pick([SIGHUP, SIGINT, SIGUSR1, SIGUSR2, SIGALRM])],
    [4, () => draw.pick([SIGQUIT, SIGABRT, SIGSEGV])],
    [1, () => draw.pick([35, 50, 64])],
  ])()

/** What the actor does about a signal from now on. */
export function handle(scene: Scene, actor: string): Call {
  const { draw } = scene
  const signal = draw.weighted<number>([
    [childrenOf(scene, actor).length > 0 ? 40 : 24, SIGCHLD],
    [18, SIGUSR1],
    [8, draw.pick([SIGUSR2, SIGALRM, SIGINT])],
    [14, draw.pick([SIGTSTP, SIGTTIN, SIGCONT, SIGCONT])],
    [10, draw.pick([SIGHUP, SIGTERM])],
    [3, draw.pick([SIGKILL, SIGSTOP])],
    [2, draw.pick([0, -1, 65])],
    [2, draw.pick([35, 64])],
  ])
  const isFixed = signal === SIGKILL || signal === SIGSTOP
  const disposition = draw.weighted<number>([
    [signal === SIGCHLD ? 9 : 12, 2],
    [5, 1],
    [isFixed ? 12 : 3, 0],
  ])
  return { name: 'sigaction', signal, disposition, flags: actionFlags(draw, signal) }
}

const actionFlags = (draw: Draw, signal: number): number =>
  (draw.chance(40) ? SA_RESTART : 0) |
  (signal === SIGCHLD && draw.chance(22) ? SA_NOCLDSTOP : 0) |
  (signal === SIGCHLD && draw.chance(25) ? SA_NOCLDWAIT : 0)

/** Blocks a signal or lets one through; rather one that is pending. */
export function mask(scene: Scene, actor: string): Call {
  const { draw } = scene
  const { blocked = [], pending = {} } = lifecycleOf(scene, actor) ?? {}
  const due = blocked.filter((signal) => pending[signal] !== undefined)
  if (due.length > 0 && draw.chance(65))
    return { name: 'sigprocmask.SIG_UNBLOCK', signal: oneOf(scene, due) ?? SIGCHLD }
  if (blocked.length > 0 && draw.chance(25))
    return { name: 'sigprocmask.SIG_UNBLOCK', signal: oneOf(scene, blocked) ?? SIGCHLD }
  const signal = draw.weighted<number>([
    [26, SIGCHLD],
    [12, SIGUSR1],
    [18, draw.pick([SIGTSTP, SIGTTOU, SIGCONT])],
    [12, draw.pick([SIGTERM, SIGHUP, SIGUSR2])],
    [3, draw.pick([SIGURG, SIGWINCH])],
    [5, draw.pick([35, 64])],
    [3, draw.pick([SIGKILL, SIGSTOP])],
    [8, oneOf(scene, signalsWith(scene, actor, 'ignore')) ?? SIGUSR1],
    [8, oneOf(scene, signalsWith(scene, actor, 'handler')) ?? SIGUSR1],
  ])
  return { name: 'sigprocmask.SIG_BLOCK', signal }
}
