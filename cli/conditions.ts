import type { Hello } from '../harness/protocol/hello.ts'
import type { StartOptions } from '../harness/targets/target.ts'

/** How a probe works here, in words: how it sees sleep, and how much it has to itself. */
export const conditionsOf = ({
  detection,
  ipcNamespace,
  pidNamespace,
  hugePages,
}: Hello): readonly string[] => [
  detections[detection],
  ipcNamespace ? 'IPC namespace of its own' : 'IPC objects of this system (no namespace of its own)',
  pidNamespace ? 'pid namespace of its own' : 'pids of this system',
  pagesWords(hugePages),
]

const pagesWords = ({ size, available }: Hello['hugePages']): string =>
  size === 0
    ? 'nothing is known of huge pages'
    : `${available === 0 ? 'no' : available} huge ${available === 1 ? 'page' : 'pages'} of ${size / 1024} kB to be had`

const detections: Readonly<Record<Hello['detection'], string>> = {
  fifo: 'sleep is seen exactly, by real-time priorities on one processor',
  proc: 'sleep is seen in /proc',
  patient: 'sleep is assumed after a while of silence',
}

/** What was asked of a target beside its name, in words. */
export const startWords = ({ cc, wrap, entry }: StartOptions): readonly string[] => [
  ...(entry === 'syscall' ? ['calls made with syscall(2), past the C library'] : []),
  ...(cc === undefined ? [] : [`probe built by \`${cc}\``]),
  ...(wrap === undefined ? [] : [`probe started by \`${wrap}\``]),
]
