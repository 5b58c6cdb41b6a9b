import type { Chosen } from '../model/moment.ts'
import type { Outcome } from '../model/outcomes.ts'
import type { RecordedStep } from './trace/trace.ts'

/** What the oracle says about one recording. */
export interface Judgement {
  readonly verdict: 'conforms' | 'deviates' | 'inconclusive'
  readonly deviations: readonly Deviation[]
  /** Why the recording could not be judged to its end; empty if it was. */
  readonly reason: string
  /** How many steps were judged. */
  readonly steps: number
  /** Step by step the ids of the rules of the outcome that was seen or, where none explains it, of the documented one; and those that were met. */
  readonly exercised: readonly (readonly string[])[]
  readonly met: readonly (readonly string[])[]
  /** What the target chose where the profile leaves it open, as far as what was seen tells. */
  readonly choices: readonly Chosen[]
}

/** A step whose observation no allowed outcome explains. */
export interface Deviation {
  /** Index of the step in the scenario, from 0. */
  readonly step: number
  /** The rule that is most likely broken. */
  readonly rule: string
  /** All rules that bear on what was seen, the likeliest first. */
  readonly rules: readonly string[]
  /** How many of these, from the first, were noted for the very event that differs. None where a call only looked. */
  readonly accused: number
  readonly observed: RecordedStep
  /** What the profile allows here, over all worlds that explain the steps before. */
  readonly allowed: readonly Outcome[]
}
