import type { TargetDescription } from '../description.ts'

export const muslDescription: TargetDescription = {
  name: 'musl',
  summary: 'the kernel of this machine with the C library musl',
  layer: { is: 'C library', called: 'musl' },
  compilers: ['musl-gcc'],
  version: 'libc',
  packages: ['gcc', 'musl-tools'],
}

export const muslStaticDescription: TargetDescription = {
  name: 'musl-static',
  summary: 'the same, linked statically',
  layer: { is: 'C library', called: 'musl' },
  compilers: ['musl-gcc -static'],
  version: 'libc',
  packages: ['gcc', 'musl-tools'],
}
