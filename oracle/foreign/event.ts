/** A call of a foreign trace, from its entry to its return. Judges keep what they learn about it beside it. */
export interface ForeignCall {
  readonly pid: number
  readonly name: string
  /** As the trace writes them; those that the kernel fills in are there only once the call has returned. */
  args: readonly string[]
  /** Where it was entered. */
  readonly line: number
  /** Seconds, on the clock of the trace. */
  readonly entered: number
}

/** What a call came to. `restarts`: a signal ended it, and the kernel may make it again by itself. */
export interface ForeignResult {
  /** -1 where it failed; null where the trace has no number. */
  readonly value: number | null
  /** As the trace writes it: numbers beyond 2^53 lose digits otherwise. */
  readonly text: string
  /** Empty: success. */
  readonly errno: string
  readonly restarts: boolean
}

/** How a thread ended, as the trace tells. */
export type ForeignEnd =
  | { readonly is: 'exited'; readonly status: number }
  | { readonly is: 'killed'; readonly signal: number; readonly core: boolean }
  | { readonly is: 'superseded'; readonly by: number }

export type ForeignEvent =
  /** A line that is not understood may have told of anything. */
  | { readonly is: 'lost' }
  /** The next line tells of a process or thread whose calls the trace does not show. */
  | { readonly is: 'unfollowed' }
  | { readonly is: 'enters'; readonly call: ForeignCall }
  | {
      readonly is: 'returns'
      readonly call: ForeignCall
      readonly result: ForeignResult
      readonly line: number
      /** Seconds between entry and return; null where the trace does not tell. */
      readonly took: number | null
    }
  | {
      readonly is: 'signal'
      readonly pid: number
      readonly line: number
      readonly signal: number
      /** The fields of its siginfo. */
      readonly info: Readonly<Record<string, string>>
    }
  | { readonly is: 'stopped'; readonly pid: number; readonly line: number; readonly signal: number }
  | { readonly is: 'ends'; readonly pid: number; readonly line: number; readonly end: ForeignEnd }
