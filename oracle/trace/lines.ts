import type { TraceHeader } from './trace.ts'

/** The lines of a trace as they are written; `schema.ts` says the same to other programs. */
export type Line =
  | ({ readonly event: 'header'; readonly format: 'ipc-oracle trace'; readonly version: 1 } & TraceHeader)
  | {
      readonly event: 'scenario'
      readonly title: string
      readonly started: number
      /** Of calls that overlap: the first and the last of them. */
      readonly overlapping?: readonly [number, number]
    }
  | CallLine
  | EventLine
  | {
      readonly event: 'blocked'
      readonly step: number
      readonly actors: readonly string[]
      /** Nanoseconds: of calls that overlap. */
      readonly at?: number
    }
  | { readonly event: 'rest'; readonly step: number; readonly seconds: number }
  | EndLine

export interface EndLine {
  readonly event: 'end'
  readonly problem: string
  /** Whole seconds: of calls that overlap. */
  readonly ended?: number
  /** Names of actors: who was dead and who was stopped behind calls that overlap, where that was seen. */
  readonly dead?: readonly string[]
  readonly stopped?: readonly string[]
}

export interface CallLine {
  readonly event: 'call'
  readonly step: number
  readonly actor: string
  readonly call: string
  readonly arguments: Readonly<Record<string, unknown>>
  readonly as?: string
  /** Nanoseconds: of calls that overlap. */
  readonly begin?: number
}

export type EventLine =
  | ReturnLine
  | {
      readonly event: 'fault'
      readonly step: number
      readonly actor: string
      readonly signal: string
      readonly code: number
      readonly end?: number
    }
  | {
      readonly event: 'exit' | 'stop' | 'continue' | 'skipped'
      readonly step: number
      readonly actor: string
      readonly end?: number
    }

export interface ReturnLine {
  readonly event: 'return'
  readonly step: number
  readonly actor: string
  /** A bigint becomes a string of digits. */
  readonly value: unknown
  readonly errno: string | null
  readonly out: Readonly<Record<string, unknown>> | null
  readonly clobbered?: true
  /** Nanoseconds: of calls that overlap. */
  readonly end?: number
}
