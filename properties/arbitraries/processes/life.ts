import type { Call } from '../../../model/vocabulary/forms.ts'
import { childrenOf, isRoot, lifecycleOf, newChild, type Scene } from './scene.ts'

/** How much a fork by this actor would add: trees are wanted, not one parent with many children. */
export function forkWeight(scene: Scene, actor: string): number {
  if (!scene.canFork) return 0
  const { length } = childrenOf(scene, actor)
  if (scene.isGuest) return length === 0 ? 16 : 4
  return length === 0 ? (isRoot(actor) ? 68 : 24) : length < 3 ? 18 : 4
}

export const fork = (scene: Scene): Call => ({ name: 'fork', as: newChild(scene) })

/** How interesting the end of this actor would be. */
export function exitWeight(scene: Scene, actor: string): number {
  const children = childrenOf(scene, actor)
  if (isRoot(actor)) return scene.isGuest ? 10 : children.length > 0 ? 4 : 1
  if (children.length === 0) return 18
  return children.some((child) => isHeldByGroup(scene, actor, child)) ? 44 : 22
}

/** A stopped child whose group may be orphaned by the end of the parent. */
function isHeldByGroup(scene: Scene, parent: string, child: string): boolean {
  const lifecycle = lifecycleOf(scene, child)
  return lifecycle?.life === 'stopped' && lifecycle.group !== lifecycleOf(scene, parent)?.group
}

/** Of 100 ends, how many are that of the last thread. */
const THREAD_EXIT_SHARE = 5

export const exit = ({ draw }: Scene): Call => ({
  name: draw.chance(THREAD_EXIT_SHARE) ? 'thread_exit' : '_exit',
  status: draw.weighted<number>([
    [4, 0],
    [6, 1 + draw.int(8)],
    [3, draw.pick([127, 128, 200, 255])],
    [2, draw.pick([256, 263, 511])],
    [2, draw.pick([-1, -256, 0x12345678, -2147483648])],
  ]),
})

export const exec = ({ draw }: Scene): Call => ({
  name: 'exec',
  image: draw.weighted([
    [16, 0],
    [1, 1],
    [1, 2],
  ]),
})

export const becomeSubreaper = (scene: Scene, actor: string): Call => ({
  name: 'prctl.PR_SET_CHILD_SUBREAPER',
  on: lifecycleOf(scene, actor)?.subreaper === true ? 0 : scene.draw.pick([1, 1, 1, 7, -1]),
})
