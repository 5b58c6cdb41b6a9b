import { host } from './host.ts'
import type { Target } from './target.ts'

/** Every target, the default one first. */
export const targets: readonly Target[] = [host]
