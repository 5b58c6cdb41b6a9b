import { describedTarget } from './described.ts'
import { hostDescription } from './descriptions/host.ts'
import type { Target } from './target.ts'

/** The kernel and the C library of this machine. */
export const host: Target = describedTarget(hostDescription)
