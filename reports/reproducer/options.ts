import type { Profile } from '../../model/profile.ts'
import type { Clause } from '../../model/rule.ts'

export interface ReproducerOptions {
  /** The rule that is broken; null where a whole scenario is held against the model. */
  readonly rule: string | null
  readonly clause: Pick<Clause, 'sentence' | 'cites'> | undefined
  readonly profile: Profile
  /** The name of the file, for the comment that says how to build it. */
  readonly file: string
  /** As a test of the kernel's own (kselftest): KTAP, and its exit statuses. */
  readonly ktap?: boolean
  /** A command that the program is started with to show it. */
  readonly start?: string
}
