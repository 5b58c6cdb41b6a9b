import { type Lie, liesIn } from './lie.ts'

const kinds = liesIn('clones.c', ['processes'], {
  'wait-clone-option-ignored': {
    breaks: '__WCLONE waits for the ordinary children',
    rules: 'waitpid.wclone.clone-only clone.exit-signal.other',
    witness: 'P = fork(); waitpid(P, WNOHANG|__WCLONE)',
  },
  'wait-all-option-ignored': {
    breaks: '__WALL is ignored',
    rules: 'waitpid.wall.both clone.exit-signal.other',
    witness: 'P = clone(0, SIGURG); waitpid(P, WNOHANG|__WALL)',
  },
  'wait-finds-clones': {
    breaks: 'a plain wait is for children of both kinds',
    rules: 'clone.exit-signal.other',
    witness: 'P = clone(0, SIGURG); waitpid(P, WNOHANG)',
  },
  'wait-both-kinds-einval': {
    breaks: '__WALL and __WCLONE at once are an error',
    rules: 'waitpid.wall.both waitpid.wclone.clone-only waitpid.echild.no-children',
    witness: 'P = fork(); waitpid(P, WNOHANG|__WALL|__WCLONE)',
  },
  'clone-parent-ignored': {
    breaks: 'with CLONE_PARENT the new process is a child of the caller',
    rules:
      'clone.parent-flag.sibling clone.parent-flag.exit-signal getppid.tells clone.exit-signal.other reaped.kill.esrch',
    witness: 'P = fork(); P: X = clone(CLONE_PARENT); X: getppid()',
  },
  'clone-signal-is-sigchld': {
    breaks: 'every child sends SIGCHLD',
    rules:
      'clone.exit-signal.other clone.exit-signal.delivered waitpid.wclone.clone-only waitpid.wall.both autoreap.clone-child.exempt',
    witness: 'P = clone(0, SIGURG); waitpid(P, WNOHANG)',
  },
  'clone-signal-lost': {
    breaks: 'a child that should send another signal than SIGCHLD sends none',
    rules:
      'clone.exit-signal.delivered clone.exit-signal.parent-execed signal.caught.handler-runs signal.default.ends',
    witness: 'sigaction(SIGUSR1, handler); P = clone(0, SIGUSR1); P: _exit(0); caught(SIGUSR1)',
  },
  'death-signal-lost': {
    breaks: 'the signal for the end of the parent is never sent',
    rules: 'reparent.death-signal prctl.pdeathsig.sets signal.default.ends signal.caught.handler-runs',
    witness: 'P = fork(); P: X = fork(); X: prctl(PR_SET_PDEATHSIG, SIGTERM); P: _exit(0)',
  },
})

const adjustments = liesIn('clones.c', ['semaphores'], {
  'clone-shares-no-adjustments': {
    breaks: 'CLONE_SYSVSEM is ignored',
    rules: 'undo.clone-sysvsem undo.exit undo.exit.otime undo.exit.sempid',
    witness:
      'S = semget(private, 1); P = clone(CLONE_SYSVSEM); P: semop(S, [0 +1 SEM_UNDO]); P: _exit(0); semctl(S, 0, GETVAL)',
  },
  'unshare-keeps-adjustments': {
    breaks: 'unshare leaves the adjustments as they are',
    rules: 'undo.unshare undo.exit undo.exit.otime undo.exit.sempid',
    witness:
      'S = semget(private, 1); semop(S, [0 +1 SEM_UNDO]); unshare(CLONE_SYSVSEM); semctl(S, 0, GETVAL)',
  },
})

const loans = [
  ...liesIn('clones.c', ['processes'], {
    'vfork-is-fork': {
      breaks: 'vfork returns to the parent at once',
      rules: 'vfork.parent.suspended',
      witness: 'P = vfork(); P: _exit(0)',
    },
  }),
  ...liesIn('clones.c', ['shared-memory'], {
    'vfork-copies-memory': {
      breaks: 'a child of vfork counts as attached',
      rules: 'vfork.attachments.no-count vfork.parent.suspended shmat.success.updates',
      witness: 'M = shmget(private, 1); V = shmat(M); P = vfork(); P: shmctl(M, IPC_STAT)',
    },
  }),
]

const spaces = liesIn('clones.c', ['semaphores'], {
  'unshare-makes-no-namespace': {
    breaks: 'unshare makes no new IPC namespace',
    rules: 'ns.isolated ns.limits-sysctl undo.leave-ipc-ns get.private.always-new get.creat',
    witness:
      'S = semget(key1, 1, IPC_CREAT|0600); become(own, own, {}, CAP_SYS_ADMIN); unshare(CLONE_NEWIPC); semctl(S, 0, GETVAL)',
  },
  'leaving-loses-adjustments': {
    breaks: 'who leaves an IPC namespace loses its adjustments',
    rules: 'undo.leave-ipc-ns',
    witness:
      'S = semget(private, 1); semop(S, [0 +1 SEM_UNDO]); become(own, own, {}, CAP_SYS_ADMIN); unshare(CLONE_NEWIPC); B: semctl(S, 0, GETVAL)',
  },
  'pid-of-strangers-shown': {
    breaks: 'a process outside of the pid namespace of who asks has a pid there',
    rules: 'ns.pids',
    witness: 'S = semget(private, 1); become(own, own, {}, CAP_SYS_ADMIN); inside(S, 0)',
  },
})

export const aboutClones: readonly Lie[] = [...kinds, ...adjustments, ...loans, ...spaces]
