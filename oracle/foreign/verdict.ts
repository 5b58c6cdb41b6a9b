/** A result that no order of the calls under way explains. */
export interface ForeignDeviation {
  readonly line: number
  readonly pid: number
  /** The call or the signal as the trace tells it. */
  readonly what: string
  readonly rule: string
  readonly observed: string
  readonly allowed: readonly string[]
}

/** What the judge says of one call. `open`: nothing that is known could have contradicted it, and why. */
export type Opinion =
  | { readonly is: 'judged' }
  | { readonly is: 'open'; readonly because: string }
  | {
      readonly is: 'deviates'
      readonly rule: string
      readonly allowed: readonly string[]
      readonly observed?: string
    }

export const judged: Opinion = { is: 'judged' }
export const open = (because: string): Opinion => ({ is: 'open', because })
export const deviates = (rule: string, ...allowed: readonly string[]): Opinion => ({
  is: 'deviates',
  rule,
  allowed,
})

/** The same where something else than the value differs. */
export const deviatesAs = (observed: string, rule: string, ...allowed: readonly string[]): Opinion => ({
  is: 'deviates',
  rule,
  allowed,
  observed,
})

/** What is said of a whole trace. */
export interface ForeignJudgement {
  readonly verdict: 'conforms' | 'deviates' | 'inconclusive'
  readonly lines: number
  /** Calls of our families, and how many of them something known could have contradicted. */
  readonly calls: number
  readonly judged: number
  /** The same of signals and ends of processes. */
  readonly events: number
  readonly eventsJudged: number
  /** By the name of the call. */
  readonly byCall: Readonly<Record<string, { readonly calls: number; readonly judged: number }>>
  /** Why calls were not judged, and how many for that reason. */
  readonly notJudged: Readonly<Record<string, number>>
  readonly otherCalls: number
  readonly deviations: readonly ForeignDeviation[]
  /** All of them; of the first some are listed. */
  readonly deviationCount: number
  readonly malformed: {
    readonly count: number
    readonly first: readonly { readonly line: number; readonly because: string; readonly text: string }[]
  }
}
