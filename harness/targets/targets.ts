import { debianKernels } from './guest/debian-kernels.ts'
import { debianTarget, kernel } from './guest/guest-target.ts'
import { host } from './host.ts'
import type { Target } from './target.ts'

/** Every target, the default one first. */
export const targets: readonly Target[] = [host, ...debianKernels.map(debianTarget), kernel]
