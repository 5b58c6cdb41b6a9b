import { type Lie, liesIn } from './lie.ts'

export const aboutUsage: readonly Lie[] = liesIn('usage.c', ['processes'], {
  'fork-keeps-usage': {
    breaks: 'a child starts with the usage of its parent',
    rules: 'fork.child.usage-zero getrusage.self',
    witness: 'burn(2); P = fork(); P: getrusage(RUSAGE_SELF)',
  },
  'own-usage-with-children': {
    breaks: 'RUSAGE_SELF tells the usage of the children as well',
    rules: 'getrusage.self usage.children.added-at-reaping',
    witness: 'P = fork(); P: X = fork(); X: burn(2); X: _exit(0); P: wait(status); P: getrusage(RUSAGE_SELF)',
  },
  'usage-of-children-lost': {
    breaks: 'children that were waited for do not count',
    rules: 'usage.children.added-at-reaping usage.maxrss.maximum',
    witness: 'P = fork(); P: burn(2); P: _exit(0); wait(status); getrusage(RUSAGE_CHILDREN)',
  },
  'usage-counts-zombies': {
    breaks: 'a child counts as soon as it has ended',
    rules: 'usage.children.added-at-reaping',
    witness: 'P = fork(); P: burn(2); P: _exit(0); getrusage(RUSAGE_CHILDREN)',
  },
  'memory-of-children-is-a-sum': {
    breaks: 'the memory of the children is added up',
    rules: 'usage.maxrss.maximum usage.children.added-at-reaping',
    witness:
      'P = fork(); P: fill(1); P: _exit(0); X = fork(); X: fill(1); X: _exit(0); wait(status); wait(status); getrusage(RUSAGE_CHILDREN)',
  },
  'wait4-usage-empty': {
    breaks: 'wait4 tells no usage',
    rules: 'wait4.usage.child-and-its-reaped wait4.usage.on-stop',
    witness: 'P = fork(); P: burn(1); P: _exit(0); wait4(P)',
  },
  'waitid-usage-ignored': {
    breaks: 'the fifth argument of waitid is ignored',
    rules: 'waitid.raw.usage',
    witness: 'P = fork(); P: _exit(0); waitid(P_PID, P, WEXITED, status, usage)',
  },
  'usage-of-autoreaped-counts': {
    breaks: 'children that left no zombie count',
    rules: 'usage.autoreaped.not-counted usage.children.added-at-reaping',
    witness: 'sigaction(SIGCHLD, SIG_IGN); P = fork(); P: burn(2); P: _exit(0); getrusage(RUSAGE_CHILDREN)',
  },
  'usage-of-unwaited-counts': {
    breaks: 'children count with those that they did not wait for',
    rules: 'usage.unwaited-grandchild.not-counted usage.children.added-at-reaping',
    witness:
      'P = fork(); P: X = fork(); X: burn(2); X: _exit(0); P: _exit(0); wait(status); getrusage(RUSAGE_CHILDREN)',
  },
})
