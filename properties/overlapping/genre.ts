import type { Call } from '../../model/vocabulary/forms.ts'
import type { Family } from '../../model/vocabulary/shape.ts'
import type { Draw } from '../arbitraries/draw.ts'

/** Programs about objects of one kind. */
export interface Genre {
  readonly family: Family
  begin(draw: Draw): Plot
}

/** What one program is about: the objects are made first, looked at last, and used by all between. */
export interface Plot {
  readonly setup: readonly Call[]
  /** What each actor does for itself before. */
  readonly each?: readonly Call[]
  /** A call of some actor; `variable` is the name of what it makes, if it makes something. */
  call(variable: string, actor: string, actors: readonly string[]): Call
  readonly looks: readonly Call[]
}
