import type { Errno } from './vocabulary/names.ts'

/**
 * How firmly POSIX.1-2024 stands behind a clause: `shall` required; `may` allowed beside other behaviour;
 * `unspecified` left open; `linux` an extension or a choice that only Linux's own documentation fixes.
 */
export type Strength = 'shall' | 'may' | 'unspecified' | 'linux'

/** One clause of the standard, or of Linux's documentation where the standard is silent. */
export interface Clause {
  /** `call.situation.consequence`; permanent. */
  readonly id: string
  /** The clause as one sentence. */
  readonly sentence: string
  /** Where it comes from: standard, page, section. */
  readonly cites: readonly string[]
  readonly strength: Strength
}

/** A clause that decides what a call does in a situation of type S. `when` only looks, `outcome` acts. */
export interface Rule<S> extends Clause {
  /** The errno when the rule is an error, so that a profile without an order of checks can list all that apply. */
  readonly errno: Errno | 'none'
  readonly when: (situation: S) => boolean
  /** Other systems do so, and POSIX allows it; Linux does not. */
  readonly elsewhere?: true
  readonly outcome: (situation: S) => void
}

export const clause = (
  id: string,
  strength: Strength,
  sentence: string,
  ...cites: readonly string[]
): Clause => ({ id, strength, sentence, cites })
