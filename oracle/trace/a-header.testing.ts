import type { TraceHeader } from './trace.ts'

/** A header for tests: Linux's defaults, an ordinary user. */
export const aHeader = (): TraceHeader => ({
  target: 'test',
  kernel: '6.18.0',
  libc: 'glibc 2.36',
  arch: 'x86_64',
  mode: 'stepped',
  identity: { uid: 1000, gid: 1000, mapsOthers: true, changes: 'all' },
  limits: {
    semmsl: 32000,
    semmns: 1024000000,
    semopm: 500,
    semmni: 32000,
    semvmx: 32767,
    msgmax: 8192,
    msgmnb: 16384,
    msgmni: 32000,
    shmmax: 18446744073692774399n,
    shmall: 18446744073692774399n,
    shmmni: 4096,
  },
  changesPids: true,
  hugePages: { size: 2097152, available: 0, group: 1000 },
  pageSize: 4096,
  shmlba: 4096,
  arena: 0x2000_0000_0000,
  keyBase: 1000,
  initPid: 1,
})
