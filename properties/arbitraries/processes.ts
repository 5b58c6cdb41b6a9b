import type { Call } from '../../model/vocabulary/forms.ts'
import type { Step } from '../../model/vocabulary/scenario.ts'
import { askForDeathSignal, beget } from './processes/clones.ts'
import { look, move, openPidfd, startSession } from './processes/groups.ts'
import { becomeSubreaper, exec, exit, exitWeight, forkWeight } from './processes/life.ts'
import { observe } from './processes/observe.ts'
import { opening } from './processes/openings.ts'
import { prepare } from './processes/plots.ts'
import { childrenOf, isRoot, lifecycleOf, type Scene, sceneOf } from './processes/scene.ts'
import { handle, kill, mask } from './processes/signals.ts'
import { takeApart } from './processes/statuses.ts'
import { askForUsage, isUsed, useMore } from './processes/usage.ts'
import { wait } from './processes/waits.ts'
import type { FamilyGenerator, Setting } from './setting.ts'

/**
 * Generates the lives of processes: trees of them, their signals, groups and waits. In scenarios of other families it
 * disturbs their sleepers, and ends and forks who holds something.
 */
export const processes: FamilyGenerator = { prepare, propose, observe }

function propose(setting: Setting): Step {
  const scene = sceneOf(setting)
  const { draw } = scene
  return (draw.chance(OPENINGS_SHARE) ? opening(scene) : undefined) ?? anything(scene)
}

/** Of 100 steps, how many follow up what is unusual. */
const OPENINGS_SHARE = 55

function anything(scene: Scene): Step {
  const { draw, isGuest } = scene
  const actor = protagonist(scene)
  const isParent = childrenOf(scene, actor).length > 0
  const used = isUsed(scene)
  const targets = scene.asleep.length + scene.stopped.length
  const call = draw.weighted<() => Call>([
    [forkWeight(scene, actor), () => beget(scene, actor)],
    [exitWeight(scene, actor), () => exit(scene)],
    [isParent ? (isGuest ? 16 : 52) : 4, () => wait(scene, actor)],
    [scene.everybody.length > 4 || isGuest ? 36 + 12 * Math.min(targets, 3) : 8, () => kill(scene, actor)],
    [isParent ? 24 : 14, () => handle(scene, actor)],
    [maskWeight(scene, actor), () => mask(scene, actor)],
    [isParent || !isRoot(actor) ? 14 : 2, () => move(scene, actor)],
    [isRoot(actor) ? 1 : 4, () => startSession],
    [isGuest ? 1 : 6, () => becomeSubreaper(scene, actor)],
    [isGuest || isRoot(actor) ? 0 : 4, () => askForDeathSignal(scene, actor)],
    [isGuest ? 10 : 6, () => exec(scene)],
    [isParent ? 8 : 1, () => openPidfd(scene, actor)],
    [10, () => look(scene, actor)],
    [3, () => takeApart(scene, actor)],
    [used ? 24 : 1, () => askForUsage(scene, actor).call],
    [used ? 6 : 0, () => useMore(scene)],
  ])()
  return { actor, call }
}

/** More where something is pending. */
function maskWeight(scene: Scene, actor: string): number {
  for (const _ in lifecycleOf(scene, actor)?.pending ?? {}) return 28
  return 10
}

/** Who acts: rather somebody with family than one of the bystanders. */
function protagonist(scene: Scene): string {
  const { able, draw, world } = scene
  let total = 0
  const weights = able.map((name) => {
    const weight = weightOf(scene, name, world.processes[lifecycleOf(scene, name)?.parent ?? '']?.activity.is)
    total += weight
    return weight
  })
  let at = draw.int(total)
  for (const [index, weight] of weights.entries()) {
    at -= weight
    if (at < 0) return able[index] ?? 'A'
  }
  return able[0] ?? 'A'
}

function weightOf(scene: Scene, name: string, parentIs: string | undefined): number {
  const family = childrenOf(scene, name).length > 0 ? 6 : 0
  const awaited = parentIs === 'asleep' ? 6 : 0
  return (isRoot(name) ? (name === 'A' ? 4 : 1) : 4) + family + awaited
}
