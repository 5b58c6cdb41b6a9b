import type { Clause } from '../rule.ts'
import type { Reason } from './reasons.ts'

/** A rule of the catalogue that the model does not have. When the model learns it, its entry is deleted. */
export interface Unexercised extends Clause {
  readonly reason: Reason
}

/** A rule of the catalogue that is the same as another one, by another name. */
export interface Alias {
  readonly id: string
  /** The id by which the model, or the catalogue, has it. */
  readonly as: string
}

/** Rules that the model has beside those of the catalogue. */
export interface Addition {
  readonly because: string
  readonly ids: readonly string[]
}
