import type { ObjectState } from '../../oracle/explanation/object-states.ts'
import type { StoryStep } from './story.ts'

/** An object that is new, or not what it was before the step. */
export interface ObjectChange {
  readonly name: string
  readonly kind: ObjectState['is']
  /** What it is now; who sleeps on it stands on a line of its own. */
  readonly lines: readonly string[]
}

export const GONE = 'gone'
/** Of the objects of a target that has deviated. */
export const UNKNOWN = '?'

/** What each step changed about semaphores, queues and segments, sleepers among it. Processes have lanes. */
export function objectChanges(steps: readonly StoryStep[]): readonly (readonly ObjectChange[])[] {
  let before: readonly ObjectState[] = []
  return steps.map(({ objects }) => {
    const now = (objects ?? []).filter(({ is }) => is !== 'process')
    const known = before
    before = now
    return [
      ...now
        .filter((state) => !known.some((other) => isSame(state, other)))
        .map((state): ObjectChange => ({ name: state.name, kind: state.is, lines: linesOf(state) })),
      ...known
        .filter(({ name }) => !now.some((other) => other.name === name))
        .map(({ name, is }) => ({ name, kind: is, lines: [objects === null ? UNKNOWN : GONE] })),
    ]
  })
}

const linesOf = ({ words, sleepers }: ObjectState) => [
  words,
  ...(sleepers.length === 0 ? [] : [`asleep: ${sleepers.join(' ')}`]),
]

const isSame = (a: ObjectState, b: ObjectState) =>
  a.name === b.name && a.words === b.words && a.sleepers.join() === b.sleepers.join()
