import type { Profile } from '../../model/profile.ts'
import type { Call } from '../../model/vocabulary/forms.ts'
import type { Step } from '../../model/vocabulary/scenario.ts'
import type { Proposition } from './proposition.ts'

/**
 * A litmus test: several actors, each with calls of its own that it makes in their order, and a question about how all
 * that may end. The calls of different actors are interleaved in every way; each takes effect as a whole.
 */
export interface LitmusTest {
  /** One word. */
  readonly name: string
  /** The idea, as a sentence; may be empty. */
  readonly description: string
  /** The rules that the idea is about. */
  readonly rules: readonly string[]
  /** What the file says about the proposition in each profile. */
  readonly claims: Readonly<Partial<Record<Profile['name'], Observation>>>
  /** Made first, in this order. */
  readonly setup: readonly Step[]
  readonly columns: readonly Column[]
  readonly quantifier: Quantifier
  readonly proposition: Proposition
  /** Looks at the objects in the end: an actor without a column. */
  readonly observer: string
}

export interface Column {
  readonly actor: string
  readonly calls: readonly Call[]
}

/** `exists`: some end is so; `forall`: every one; `~exists`: none. */
export type Quantifier = 'exists' | 'forall' | '~exists'

/** In how many of all ends the proposition is true. */
export type Observation = 'Never' | 'Sometimes' | 'Always'

export const observationOf = (holding: number, all: number): Observation =>
  holding === 0 ? 'Never' : holding === all ? 'Always' : 'Sometimes'

/** Whether what was observed is what the quantifier asks for. */
export const isValid = (quantifier: Quantifier, observation: Observation): boolean =>
  quantifier === 'exists'
    ? observation !== 'Never'
    : observation === (quantifier === 'forall' ? 'Always' : 'Never')
