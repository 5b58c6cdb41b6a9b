import type { TargetDescription } from '../description.ts'
import type { Layer } from '../target.ts'

interface Processor {
  /** As qemu calls it. */
  readonly arch: string
  /** Its cross compiler, and the Debian packages of that and of its C library; none: this machine's own. */
  readonly cc?: string
  readonly packages?: readonly string[]
  /** Where this machine runs its programs itself. */
  readonly native?: Layer['without']
}

const cross = (arch: string, triple: string, libc: string): Processor => ({
  arch,
  cc: `${triple}-gcc`,
  packages: [`gcc-${triple.replaceAll('_', '-')}`, `libc6-dev-${libc}-cross`],
})

/** Those for which Debian has a cross compiler with a C library. */
const processors: readonly Processor[] = [
  { arch: 'x86_64', native: { target: 'host', cc: 'gcc -static' } },
  { ...cross('i386', 'i686-linux-gnu', 'i386'), native: { target: 'host-i386' } },
  cross('aarch64', 'aarch64-linux-gnu', 'arm64'),
  cross('arm', 'arm-linux-gnueabihf', 'armhf'),
  cross('s390x', 's390x-linux-gnu', 's390x'),
  cross('ppc64le', 'powerpc64le-linux-gnu', 'ppc64el'),
  cross('ppc64', 'powerpc64-linux-gnu', 'ppc64'),
  cross('ppc', 'powerpc-linux-gnu', 'powerpc'),
  cross('riscv64', 'riscv64-linux-gnu', 'riscv64'),
  cross('m68k', 'm68k-linux-gnu', 'm68k'),
  cross('mips', 'mips-linux-gnu', 'mips'),
  cross('mipsel', 'mipsel-linux-gnu', 'mipsel'),
  cross('mips64el', 'mips64el-linux-gnuabi64', 'mips64el'),
]

/** A program takes long to start, and what waits for its turn with ordinary priority does so behind those that have a real-time one. */
export const qemuUserDescriptions: readonly TargetDescription[] = processors.map(
  ({ arch, cc = 'gcc', packages = ['gcc', 'libc6-dev'], native }) => ({
    name: `qemu-user-${arch}`,
    summary: `qemu's user mode emulation of ${arch}`,
    layer: {
      is: 'emulator',
      called: "qemu's user mode",
      ...(native === undefined ? {} : { without: native }),
    },
    compilers: [`${cc} -static`],
    runner: `qemu-${arch}`,
    executes: 'through the runner',
    version: { command: `qemu-${arch} --version`, pattern: /\d+(\.\d+)+/ },
    packages: ['qemu-user', ...packages],
    replyWithin: 30,
    probesMax: 5,
  }),
)
