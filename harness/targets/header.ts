import type { TraceHeader } from '../../oracle/trace/trace.ts'
import type { Hello } from '../protocol/hello.ts'

/** What the probe said about itself, as the head of the traces that it records. */
export const headerOf = (target: string, hello: Hello): TraceHeader => ({
  target,
  kernel: hello.kernel,
  libc: hello.libc,
  arch: hello.machine,
  mode: 'stepped',
  identity: { uid: hello.uid, gid: hello.gid, mapsOthers: hello.mapsOthers, changes: hello.identities },
  ipcNamespace: hello.ipcNamespace,
  limits: hello.limits,
  changesLimits: hello.changesLimits,
  programs: hello.programs,
  changesPids: hello.changesPids,
  hugePages: hello.hugePages,
  pageSize: hello.pageSize,
  shmlba: hello.shmlba,
  ...(hello.missingCalls.length === 0 ? {} : { missingCalls: hello.missingCalls }),
  ...(hello.pointerBytes === 8 ? {} : { longBytes: hello.pointerBytes }),
  arena: hello.arena,
  keyBase: hello.keyBase,
  initPid: hello.initPid,
})
