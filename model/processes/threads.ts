import { processOf, type World } from '../world.ts'
import type { Lifecycle } from './state.ts'

/** The threads of the process of an actor that have not ended, the oldest first; the first one is named as the process. */
export function threadsOf(world: World, actor: string): readonly string[] {
  const process = processOf(world, actor)
  const threads = hasFirst(world.processes[process]?.lifecycle) ? [process] : []
  for (const name in world.threads) if (world.threads[name]?.process === process) threads.push(name)
  return threads
}

/** Whether the process of an actor has more than one thread, or goes on without its first one. */
export function isThreaded(world: World, actor: string): boolean {
  const process = processOf(world, actor)
  for (const name in world.threads) if (world.threads[name]?.process === process) return true
  return false
}

/** The other threads of the same process. */
export const othersOf = (world: World, actor: string): readonly string[] =>
  threadsOf(world, actor).filter((name) => name !== actor)

/** How a child remembers a thread of its parent. */
export const asParentThread = (world: World, actor: string): string =>
  world.threads[actor] === undefined ? '' : actor

/** Whether a child is one of the thread, not of another one of its process. */
export const isOwn = (world: World, actor: string, child: Lifecycle | undefined): boolean =>
  child?.parentThread === asParentThread(world, actor)

const hasFirst = (lifecycle: Lifecycle | undefined) =>
  lifecycle !== undefined && lifecycle.life !== 'zombie' && lifecycle.firstThread === 'lives'
