/**
 * Rules that profile `linux` does not require, although Linux decides nearly everything that POSIX leaves open: `open`,
 * what Linux or the machine leaves open too, or what only some of its versions do; `never`, what only other systems do.
 */
export const onLinux: Readonly<Record<string, 'open' | 'never'>> = {
  'access.unknown-address': 'open',
  'clone.unknown': 'never',
  'getpgid.negative.einval': 'never',
  'prctl.pdeathsig.unknown': 'never',
  'prctl.subreaper.unknown': 'never',
  'rcv.ipcset-transparent': 'open',
  'shmat.large.enomem': 'open',
  'shmdt.unknown': 'open',
  'shmget.create.memory-enomem': 'open',
  'snd.order.not-fifo': 'open',
  'sigchld.end.first-thread-code': 'open',
  'thread.flags.unknown': 'never',
  'unshare.unknown': 'never',
  'waitpid.kinds.unknown': 'never',
}
