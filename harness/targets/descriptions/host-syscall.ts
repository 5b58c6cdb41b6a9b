import type { TargetDescription } from '../description.ts'

export const hostSyscallDescription: TargetDescription = {
  name: 'host-syscall',
  summary: 'the kernel of this machine, with calls made by syscall(2), past the C library',
  entry: 'syscall',
  packages: ['gcc', 'libc6-dev'],
}
