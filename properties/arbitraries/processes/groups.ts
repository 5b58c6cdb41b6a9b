import type { Call } from '../../../model/vocabulary/forms.ts'
import { PIDFD_NONBLOCK } from '../../../model/vocabulary/names.ts'
import type { ProcessArgument } from '../../../model/vocabulary/shape.ts'
import { childrenOf, lifecycleOf, oneOf, PIDFD, type Scene } from './scene.ts'
import { NOBODY } from './waits.ts'

/** Moves the actor or one of its children to a group, most often one that exists or a new one. */
export function move(scene: Scene, actor: string): Call {
  const { draw } = scene
  const child = draw.chance(60) ? oneOf(scene, childrenOf(scene, actor)) : undefined
  const process: ProcessArgument = draw.int(14) === 0 ? stranger(scene) : (child ?? draw.pick([0, 0, actor]))
  return { name: 'setpgid', process, group: goal(scene, actor) }
}

const stranger = (scene: Scene): ProcessArgument =>
  (scene.draw.chance(70) ? oneOf(scene, scene.everybody) : oneOf(scene, scene.gone)) ??
  scene.draw.pick([-5, NOBODY])

function goal(scene: Scene, actor: string): ProcessArgument {
  const { draw, world } = scene
  const awaited = awaitedGroup(scene, actor)
  if (awaited !== '' && draw.chance(50)) return awaited
  return draw.weighted<() => ProcessArgument>([
    [30, () => 0],
    [20, () => groupOf(scene, oneOf(scene, childrenOf(scene, actor)) ?? actor)],
    [20, () => groupOf(scene, oneOf(scene, scene.everybody) ?? actor)],
    [6, () => oneOf(scene, scene.zombies) ?? actor],
    [10, () => world.processes[actor]?.lifecycle.group ?? actor],
    [3, () => draw.pick([-1, -5, NOBODY])],
    [2, () => oneOf(scene, scene.gone) ?? oneOf(scene, scene.everybody) ?? NOBODY],
  ])()
}

/** The group that the parent of the actor waits for, asleep. */
function awaitedGroup(scene: Scene, actor: string): string {
  const activity = scene.world.processes[lifecycleOf(scene, actor)?.parent ?? '']?.activity
  if (activity?.is !== 'asleep' || activity.on.in !== 'wait') return ''
  const { selector } = activity.on
  return selector.is === 'group' ? selector.group : ''
}

const groupOf = (scene: Scene, name: string): string => lifecycleOf(scene, name)?.group ?? name

export const startSession: Call = { name: 'setsid' }

export function openPidfd(scene: Scene, actor: string): Call {
  const { draw, fresh } = scene
  const child = oneOf(scene, childrenOf(scene, actor))
  const process: ProcessArgument =
    draw.int(16) === 0
      ? draw.pick<ProcessArgument>([0, -1, NOBODY])
      : child !== undefined && draw.chance(80)
        ? child
        : (oneOf(scene, draw.chance(20) ? scene.gone : scene.everybody) ?? actor)
  const flags = draw.chance(30) ? PIDFD_NONBLOCK : draw.int(20) === 0 ? 0x40 : 0
  return { name: 'pidfd_open', process, flags, as: fresh(PIDFD) }
}

/** What can be asked without changing anything. */
export function look(scene: Scene, actor: string): Call {
  const { draw } = scene
  const { blocked = [], actions = {} } = lifecycleOf(scene, actor) ?? {}
  const handled = Object.keys(actions).map(Number)
  return draw.weighted<() => Call>([
    [3, () => ({ name: 'getppid' })],
    [3, () => ({ name: 'getpgid', process: oneOf(scene, scene.everybody) ?? 0 })],
    [1, () => ({ name: 'getpgid', process: oneOf(scene, scene.gone) ?? draw.pick([0, 0, -1, NOBODY]) })],
    [4, () => ({ name: 'sigpending', signal: oneOf(scene, blocked) ?? 17 })],
    [4, () => ({ name: 'caught', signal: oneOf(scene, handled) ?? 17 })],
  ])()
}
