import type { TargetDescription } from '../description.ts'

/** Debian's gcc-multilib and its cross compilers exclude each other, so either will do. */
export const hostI386Description: TargetDescription = {
  name: 'host-i386',
  summary: 'a 32-bit probe on the 64-bit kernel of this machine: its compat layer',
  layer: { is: 'compat layer', called: "the kernel's compat layer for 32-bit programs" },
  compilers: ['i686-linux-gnu-gcc -static', 'gcc -m32'],
  packages: ['gcc-i686-linux-gnu', 'libc6-dev-i386-cross'],
}
