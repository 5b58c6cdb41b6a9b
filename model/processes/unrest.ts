import type { Moment } from '../moment.ts'
import { changedWorld } from '../world.ts'
import { type Ending, nothingUndone, type Undone } from './state.ts'

/** A step of which processes still have something to do: it is over when the system is at rest, see `settle`. */
export interface Unrest {
  readonly moment: Moment
  /** Were continued, and have not told their parents. */
  readonly continued: Set<string>
  /** Were continued, and have not taken up the call in which they were stopped. */
  readonly resumed: Set<string>
  /** Have begun to end, so that they no longer count as continued, and are no zombies yet. */
  readonly dying: Map<string, Ending>
  /** Sleep in a wait, and were told of a change of a child. */
  readonly woken: Set<string>
  /** Sleep in a wait, and were found to sleep on where they might have returned. */
  readonly undisturbed: Set<string>
}

export function unrestOf(moment: Moment): Unrest {
  const { continued, resumed, dying, woken } = moment.world.undone
  return {
    moment,
    continued: new Set(continued),
    resumed: new Set(resumed),
    dying: new Map(Object.entries(dying)),
    woken: new Set(woken),
    undisturbed: new Set(),
  }
}

/** What is left to do is a part of the world from here on. */
export function leaveUndone({ moment, continued, resumed, dying, woken }: Unrest): void {
  const isNothing = continued.size + resumed.size + dying.size + woken.size === 0
  const undone: Undone = isNothing
    ? nothingUndone
    : {
        continued: [...continued].sort(),
        resumed: [...resumed].sort(),
        woken: [...woken].sort(),
        dying: Object.fromEntries([...dying].sort()),
      }
  if (undone !== moment.world.undone) moment.world = changedWorld(moment.world, { undone })
}

/**
 * The process has nothing to do any more: it was stopped, or it ended. That it was continued it has told before it did
 * anything else.
 */
export function forget(unrest: Unrest, name: string): void {
  for (const names of [unrest.dying, unrest.woken]) names.delete(name)
}
