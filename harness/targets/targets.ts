import { describedTarget } from './described.ts'
import { gvisorDescription } from './descriptions/gvisor.ts'
import { hostI386Description } from './descriptions/host-i386.ts'
import { hostSyscallDescription } from './descriptions/host-syscall.ts'
import { muslDescription, muslStaticDescription } from './descriptions/musl.ts'
import { qemuUserDescriptions } from './descriptions/qemu-user.ts'
import { debianKernels } from './guest/debian-kernels.ts'
import { debianTarget, kernel } from './guest/guest-target.ts'
import { host } from './host.ts'
import type { Target } from './target.ts'

/** Every target, the default one first. */
export const targets: readonly Target[] = [
  host,
  ...[
    hostSyscallDescription,
    hostI386Description,
    muslDescription,
    muslStaticDescription,
    gvisorDescription,
    ...qemuUserDescriptions,
  ].map(describedTarget),
  ...debianKernels.map(debianTarget),
  kernel,
]
