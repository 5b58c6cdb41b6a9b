import type { Scenario } from '../../model/vocabulary/scenario.ts'
import type { Long } from '../../model/vocabulary/shape.ts'

/** Facts about where and as whom a trace was recorded; everything a verdict depends on besides the events. */
export interface TraceHeader {
  readonly target: string
  readonly kernel: string
  readonly libc: string
  readonly arch: string
  /** `overlapping`: the calls of different actors were made at the same time. */
  readonly mode: 'stepped' | 'overlapping'
  /** Effective ids of the actors; `mapsOthers`: other ids exist in their user namespace. */
  readonly identity: {
    readonly uid: number
    readonly gid: number
    readonly mapsOthers: boolean
    readonly changes?: 'all' | 'users' | 'capabilities' | 'none'
  }
  /** Whether nobody else uses the IPC namespace. */
  readonly ipcNamespace?: boolean
  readonly limits: Limits
  /** Whether scenarios may change them. */
  readonly changesLimits?: boolean
  /** Whether the programs ipcs and ipcrm are installed. */
  readonly programs?: boolean
  /** Whether scenarios may choose the pid of the next process. */
  readonly changesPids?: boolean
  /** Bytes of a huge page, how many a segment could get, and which group may use them. */
  readonly hugePages?: {
    readonly size: number
    readonly available: number
    readonly group: number | 'nobody' | 'unknown'
  }
  /** Bytes. */
  readonly pageSize: number
  /** System calls under test that the kernel does not have. */
  readonly missingCalls?: readonly string[]
  /** Bytes: the alignment that shmat demands. */
  readonly shmlba: number
  /** Bytes of a C long in the probe; 8 if it is not said. */
  readonly longBytes?: number
  /** The address that `arena` stands for. */
  readonly arena: Long
  /** The key n of a scenario is `keyBase + n`; a negative one is itself. */
  readonly keyBase: number
  /** The pid that getppid() names in a root actor: the driver's. */
  readonly initPid: number
}

export interface Limits {
  readonly semmsl: number
  readonly semmns: number
  readonly semopm: number
  readonly semmni: number
  readonly semvmx: number
  readonly msgmax: number
  readonly msgmnb: number
  readonly msgmni: number
  readonly shmmax: Long
  readonly shmall: Long
  readonly shmmni: number
}

/** What was recorded of one scenario. `problem` is empty, or why the harness could not finish it. */
export interface Recording {
  readonly scenario: Scenario
  /** Whole seconds of the coarse realtime clock before the first step. */
  readonly started: number
  readonly steps: readonly RecordedStep[]
  readonly problem: string
}

/** All that was true for the first time when the system was at rest after a step. */
export interface RecordedStep {
  /** Whole seconds of the coarse realtime clock at rest after the step. */
  readonly seconds: number
  readonly events: readonly TraceEvent[]
}

/** Out data in the order of the form's outputs; null where every byte was left as it was before the call. */
export type OutData = readonly (Long | readonly number[])[] | null

export type TraceEvent =
  | {
      readonly is: 'returned'
      readonly actor: string
      readonly value: Long
      /** 0: success. */
      readonly errno: number
      readonly out: OutData
      /** Bytes around an out-buffer were overwritten. */
      readonly clobbered: boolean
    }
  | { readonly is: 'faulted'; readonly actor: string; readonly signal: number; readonly code: number }
  | { readonly is: 'ended' | 'stopped' | 'continued' | 'skipped'; readonly actor: string }
