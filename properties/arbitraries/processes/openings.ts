import type { Selector } from '../../../model/processes/state.ts'
import type { Call } from '../../../model/vocabulary/forms.ts'
import { signals } from '../../../model/vocabulary/names.ts'
import type { Step } from '../../../model/vocabulary/scenario.ts'
import { exec, exit } from './life.ts'
import { childrenOf, isRoot, lifecycleOf, oneOf, type Scene, signalsWith } from './scene.ts'
import { wait, waitForDescriptor } from './waits.ts'

const { SIGCHLD, SIGCONT, SIGHUP, SIGKILL, SIGSTOP, SIGTERM, SIGTSTP, SIGTTIN, SIGWINCH } = signals

/** Steps that lead on from what is unusual in the scene, with their weights. */
type Openings = (readonly [weight: number, step: () => Step])[]

/**
 * A step that something in the scene asks for: there is somebody asleep in a wait, a group that an end would orphan,
 * a signal that is pending. Undefined where nothing is unusual.
 */
export function opening(scene: Scene): Step | undefined {
  const openings: Openings = []
  for (const name of scene.asleep) aboutSleeper(scene, name, openings)
  for (const name of scene.stopped) aboutStopped(scene, name, openings)
  for (const name of scene.zombies) aboutZombie(scene, name, openings)
  for (const name of scene.able) aboutAble(scene, name, openings)
  return openings.length === 0 ? undefined : scene.draw.weighted(openings)()
}

function aboutSleeper(scene: Scene, name: string, to: Openings): void {
  const { draw, world } = scene
  const handled = oneOf(scene, signalsWith(scene, name, 'handler'))
  if (handled !== undefined) to.push([5, () => sends(scene, name, handled)])
  const ignored = oneOf(scene, signalsWith(scene, name, 'ignore')) ?? SIGCHLD
  to.push([1, () => sends(scene, name, ignored)])
  to.push([2, () => sends(scene, name, draw.pick([SIGSTOP, SIGSTOP, SIGTSTP]))])
  if (!isRoot(name)) to.push([2, () => sends(scene, name, draw.pick([SIGTERM, SIGHUP, SIGKILL]))])
  const activity = world.processes[name]?.activity
  if (activity?.is === 'asleep' && activity.on.in === 'wait')
    for (const child of childrenOf(scene, name)) aboutAwaited(scene, activity.on.selector, child, to)
}

/** What a child of a sleeping wait can do, whether the wait is about it or not. */
function aboutAwaited(scene: Scene, selector: Selector, child: string, to: Openings): void {
  const { draw } = scene
  const lifecycle = lifecycleOf(scene, child)
  if (lifecycle === undefined || lifecycle.life === 'zombie') return
  if (lifecycle.life === 'stopped') to.push([4, () => sends(scene, child, draw.pick([SIGCONT, SIGKILL]))])
  else to.push([3, () => sends(scene, child, draw.pick([SIGSTOP, SIGSTOP, SIGTSTP, SIGTTIN, SIGTERM]))])
  if (!scene.able.includes(child)) return
  to.push([4, () => ({ actor: child, call: exit(scene) })])
  if (selector.is !== 'group') return
  const group = lifecycle.group === selector.group ? 0 : selector.group
  to.push([8, () => ({ actor: child, call: { name: 'setpgid', process: 0, group } })])
}

function aboutStopped(scene: Scene, name: string, to: Openings): void {
  const { draw, world } = scene
  const lifecycle = lifecycleOf(scene, name)
  if (lifecycle === undefined) return
  const isInside = world.processes[name]?.activity.is !== 'idle'
  to.push([isInside ? 5 : 2, () => sends(scene, name, SIGCONT)])
  const handled = oneOf(scene, signalsWith(scene, name, 'handler'))
  if (handled !== undefined) to.push([isInside ? 4 : 1, () => sends(scene, name, handled)])
  to.push([1, () => sends(scene, name, draw.pick([SIGHUP, SIGTERM, SIGTSTP]))])
  const { parent, group } = lifecycle
  if (isRoot(parent) || !scene.able.includes(parent)) return
  const isOrphanedThen = group !== lifecycleOf(scene, parent)?.group
  to.push([isOrphanedThen ? 14 : 3, () => ({ actor: parent, call: exit(scene) })])
}

function aboutZombie(scene: Scene, name: string, to: Openings): void {
  const { parent = '', group = '' } = lifecycleOf(scene, name) ?? {}
  if (!scene.able.includes(parent)) return
  to.push([1, () => ({ actor: parent, call: wait(scene, parent) })])
  if (!isRoot(parent)) to.push([5, () => ({ actor: parent, call: exit(scene) })])
  if (group !== name) return
  const sibling = oneOf(scene, childrenOf(scene, parent)) ?? name
  to.push([2, () => ({ actor: parent, call: { name: 'setpgid', process: sibling, group } })])
}

function aboutAble(scene: Scene, name: string, to: Openings): void {
  const { draw } = scene
  const lifecycle = lifecycleOf(scene, name)
  if (lifecycle === undefined) return
  const { parent, blocked, pending, group, actions, pidfds, lender } = lifecycle
  if (lender !== '') aboutLoan(scene, name, lender, to)
  for (const number in pending) aboutPending(scene, name, Number(number), to)
  const descriptor = oneOf(scene, Object.keys(pidfds))
  if (descriptor !== undefined)
    to.push([4, () => ({ actor: name, call: waitForDescriptor(scene, descriptor) })])
  const signal = oneOf(scene, blocked)
  if (signal !== undefined && pending[signal] === undefined)
    to.push([signal === SIGCHLD ? 1 : 3, () => sends(scene, name, signal)])
  if (!isRoot(name) && group === name && draw.chance(50)) {
    to.push([3, () => sends(scene, name, draw.pick([SIGSTOP, SIGSTOP, SIGTSTP, SIGTTIN]))])
    if (actions[SIGHUP] === undefined)
      to.push([2, () => ({ actor: name, call: onHangUp(draw.pick([1, 2, 2])) })])
  }
  if (!isRoot(name) && scene.able.includes(parent)) {
    if (lifecycle.execed)
      to.push([2, () => ({ actor: parent, call: { name: 'setpgid', process: name, group: name } })])
    if (lifecycle.session === name)
      to.push([1, () => ({ actor: name, call: { name: 'setpgid', process: 0, group: 0 } })])
  }
  if (lifecycle.deathSignal !== 0 && !isRoot(parent) && scene.everybody.includes(parent))
    to.push([
      6,
      () =>
        scene.able.includes(parent) ? { actor: parent, call: exit(scene) } : sends(scene, parent, SIGKILL),
    ])
  if (!isRoot(name) && childrenOf(scene, name).length > 0) {
    to.push([3, () => ({ actor: name, call: exit(scene) })])
    const adopter = ancestorOf(scene, parent)
    if (adopter !== undefined) to.push([3, () => ({ actor: adopter, call: subreap })])
  }
  if (actions[SIGCHLD] !== undefined || blocked.includes(SIGCHLD))
    for (const child of childrenOf(scene, name)) aboutWatched(scene, child, to)
}

/** A child that has the memory of its parent. */
function aboutLoan(scene: Scene, name: string, lender: string, to: Openings): void {
  const { draw } = scene
  to.push([8, () => ({ actor: name, call: exit(scene) })])
  to.push([6, () => ({ actor: name, call: exec(scene) })])
  if (!isRoot(lender))
    to.push([4, () => sends(scene, lender, draw.pick([SIGTERM, SIGKILL, signals.SIGABRT]))])
}

/** What a parent will be told of. */
function aboutWatched(scene: Scene, child: string, to: Openings): void {
  const { draw, able } = scene
  if (!able.includes(child)) return
  to.push([2, () => ({ actor: child, call: exit(scene) })])
  to.push([2, () => sends(scene, child, draw.pick([SIGSTOP, SIGTSTP, SIGKILL, SIGTERM]))])
}

function aboutPending(scene: Scene, name: string, signal: number, to: Openings): void {
  to.push([5, () => ({ actor: name, call: { name: 'sigprocmask.SIG_UNBLOCK', signal } })])
  if (signal !== SIGCHLD) to.push([signal > SIGWINCH ? 8 : 2, () => sends(scene, name, signal)])
  to.push([1, () => ({ actor: name, call: { name: 'sigaction', signal, disposition: 1, flags: 0 } })])
  const isStop = signal >= SIGTSTP && signal <= signals.SIGTTOU
  if (isStop) to.push([5, () => sends(scene, name, SIGCONT)])
  if (signal === SIGCONT) to.push([5, () => sends(scene, name, SIGSTOP)])
}

const subreap: Call = { name: 'prctl.PR_SET_CHILD_SUBREAPER', on: 1 }

const onHangUp = (disposition: number): Call => ({ name: 'sigaction', signal: SIGHUP, disposition, flags: 0 })

/** An able ancestor that is no subreaper yet. */
function ancestorOf(scene: Scene, from: string): string | undefined {
  for (let name = from; ; ) {
    const lifecycle = lifecycleOf(scene, name)
    if (lifecycle === undefined) return undefined
    if (!lifecycle.subreaper && scene.able.includes(name)) return name
    name = lifecycle.parent
  }
}

/** Rather by a bystander: who is in the story has other things to do. */
function sends(scene: Scene, process: string, signal: number): Step {
  const actor = oneOf(scene, scene.able) ?? 'A'
  return {
    actor,
    call: { name: 'kill', process, signal: signal === SIGKILL && process === actor ? 0 : signal },
  }
}
