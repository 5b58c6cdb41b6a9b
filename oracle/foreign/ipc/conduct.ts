import type { ForeignCall, ForeignResult } from '../event.ts'
import type { Opinion } from '../verdict.ts'

/** One call on an object, or the end of a process that has undo entries for it. */
export interface Act {
  readonly is: 'call' | 'end'
  readonly call: ForeignCall
  /** The process, not the thread. */
  readonly process: number
  /** What others are told of it, and it of others; undefined: that is not known. */
  readonly pid: number | undefined
  readonly entered: number
  result: ForeignResult | undefined
  line: number
  took: number | null
  left: number
  /** What the conduct understood of the arguments. */
  meaning: unknown
  /** Since when the states of the object are of interest to it; and whether its trace was lost. */
  from: number
  looks: boolean
  lost: boolean
  /** It was refused what it was permitted before. */
  refusal: Opinion | undefined
  /** Somebody may have stopped the process. */
  mayBeStopped: boolean
  /** Those that were made beside it, where it counts them, and nobody else can be counted; undefined: that is not known. */
  beside: Set<Act> | undefined
}

/**
 * What an act may do in a state. `never`: not in any state, whoever else uses the object. `open`: the state is not
 * known well enough to say.
 */
export interface Taken<State> {
  readonly fits: 'yes' | 'open' | 'no' | 'never'
  readonly state: State
  readonly because: string
  readonly rule: string
  readonly allowed: string
}

/** How objects of one kind behave, as far as their state is known. */
export interface Conduct<State> {
  readonly unknown: (state: State) => State
  readonly key: (state: State) => string
  /** Whether the act changes the object if it ends as the trace tells; if that is not known, whether it might. */
  readonly changes: (act: Act) => boolean
  /** What the act comes to in a state. Without a result it is taken to succeed. */
  readonly take: (state: State, act: Act) => Taken<State>
  /** Whether it counts those that sleep. */
  readonly counts: (act: Act) => boolean
  /** Whether the act sleeps in a state until somebody changes it. `rule`: what then wakes it. */
  readonly awakes: (state: State, act: Act) => { readonly rule: string; readonly allowed: string } | undefined
  /** Nobody else is about: what an act that changed nothing tells about the state. */
  readonly learn: (state: State, act: Act) => State
}
