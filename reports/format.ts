import type { ReportedRun } from './reported-run.ts'
import type { Style } from './style.ts'

/** A way to report a run: one file each, listed in `formats.ts`. */
export interface Format {
  readonly name: string
  /** One line: who reads it. */
  readonly summary: string
  render(run: ReportedRun, options: FormatOptions): string
}

export interface FormatOptions extends Style {
  /** Lists what a person seldom wants to see: each rule that was not tested. */
  readonly verbose: boolean
  /** The CI system that submits the report, for formats that name it. */
  readonly origin?: string
}
