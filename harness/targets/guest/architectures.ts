/** How a machine of an architecture is emulated and its probe compiled. */
export interface Architecture {
  /** As users call it; the name that `uname -m` prints. */
  readonly name: string
  /** Compilers with flags, the first that works is taken; they link statically. */
  readonly compilers: readonly string[]
  readonly emulator: readonly string[]
  readonly console: string
  /** Debian packages. */
  readonly packages: readonly string[]
}

/** The architectures whose kernels can be booted, this project's usual one first. */
export const architectures: readonly Architecture[] = [
  {
    name: 'x86_64',
    compilers: ['cc -static', 'x86_64-linux-gnu-gcc -static'],
    emulator: ['qemu-system-x86_64', '-cpu', 'max'],
    console: 'ttyS0',
    packages: ['qemu-system-x86', 'gcc', 'libc6-dev'],
  },
  {
    name: 'aarch64',
    compilers: ['aarch64-linux-gnu-gcc -static'],
    emulator: ['qemu-system-aarch64', '-M', 'virt', '-cpu', 'max'],
    console: 'ttyAMA0',
    packages: ['qemu-system-arm', 'gcc-aarch64-linux-gnu', 'libc6-dev-arm64-cross'],
  },
  {
    name: 'riscv64',
    compilers: ['riscv64-linux-gnu-gcc -static'],
    emulator: ['qemu-system-riscv64', '-M', 'virt'],
    console: 'ttyS0',
    packages: ['qemu-system-misc', 'gcc-riscv64-linux-gnu', 'libc6-dev-riscv64-cross'],
  },
]
