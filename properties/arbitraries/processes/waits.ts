import type { Call } from '../../../model/vocabulary/forms.ts'
import {
  BAD_LOCATION,
  INT_MIN,
  NO_LOCATION,
  P_ALL,
  P_PGID,
  P_PID,
  P_PIDFD,
  WCONTINUED,
  WEXITED,
  WNOHANG,
  WNOWAIT,
  WSTOPPED,
  WUNTRACED,
} from '../../../model/vocabulary/names.ts'
import type { ProcessArgument } from '../../../model/vocabulary/shape.ts'
import type { Draw } from '../draw.ts'
import { kinds } from './clones.ts'
import { childrenOf, lifecycleOf, oneOf, PIDFD, type Scene } from './scene.ts'

/** No process and no group has this number: it is beyond what Linux gives out. */
export const NOBODY = 5_000_000

/** A wait of any form by this actor. */
export function wait(scene: Scene, actor: string): Call {
  const { draw } = scene
  const location = draw.chance(87) ? 0 : draw.pick([NO_LOCATION, BAD_LOCATION])
  const kind = draw.int(20)
  if (kind === 0) return { name: 'wait', location }
  if (kind >= 12) return waitid(scene, actor, location)
  return {
    name: kind < 8 ? 'waitpid' : 'wait4',
    process: selected(scene, actor),
    options: options(draw) | kinds(scene, actor),
    location,
  }
}

function selected(scene: Scene, actor: string): ProcessArgument {
  const { draw } = scene
  const child = oneOf(scene, childrenOf(scene, actor))
  if (child === undefined) return draw.pick<ProcessArgument>([-1, -1, 0, actor, stranger(scene)])
  return draw.weighted<() => ProcessArgument>([
    [34, () => -1],
    [32, () => child],
    [12, () => 0],
    [16, () => `-${groupOf(scene, child)}`],
    [4, () => stranger(scene)],
    [1, () => -NOBODY],
    [2, () => INT_MIN],
  ])()
}

/** Most likely no child of who asks. */
const stranger = (scene: Scene): ProcessArgument =>
  oneOf(scene, scene.draw.chance(40) ? scene.gone : scene.everybody) ?? NOBODY

const groupOf = (scene: Scene, name: string) => lifecycleOf(scene, name)?.group ?? name

/** Of 100 waits, how many do not sleep. */
const NO_HANG_SHARE = 35

function options(draw: Draw): number {
  const bits =
    (draw.chance(NO_HANG_SHARE) ? WNOHANG : 0) |
    (draw.chance(45) ? WUNTRACED : 0) |
    (draw.chance(40) ? WCONTINUED : 0)
  return draw.int(60) === 0 ? bits | draw.pick([0x10, 0x100, WEXITED, WNOWAIT]) : bits
}

function waitid(scene: Scene, actor: string, location: number): Call {
  const { draw } = scene
  const child = oneOf(scene, childrenOf(scene, actor))
  const { idtype, id } = draw.weighted<() => { idtype: number; id: ProcessArgument }>([
    [30, () => ({ idtype: P_ALL, id: draw.pick([0, 0, 0, -7, 1]) })],
    [child === undefined ? 1 : 30, () => ({ idtype: P_PID, id: child ?? stranger(scene) })],
    [14, () => ({ idtype: P_PGID, id: child === undefined || draw.chance(35) ? 0 : groupOf(scene, child) })],
    [5, () => mistaken(scene)],
  ])()
  const usage = Number(draw.chance(12))
  return { name: 'waitid', idtype, id, options: waitidOptions(draw) | kinds(scene, actor), location, usage }
}

/** A waitid for the process that a pidfd of the actor stands for. */
export const waitForDescriptor = ({ draw }: Scene, id: string): Call => ({
  name: 'waitid',
  idtype: P_PIDFD,
  id,
  options: waitidOptions(draw),
  location: 0,
  usage: 0,
})

const mistaken = (scene: Scene): { idtype: number; id: ProcessArgument } =>
  scene.draw.pick([
    { idtype: P_PID, id: stranger(scene) },
    { idtype: P_PID, id: scene.draw.pick([0, -5, INT_MIN]) },
    { idtype: P_PGID, id: scene.draw.pick([-5, NOBODY, INT_MIN]) },
    { idtype: P_PIDFD, id: oneOf(scene, scene.made(PIDFD)) ?? scene.draw.pick([-1, 999]) },
    { idtype: scene.draw.pick([77, -1, 4]), id: 0 },
  ])

function waitidOptions(draw: Draw): number {
  const noHang = draw.chance(NO_HANG_SHARE) ? WNOHANG : 0
  const bits =
    noHang |
    (draw.chance(72) ? WEXITED : 0) |
    (draw.chance(48) ? WSTOPPED : 0) |
    (draw.chance(44) ? WCONTINUED : 0) |
    (draw.chance(28) ? WNOWAIT : 0)
  return draw.int(40) === 0 ? bits | draw.pick([0x10, 0x100]) : bits
}
