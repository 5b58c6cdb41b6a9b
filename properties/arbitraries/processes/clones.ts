import { isClone } from '../../../model/processes/waiting.ts'
import type { Call } from '../../../model/vocabulary/forms.ts'
import {
  CLONE_PARENT,
  CLONE_SYSVSEM,
  signals,
  WALL,
  WCLONE,
  WNOTHREAD,
} from '../../../model/vocabulary/names.ts'
import { fork } from './life.ts'
import { childrenOf, isRoot, lifecycleOf, newChild, oneOf, type Scene, signalsWith } from './scene.ts'

/** Of 100 new processes, how many are not made by fork. */
const CLONES_SHARE = 14
/** Of 100 of the others, how many have the memory of their parent. */
const VFORKS_SHARE = 4

/** A new process: by fork, or now and then by clone or vfork. */
export const beget = (scene: Scene, actor: string): Call =>
  scene.draw.chance(CLONES_SHARE)
    ? clone(scene, actor)
    : scene.draw.chance(VFORKS_SHARE)
      ? { name: 'vfork', as: newChild(scene) }
      : fork(scene)

function clone(scene: Scene, actor: string): Call {
  const { draw } = scene
  const flags = draw.weighted([
    [9, 0],
    [4, CLONE_PARENT],
    [1, CLONE_SYSVSEM],
    [1, CLONE_PARENT | CLONE_SYSVSEM],
  ])
  return { name: 'clone', flags, exitSignal: exitSignal(scene, actor), as: newChild(scene) }
}

/** Rather one that the parent lives through. */
function exitSignal(scene: Scene, actor: string): number {
  const { draw } = scene
  const lifecycle = lifecycleOf(scene, actor)
  const harmless = draw.pick([0, 0, signals.SIGURG, signals.SIGWINCH])
  return draw.weighted<() => number>([
    [3, () => signals.SIGCHLD],
    [5, () => harmless],
    [5, () => oneOf(scene, signalsWith(scene, actor, 'handler')) ?? harmless],
    [2, () => oneOf(scene, lifecycle?.blocked ?? []) ?? harmless],
    [1, () => oneOf(scene, signalsWith(scene, actor, 'ignore')) ?? harmless],
    [1, () => signals.SIGCONT],
    [
      isRoot(actor) ? 0 : 2,
      () => draw.pick([signals.SIGTERM, signals.SIGUSR1, signals.SIGSTOP, signals.SIGTSTP, signals.SIGKILL]),
    ],
  ])()
}

/** Options about kinds of children; more of them where there are clone children. */
export function kinds(scene: Scene, actor: string): number {
  const { draw } = scene
  if (!draw.chance(hasClones(scene, actor) ? 70 : 2)) return 0
  return draw.pick([WALL, WALL, WCLONE, WCLONE, WALL | WCLONE, WNOTHREAD, WALL | WNOTHREAD])
}

/** The option with which a wait misses none of the children. */
export const allKinds = (scene: Scene, actor: string): number => (hasClones(scene, actor) ? WALL : 0)

const hasClones = (scene: Scene, actor: string) =>
  childrenOf(scene, actor).some((child) => isClone(lifecycleOf(scene, child)))

/** The actor asks for a signal at the end of its parent, or no longer. */
export const askForDeathSignal = (scene: Scene, actor: string): Call => ({
  name: 'prctl.PR_SET_PDEATHSIG',
  signal: scene.draw.weighted<() => number>([
    [5, () => oneOf(scene, signalsWith(scene, actor, 'handler')) ?? signals.SIGUSR1],
    [2, () => oneOf(scene, lifecycleOf(scene, actor)?.blocked ?? []) ?? signals.SIGTERM],
    [4, () => scene.draw.pick([signals.SIGTERM, signals.SIGKILL, signals.SIGSTOP, signals.SIGCONT])],
    [2, () => scene.draw.pick([0, 65, -1])],
  ])(),
})
