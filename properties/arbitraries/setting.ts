import type { Step } from '../../model/vocabulary/scenario.ts'
import type { World } from '../../model/world.ts'
import type { Draw } from './draw.ts'

/** What a family's generator sees when it proposes the next step. */
export interface Setting {
  readonly draw: Draw
  readonly world: World
  /** The actors that can make a call now; never empty. */
  readonly able: readonly [string, ...string[]]
  /** Calls that change the life and signals of processes may be proposed (they cost fresh actors). */
  readonly withProcesses: boolean
  /** Steps that take milliseconds (`tick`, deadlines) may be proposed. */
  readonly slow: boolean
  /** A variable that the scenario has not used: `fresh('S')` is S, then S2, S3, … */
  readonly fresh: (letter: string) => string
  /** The variables that `fresh` has given for the letter and that a step has made, living or not. */
  readonly made: (letter: string) => readonly string[]
}

/** Proposes a step that makes sense in the world as it is; undefined if it has no idea. */
export type Proposer = (setting: Setting) => Step | undefined

/** Looks at everything that a family's part of the world shows: the end of a scenario. */
export type Observer = (setting: Setting) => readonly Step[]

/** What the generators of a family offer. */
export interface FamilyGenerator {
  /** Steps that lead to a scene in which much can happen, for the start of a scenario; may be none. */
  readonly prepare?: Observer
  readonly propose: Proposer
  readonly observe: Observer
}

export const anActor = ({ draw, able }: Setting): string => draw.pick(able)
