import { signals, WCONTINUED, WEXITED, WNOHANG, WNOWAIT, WUNTRACED } from '../../../model/vocabulary/names.ts'
import type { Step } from '../../../model/vocabulary/scenario.ts'
import type { Setting } from '../setting.ts'
import { allKinds } from './clones.ts'
import { childrenOf, isRoot, lifecycleOf, oneOf, type Scene, sceneOf, signalsWith } from './scene.ts'
import { askForUsage, isUsed } from './usage.ts'

const CHANGES = WNOHANG | WUNTRACED | WCONTINUED
/** Of each kind of look, how many there are at most in one scenario. */
const WAITS_MAX = 4
const LOOKS_MAX = 3

/** Asks every actor that still can be asked what it knows of its children and signals, and others of who is gone. */
export function observe(setting: Setting): readonly Step[] {
  const scene = sceneOf(setting)
  const steps: Step[] = []
  if (scene.draw.chance(30)) continueStopped(scene, steps)
  for (const actor of scene.able) {
    lookAtChildren(scene, actor, steps)
    lookAtSignals(scene, actor, steps)
    lookAtKin(scene, actor, steps)
    if (isUsed(scene)) steps.push(askForUsage(scene, actor))
  }
  lookFromOutside(scene, steps)
  return steps
}

/** Who is stopped inside a call shows its result when it goes on. */
function continueStopped({ stopped, able }: Scene, steps: Step[]): void {
  for (const process of stopped.slice(0, LOOKS_MAX))
    steps.push({ actor: able[0] ?? 'A', call: { name: 'kill', process, signal: signals.SIGCONT } })
}

/** First without taking anything, then everything, until there is nothing more. */
function lookAtChildren(scene: Scene, actor: string, steps: Step[]): void {
  const children = childrenOf(scene, actor)
  const every = allKinds(scene, actor)
  if (children.length === 0) {
    if (scene.draw.chance(8)) steps.push(takeAny(actor, every))
    return
  }
  const options = CHANGES | WEXITED | WNOWAIT | every
  if (scene.draw.chance(40))
    steps.push({ actor, call: { name: 'waitid', idtype: 0, id: 0, options, location: 0, usage: 0 } })
  const reports = children.filter((child) => lifecycleOf(scene, child)?.report.is !== 'none').length
  for (let count = 0; count <= Math.min(reports, WAITS_MAX); count++) steps.push(takeAny(actor, every))
}

const takeAny = (actor: string, every: number): Step => ({
  actor,
  call: { name: 'waitpid', process: -1, options: CHANGES | every, location: 0 },
})

function lookAtSignals(scene: Scene, actor: string, steps: Step[]): void {
  const lifecycle = lifecycleOf(scene, actor)
  for (const signal of (lifecycle?.blocked ?? []).slice(0, LOOKS_MAX))
    steps.push({ actor, call: { name: 'sigpending', signal } })
  const runs = lifecycle?.caught ?? {}
  for (const signal of signalsWith(scene, actor, 'handler').slice(0, LOOKS_MAX))
    if (runs[signal] !== undefined || scene.draw.chance(60))
      steps.push({ actor, call: { name: 'caught', signal } })
}

function lookAtKin(scene: Scene, actor: string, steps: Step[]): void {
  const lifecycle = lifecycleOf(scene, actor)
  if (lifecycle === undefined || isRoot(actor)) return
  if (lifecycle.parent !== lifecycle.origin || scene.draw.chance(15))
    steps.push({ actor, call: { name: 'getppid' } })
  if (lifecycle.group === actor || scene.draw.chance(15))
    steps.push({ actor, call: { name: 'getpgid', process: 0 } })
}

/** Groups of who cannot answer itself, and whether who is gone is gone. */
function lookFromOutside(scene: Scene, steps: Step[]): void {
  const actor = scene.able[0] ?? 'A'
  for (const process of [...scene.stopped, ...scene.zombies].slice(0, LOOKS_MAX))
    if (scene.draw.chance(35)) steps.push({ actor, call: { name: 'getpgid', process } })
  const process = oneOf(scene, scene.gone)
  if (process !== undefined) steps.push({ actor, call: { name: 'kill', process, signal: 0 } })
}
