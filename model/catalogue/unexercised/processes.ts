import type { Unexercised } from '../entry.ts'

/** The rules about processes and waiting for them that the model does not have, sorted by id. */
// biome-ignore format: one entry a line, so that changes merge
export const processes: readonly Unexercised[] = [
  { id: 'fork.child.usage-zero', strength: 'shall', reason: 'processor time', cites: ['POSIX.1-2024 fork, DESCRIPTION'], sentence: 'The usage of a child, and of its children, starts at 0.' },
  { id: 'usage.autoreaped.not-counted', strength: 'shall', reason: 'processor time', cites: ['POSIX.1-2024 getrusage, RUSAGE_CHILDREN'], sentence: 'The usage of a child that left no zombie does not count.' },
  { id: 'usage.children.added-at-reaping', strength: 'shall', reason: 'processor time', cites: ['POSIX.1-2024 getrusage, RUSAGE_CHILDREN'], sentence: 'The usage of a child counts as soon as it was waited for, not before.' },
  { id: 'usage.maxrss.maximum', strength: 'linux', reason: 'processor time', cites: ['getrusage(2), RUSAGE_CHILDREN'], sentence: 'The largest memory of the children is a maximum, not a sum.' },
  { id: 'usage.unwaited-grandchild.not-counted', strength: 'shall', reason: 'processor time', cites: ['POSIX.1-2024 times, DESCRIPTION'], sentence: 'The usage of a grandchild that nobody waited for is lost.' },
  { id: 'vfork.parent.suspended', strength: 'linux', reason: 'clone flags', cites: ['vfork(2)'], sentence: 'vfork returns to the parent when the child has run exec or ended.' },
  { id: 'wait4.usage.child-and-its-reaped', strength: 'linux', reason: 'processor time', cites: ['wait4(2)'], sentence: 'The usage is that of the child and of all that it waited for.' },
  { id: 'waitid.raw.usage', strength: 'linux', reason: 'processor time', cites: ['Linux kernel/exit.c, waitid'], sentence: 'The system call waitid stores the usage in a fifth argument, with WNOWAIT too.' },
  { id: 'zombie.pid.held-by-group', strength: 'shall', reason: 'many creations', cites: ['POSIX.1-2024 fork, DESCRIPTION'], sentence: 'A pid is not given away while it is the number of a process group.' },
]
