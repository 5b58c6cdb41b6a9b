import type { TargetDescription } from '../description.ts'

/** Starting a sandbox takes a good part of a second, and several slow each other down. */
export const gvisorDescription: TargetDescription = {
  name: 'gvisor',
  summary: 'the gVisor sandbox: its own kernel, in a process of this machine',
  layer: { is: 'sandbox', called: 'gVisor', without: { target: 'host', cc: 'gcc -static' } },
  compilers: ['gcc -static'],
  runner: 'runsc --rootless --network=none do',
  version: { command: 'runsc --version', pattern: /\d{8}(\.\d+)*/ },
  packages: ['gcc', 'libc6-dev', 'runsc'],
  leavesFiles: true,
  replyWithin: 30,
  probesMax: 5,
}
