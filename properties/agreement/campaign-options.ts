import type { StartedTarget } from '../../harness/targets/target.ts'
import type { Profile } from '../../model/profile.ts'
import type { Scenario } from '../../model/vocabulary/scenario.ts'
import type { Family } from '../../model/vocabulary/shape.ts'
import type { Shard } from '../../oracle/run.ts'
import type { Recording, TraceHeader } from '../../oracle/trace/trace.ts'

/** Rules that are known to be broken, and those that later steps seem to break where they are. */
export interface Symptom {
  readonly causes: readonly string[]
  readonly seenAs: readonly string[]
}

export interface Progress {
  readonly scenarios: number
  readonly steps: number
  readonly seconds: number
  /** 0…1 of the budget. */
  readonly share: number
  readonly deviations: number
  readonly phase: 'named' | 'generated' | 'exhaustive' | 'shrinking'
}

/** What runs of random scenarios and of all programs have in common. */
export interface RunOptions {
  readonly target: string
  readonly families: readonly Family[]
  readonly profile: Profile
  readonly seed: number
  /** Rules that are known to be broken: generated scenarios go around them. */
  readonly avoid?: readonly string[]
  /** What else these show as. */
  readonly symptoms?: readonly Symptom[]
  /** End generating once so many scenarios have deviated. */
  readonly enough: number
  /** Probes that may run side by side; without it as many as are of use. */
  readonly probesMax?: number
  /** Opens a probe; lane 0 is the fast one. */
  readonly connect: (lane: number) => Promise<StartedTarget>
  readonly stop: AbortSignal
  readonly onProgress: (progress: Progress) => void
  /** The command that repeats a finding; `path` is empty for a named scenario. */
  readonly replayCommand: (found: { seed: number; path: string; file: string }) => string
  /** Stores a finding and returns its file name, '' if nothing is stored. */
  readonly save: (name: string, text: string, recording: Recording, header: TraceHeader) => Promise<string>
}

export interface CampaignOptions extends RunOptions {
  /** How long the run is, or how many scenarios it has: as a whole, also where a part of it is wanted. */
  readonly budget: { readonly scenarios: number } | { readonly seconds: number }
  /** The part of the run that is wanted: of the named and of the generated scenarios every N-th. Without it, all. */
  readonly shard?: Shard
  /** Scenarios that every run begins with. */
  readonly named: readonly { readonly name: string; readonly scenario: Scenario }[]
  /** Scenarios that show what is known to deviate; what they come to is recorded by name. */
  readonly showing?: CampaignOptions['named']
}
