import type { TargetDescription } from '../description.ts'

export const dietlibcDescription: TargetDescription = {
  name: 'dietlibc',
  summary: 'the kernel of this machine with the diet libc',
  compilers: ['diet gcc'],
  packages: ['gcc', 'dietlibc-dev'],
}
