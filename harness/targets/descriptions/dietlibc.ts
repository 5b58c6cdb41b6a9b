import type { TargetDescription } from '../description.ts'

/** Its `syscall` and `ftok` stand in a library of their own. */
export const dietlibcDescription: TargetDescription = {
  name: 'dietlibc',
  summary: 'the kernel of this machine with the diet libc',
  layer: { is: 'C library', called: 'the diet libc' },
  compilers: ['diet gcc -lcompat -lpthread'],
  packages: ['gcc', 'dietlibc-dev'],
}
