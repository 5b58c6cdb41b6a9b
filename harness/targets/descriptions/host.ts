import type { TargetDescription } from '../description.ts'

export const hostDescription: TargetDescription = {
  name: 'host',
  summary: 'the kernel and the C library of this machine',
  packages: ['gcc', 'libc6-dev'],
}
