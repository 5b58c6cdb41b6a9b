import type { ObjectState } from '../../oracle/explanation/object-states.ts'

/** What happened, step by step, as a diagram shows it: from what is followed of a scenario, or from a finding. */
export interface Story {
  readonly title: string
  readonly lanes: readonly Lane[]
  readonly steps: readonly StoryStep[]
  /** Why it ends before the scenario does: a sentence without a full stop; else empty. */
  readonly problem: string
}

/** An actor: from its first step, or from the step in which it was made. */
export interface Lane {
  readonly actor: string
  /** The number of the step that made it; 0: it is there from the beginning. */
  readonly madeIn: number
}

export interface StoryStep {
  /** From 1. */
  readonly number: number
  readonly actor: string
  /** The call without its actor; of the driver's own steps what they mean. */
  readonly call: string
  /** A step of the driver, not of the actor. */
  readonly isDriver: boolean
  readonly events: readonly StoryEvent[]
  /** The objects afterwards, null where it is not known any more what they are. */
  readonly objects: readonly ObjectState[] | null
  readonly rules: readonly string[]
  readonly deviation: StoryDeviation | null
}

export interface StoryEvent {
  readonly actor: string
  readonly is:
    | 'returns'
    | 'blocks'
    | 'ends'
    | 'stops'
    | 'continues'
    | 'faults'
    | 'made'
    /** Nothing came of it: it stays asleep, or could not be given its call. */
    | 'stays'
  /** What is seen, without the actor: `returns 0`. */
  readonly words: string
}

export interface StoryDeviation {
  readonly observed: string
  readonly allowed: readonly string[]
  /** The rule that is most likely broken. */
  readonly rule: string
  readonly sentence: string
  readonly cites: readonly string[]
}
