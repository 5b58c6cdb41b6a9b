import type { CampaignOptions } from '../agreement/campaign-options.ts'

/** What a run of calls that overlap is told. */
export interface OverlapOptions
  extends Pick<
    CampaignOptions,
    | 'target'
    | 'families'
    | 'profile'
    | 'seed'
    | 'budget'
    | 'enough'
    | 'connect'
    | 'stop'
    | 'onProgress'
    | 'save'
    | 'avoid'
    | 'symptoms'
  > {
  /** Runs of each program. */
  readonly repetitions: number
  readonly replayCommand: (found: { readonly file: string; readonly seed: number }) => string
}
