import { type Lie, liesIn } from './lie.ts'

const reports = liesIn('wait_reports.c', ['processes'], {
  'wait-killed-is-exited': {
    breaks: 'who was killed has exited, with 128 and the signal',
    rules:
      'exit.signal.status exit.sigkill.always signal.default.ends end.overwrites-stop-and-continue waitpid.end.reaps',
    witness: 'P = fork(); kill(P, SIGKILL); waitpid(P)',
  },
  'wait-status-is-the-code': {
    breaks: 'the status is the exit code',
    rules: 'exit.code.low-eight-bits waitpid.end.reaps',
    witness: 'P = fork(); P: _exit(3); waitpid(P)',
  },
  'exit-seven-bits': {
    breaks: 'of an exit code only seven bits are kept',
    rules: 'exit.code.low-eight-bits exit.code.full-in-siginfo waitpid.end.reaps',
    witness: 'P = fork(); P: _exit(200); waitpid(P)',
  },
  'exit-code-capped': {
    breaks: 'an exit code above 255 is 255',
    rules: 'exit.code.low-eight-bits exit.code.full-in-siginfo waitpid.end.reaps',
    witness: 'P = fork(); P: _exit(256); waitpid(P)',
  },
  'wait-stop-signal-lost': {
    breaks: 'every stop is one by SIGSTOP',
    rules: 'stop.signal.stops waitpid.stop.reported-once waitpid.stop.wakes-sleeper',
    witness: 'P = fork(); kill(P, SIGTSTP); waitpid(P, WNOHANG|WUNTRACED)',
  },
  'wait-continued-is-stopped': {
    breaks: 'a continue looks like a stop by SIGCONT',
    rules: 'waitpid.continue.reported-once waitpid.continue.wakes-sleeper continue.stopped.continues',
    witness: 'P = fork(); kill(P, SIGSTOP); kill(P, SIGCONT); waitpid(P, WCONTINUED)',
  },
  'wait-stop-unasked': {
    breaks: 'stops are reported without WUNTRACED',
    rules: 'waitpid.stop.needs-wuntraced waitpid.none.blocks waitpid.wnohang.zero-when-none-ready',
    witness: 'P = fork(); kill(P, SIGSTOP); waitpid(P, WNOHANG)',
  },
  'wait-stop-unreported': {
    breaks: 'stops are not reported, whatever WUNTRACED says',
    rules:
      'waitpid.stop.reported-once waitpid.stop.wakes-sleeper stop.signal.stops autoreap.stops.still-reported',
    witness: 'P = fork(); kill(P, SIGSTOP); waitpid(P, WNOHANG|WUNTRACED)',
  },
  'wait-continue-unreported': {
    breaks: 'continues are not reported, whatever WCONTINUED says',
    rules: 'waitpid.continue.reported-once waitpid.continue.wakes-sleeper continue.stopped.continues',
    witness: 'P = fork(); kill(P, SIGSTOP); kill(P, SIGCONT); waitpid(P, WNOHANG|WCONTINUED)',
  },
  'wait-untraced-reports-continue': {
    breaks: 'WUNTRACED reports continues as well',
    rules:
      'waitpid.wnohang.zero-when-none-ready waitpid.none.blocks continue.stopped.continues waitpid.continue.reported-once',
    witness: 'P = fork(); kill(P, SIGSTOP); kill(P, SIGCONT); waitpid(P, WNOHANG|WUNTRACED)',
  },
  'wait-stop-twice': {
    breaks: 'a stop is reported again to who asks again',
    rules: 'waitpid.stop.reported-once waitpid.none.blocks waitpid.wnohang.zero-when-none-ready',
    witness: 'P = fork(); kill(P, SIGSTOP); waitpid(P, WUNTRACED); waitpid(P, WNOHANG|WUNTRACED)',
  },
  'wait-end-twice': {
    breaks: 'an end is reported again to who asks for the same process again',
    rules: 'waitpid.each-once waitpid.end.reaps waitpid.echild.no-children waitpid.echild.not-a-child',
    witness: 'P = fork(); P: _exit(3); waitpid(P); waitpid(P)',
  },
  'wait-status-cleared': {
    breaks: 'the status is set to 0 where there is nothing to report',
    rules: 'waitpid.wnohang.zero-when-none-ready waitpid.sigchld-ignored.wnohang-zero',
    witness: 'P = fork(); waitpid(P, WNOHANG)',
  },
  'wait4-usage-untouched': {
    breaks: 'wait4 leaves the usage alone',
    rules: 'wait4.as-waitpid waitpid.end.reaps wait4.usage.on-stop',
    witness: 'P = fork(); P: _exit(3); wait4(P)',
  },
  'wait4-usage-cleared': {
    breaks: 'wait4 clears the usage where there is nothing to report',
    rules: 'wait4.wnohang.usage-untouched',
    witness: 'P = fork(); wait4(P, WNOHANG)',
  },
})

const choice = liesIn('wait_choice.c', ['processes'], {
  'wait-no-hang-echild': {
    breaks: 'WNOHANG is ECHILD where nobody has anything to report',
    rules: 'waitpid.wnohang.zero-when-none-ready waitpid.sigchld-ignored.wnohang-zero',
    witness: 'P = fork(); waitpid(P, WNOHANG)',
  },
  'wait-no-hang-ignored': {
    breaks: 'WNOHANG is ignored',
    rules: 'waitpid.wnohang.zero-when-none-ready waitpid.sigchld-ignored.wnohang-zero',
    witness: 'P = fork(); waitpid(P, WNOHANG)',
  },
  'wait-no-child-zero': {
    breaks: 'waiting without children finds nobody',
    rules: 'waitpid.echild.no-children waitpid.echild.not-a-child',
    witness: 'waitpid(-1, 0)',
  },
  'waitpid-stranger-esrch': {
    breaks: 'a process that is no child of the caller is ESRCH',
    rules:
      'waitpid.echild.not-a-child waitpid.echild.no-children waitpid.sigchld-ignored.specific-echild-early',
    witness: 'waitpid(B, 0)',
  },
  'waitpid-pid-ignored': {
    breaks: 'any child will do, whatever the pid',
    rules:
      'waitpid.pid-one waitpid.echild.not-a-child waitpid.none.blocks waitpid.wnohang.zero-when-none-ready',
    witness: 'P = fork(); P2 = fork(); P: _exit(3); waitpid(P2, WNOHANG)',
  },
  'waitpid-own-group-is-any': {
    breaks: '0 means any child, of whatever group',
    rules: 'waitpid.pid-zero.callers-group waitpid.echild.not-a-child',
    witness: 'P = fork(); setpgid(P, P); waitpid(0, WNOHANG)',
  },
  'waitpid-any-is-own-group': {
    breaks: "-1 means the children of the caller's group",
    rules:
      'waitpid.pid-any wait.is-waitpid-any waitpid.end.reaps waitpid.none.blocks waitpid.wnohang.zero-when-none-ready',
    witness: 'P = fork(); setpgid(P, P); waitpid(-1, WNOHANG)',
  },
  'waitpid-group-is-a-process': {
    breaks: 'a group is taken for the process that leads it',
    rules: 'waitpid.pid-group zombie.waitpid-group.finds waitpid.echild.not-a-child waitpid.none.blocks',
    witness: 'P = fork(); P: _exit(3); waitpid(-A, WNOHANG)',
  },
  'waitpid-int-min-echild': {
    breaks: 'the most negative pid is a group that does not exist',
    rules: 'waitpid.pid-int-min.esrch',
    witness: 'waitpid(INT_MIN, 0)',
  },
  'waitpid-options-unchecked': {
    breaks: 'options that do not exist are ignored',
    rules: 'waitpid.options.invalid-einval',
    witness: 'P = fork(); waitpid(P, WNOHANG|WNOWAIT)',
  },
  'wait-youngest-first': {
    breaks: 'of several children the youngest is reported first',
    rules: 'waitpid.order.unspecified',
    witness: 'P = fork(); P2 = fork(); P: _exit(1); P2: _exit(2); waitpid(-1)',
  },
  'wait-lost-wake-up': {
    breaks: 'who sleeps is not woken when a child ends',
    rules:
      'waitpid.end.reaps exit.zombie.until-waited waitpid.none.blocks exit.code.low-eight-bits exit.signal.status exit.sigkill.always',
    witness: 'P = fork(); waitpid(P); P: _exit(3)',
  },
  'waitpid-other-end-echild': {
    breaks: 'waiting for one process ends with ECHILD when another child ends',
    rules:
      'waitpid.pid-one waitpid.none.blocks exit.zombie.until-waited waitpid.end.reaps wait.signal.ignored-no-effect',
    witness: 'P = fork(); P2 = fork(); waitpid(P); P2: _exit(3)',
  },
})

const waitid = liesIn('waitid.c', ['processes'], {
  'waitid-stop-is-killed': {
    breaks: 'stops and continues have the codes of ends',
    rules: 'waitid.stop.fields waitid.continue.fields',
    witness: 'P = fork(); kill(P, SIGSTOP); waitid(P_PID, P, WSTOPPED|WNOHANG)',
  },
  'waitid-status-word': {
    breaks: 'si_status is the status word of waitpid',
    rules: 'waitid.end.fields exit.code.full-in-siginfo exit.code.low-eight-bits',
    witness: 'P = fork(); P: _exit(3); waitid(P_PID, P, WEXITED)',
  },
  'waitid-nothing-untouched': {
    breaks: 'the structure is left alone where there is nothing to report',
    rules: 'waitid.wnohang.zero-and-cleared',
    witness: 'P = fork(); waitid(P_PID, P, WEXITED|WNOHANG)',
  },
  'waitid-failure-untouched': {
    breaks: 'the structure is left alone by a call that fails',
    rules: 'waitid.error.info-cleared waitid.signal.eintr-clears-info',
    witness: 'waitid(P_ALL, 0, WEXITED)',
  },
  'waitid-uid-unset': {
    breaks: 'si_uid is not filled',
    rules: 'waitid.end.fields waitid.stop.fields waitid.continue.fields',
    witness: 'P = fork(); P: _exit(3); waitid(P_PID, P, WEXITED)',
  },
  'waitid-signo-unset': {
    breaks: 'si_signo is not filled',
    rules: 'waitid.end.fields waitid.stop.fields waitid.continue.fields',
    witness: 'P = fork(); P: _exit(3); waitid(P_PID, P, WEXITED)',
  },
  'waitid-returns-the-pid': {
    breaks: 'waitid returns the pid',
    rules: 'waitid.end.fields waitid.stop.fields waitid.continue.fields waitid.info-null.ok waitid.selects',
    witness: 'P = fork(); P: _exit(3); waitid(P_PID, P, WEXITED)',
  },
  'waitid-no-event-is-the-end': {
    breaks: 'without WEXITED, WSTOPPED and WCONTINUED ends are meant',
    rules: 'waitid.options.no-event-einval',
    witness: 'P = fork(); waitid(P_PID, P, WNOHANG)',
  },
  'waitid-end-unasked': {
    breaks: 'ends are reported without WEXITED',
    rules:
      'waitid.echild.only-other-events-possible waitid.sleeping.child-ends-without-wexited waitid.wnohang.zero-and-cleared',
    witness: 'P = fork(); P: _exit(3); waitid(P_PID, P, WSTOPPED|WNOHANG)',
  },
  'waitid-no-wait-ignored': {
    breaks: 'WNOWAIT is ignored',
    rules: 'waitid.wnowait.leaves-waitable waitid.end.reaps-unless-wnowait waitpid.pid-one',
    witness: 'P = fork(); P: _exit(3); waitid(P_PID, P, WEXITED|WNOWAIT); waitpid(P)',
  },
  'waitid-no-wait-keeps-ends-only': {
    breaks: 'WNOWAIT keeps ends, but not stops',
    rules: 'waitid.wnowait.leaves-waitable waitpid.stop.reported-once',
    witness:
      'P = fork(); kill(P, SIGSTOP); waitid(P_PID, P, WSTOPPED|WNOWAIT); waitpid(P, WNOHANG|WUNTRACED)',
  },
  'waitid-process-zero-is-any': {
    breaks: 'process 0 is any child',
    rules: 'waitid.pid.nonpositive-einval',
    witness: 'P = fork(); waitid(P_PID, 0, WEXITED|WNOHANG)',
  },
  'waitid-group-zero-einval': {
    breaks: 'group 0 is EINVAL',
    rules: 'waitid.pgid.zero-own-group waitid.echild',
    witness: 'P = fork(); waitid(P_PGID, 0, WEXITED|WNOHANG)',
  },
  'waitid-no-pidfd': {
    breaks: 'P_PIDFD does not exist',
    rules: 'waitid.pidfd.child waitid.pidfd.bad waitid.pidfd.nonblocking-eagain waitid.echild',
    witness: 'P = fork(); F = pidfd_open(P); waitid(P_PIDFD, F, WEXITED|WNOHANG)',
  },
  'waitid-no-hang-echild': {
    breaks: 'WNOHANG is ECHILD where nobody has anything to report',
    rules: 'waitid.wnohang.zero-and-cleared',
    witness: 'P = fork(); waitid(P_PID, P, WEXITED|WNOHANG)',
  },
})

const signals = liesIn('child_signals.c', ['processes'], {
  'no-child-wait-ignored': {
    breaks: 'SA_NOCLDWAIT is ignored',
    rules:
      'autoreap.nochildwait.no-zombie autoreap.nochildwait.handler-last-child autoreap.nochildwait.handler-others-left waitpid.echild.no-children waitpid.echild.not-a-child',
    witness: 'sigaction(SIGCHLD, SIG_DFL, SA_NOCLDWAIT); P = fork(); P: _exit(3); waitpid(P)',
  },
  'no-child-stop-ignored': {
    breaks: 'SA_NOCLDSTOP is ignored',
    rules: 'sigchld.quiet-stops.not-sent',
    witness: 'sigaction(SIGCHLD, handler, SA_NOCLDSTOP); P = fork(); kill(P, SIGSTOP); caught(SIGCHLD)',
  },
  'no-child-stop-hides-ends': {
    breaks: 'SA_NOCLDSTOP keeps ends from being told as well',
    rules: 'sigchld.end.sent sigchld.quiet-stops.not-sent signal.caught.handler-runs',
    witness: 'sigaction(SIGCHLD, handler, SA_NOCLDSTOP); P = fork(); P: _exit(3); caught(SIGCHLD)',
  },
  'restart-always': {
    breaks: 'every handler restarts calls',
    rules:
      'wait.signal.eintr wait.signal.other-childs-sigchld waitid.signal.eintr-clears-info autoreap.nochildwait.handler-others-left',
    witness: 'sigaction(SIGUSR1, handler); P = fork(); waitpid(P); B: kill(A, SIGUSR1)',
  },
  'restart-never': {
    breaks: 'no handler restarts calls',
    rules: 'wait.signal.restart waitpid.none.blocks',
    witness: 'sigaction(SIGUSR1, handler, SA_RESTART); P = fork(); waitpid(P); B: kill(A, SIGUSR1)',
  },
  'ignored-children-are-default': {
    breaks: 'SIG_IGN changes nothing for SIGCHLD',
    rules:
      'autoreap.ignore.no-zombie waitpid.sigchld-ignored.blocks-then-echild waitpid.sigchld-ignored.specific-echild-early waitpid.echild.no-children waitpid.echild.not-a-child',
    witness: 'sigaction(SIGCHLD, SIG_IGN); P = fork(); P: _exit(3); waitpid(P)',
  },
  'ignoring-children-removes-zombies': {
    breaks: 'ignoring SIGCHLD removes the zombies that are there',
    rules: 'autoreap.old-zombie.kept',
    witness: 'P = fork(); P: _exit(3); sigaction(SIGCHLD, SIG_IGN); waitpid(P)',
  },
  'handler-used-once': {
    breaks: 'a handler is used once',
    rules: 'signal.caught.handler-runs signal.default.ends',
    witness: 'sigaction(SIGUSR1, handler); B: kill(A, SIGUSR1); B: kill(A, SIGUSR1)',
  },
  'sigchld-without-pid': {
    breaks: 'the handler is not told which child it was',
    rules: 'sigchld.end.sent sigchld.stop.sent sigchld.continue.sent signal.caught.handler-runs',
    witness: 'sigaction(SIGCHLD, handler); P = fork(); P: _exit(3); caught(SIGCHLD)',
  },
  'sigchld-killed-is-exited': {
    breaks: 'the handler is told that a killed child has exited',
    rules: 'sigchld.end.sent signal.caught.handler-runs',
    witness: 'sigaction(SIGCHLD, handler); P = fork(); kill(P, SIGKILL); caught(SIGCHLD)',
  },
  'sigchld-continue-without-signal': {
    breaks: 'the handler is told status 0 when a child continues',
    rules: 'sigchld.continue.sent signal.caught.handler-runs',
    witness: 'P = fork(); kill(P, SIGSTOP); sigaction(SIGCHLD, handler); kill(P, SIGCONT); caught(SIGCHLD)',
  },
  'kill-continue-lost': {
    breaks: 'SIGCONT does not continue anybody',
    rules: 'continue.stopped.continues continue.blocked-or-ignored.still-continues kill.sends',
    witness: 'P = fork(); kill(P, SIGSTOP); kill(P, SIGCONT)',
  },
  'kill-is-terminate': {
    breaks: 'SIGKILL is sent as SIGTERM',
    rules:
      'exit.sigkill.always exit.signal.status signal.default.ends kill.sends end.overwrites-stop-and-continue',
    witness: 'P = fork(); kill(P, SIGSTOP); kill(P, SIGKILL)',
  },
  'kill-zombie-esrch': {
    breaks: 'a zombie does not exist any more',
    rules: 'zombie.kill.succeeds',
    witness: 'P = fork(); P: _exit(3); kill(P, 0)',
  },
  'kill-group-leader-only': {
    breaks: 'a signal to a group reaches its leader only',
    rules:
      'kill.sends stop.signal.stops signal.default.ends signal.caught.handler-runs exit.sigkill.always continue.stopped.continues',
    witness: 'B: P = fork(); kill(-B, SIGSTOP)',
  },
  'kill-bad-signal-accepted': {
    breaks: 'a signal number that does not exist is not noticed',
    rules: 'kill.signal.einval',
    witness: 'kill(B, 65)',
  },
  'kill-nobody-succeeds': {
    breaks: 'a process that does not exist is no error',
    rules: 'kill.nobody.esrch reaped.kill.esrch',
    witness: 'P = fork(); P: _exit(3); waitpid(P); kill(P, 0)',
  },
  'block-ignored': {
    breaks: 'blocking a signal has no effect',
    rules: 'signal.blocked.pends stop.blocked.no-stop sigprocmask.changes sigchld.default-blocked.pends',
    witness: 'B: sigprocmask(SIG_BLOCK, SIGUSR1); kill(B, SIGUSR1)',
  },
  'unblock-discards': {
    breaks: 'unblocking a signal discards it where it is pending',
    rules: 'sigprocmask.unblock.delivers signal.default.ends signal.caught.handler-runs stop.signal.stops',
    witness: 'B: sigprocmask(SIG_BLOCK, SIGUSR1); kill(B, SIGUSR1); B: sigprocmask(SIG_UNBLOCK, SIGUSR1)',
  },
  'pending-hidden': {
    breaks: 'nothing is ever pending',
    rules: 'sigpending.tells signal.blocked.pends sigchld.default-blocked.pends',
    witness: 'B: sigprocmask(SIG_BLOCK, SIGUSR1); kill(B, SIGUSR1); B: sigpending(SIGUSR1)',
  },
  'reaping-discards-sigchld': {
    breaks: 'SIGCHLD stops pending when the child is reaped',
    rules: 'sigchld.pending.survives-reaping',
    witness: 'sigprocmask(SIG_BLOCK, SIGCHLD); P = fork(); P: _exit(3); waitpid(P); sigpending(SIGCHLD)',
  },
})

const life = liesIn('process_life.c', ['processes'], {
  'fork-takes-a-groups-number': {
    breaks: 'a child gets the number of a group whose leader is gone',
    rules: 'zombie.pid.held-by-group fork.pid-unique fork.returns-twice',
    witness:
      'P = fork(); P: setpgid(0, 0); P: Q = fork(); P: _exit(0); waitpid(P); become(own, own, {}, CAP_SYS_ADMIN); setnextpid(P); R = fork()',
  },
  'fork-keeps-pending': {
    breaks: 'a child inherits pending signals',
    rules: 'fork.child.no-pending-signals',
    witness: 'sigprocmask(SIG_BLOCK, SIGUSR1); B: kill(A, SIGUSR1); P = fork(); P: sigpending(SIGUSR1)',
  },
  'fork-resets-handlers': {
    breaks: 'a child starts with the default for every signal',
    rules:
      'fork.signals.handlers-inherited fork.signals.ignored-inherited fork.child.disposition-inherited signal.caught.handler-runs signal.ignored.no-effect',
    witness: 'sigaction(SIGUSR1, handler); P = fork(); kill(P, SIGUSR1)',
  },
  'fork-unblocks': {
    breaks: 'a child starts with no signal blocked',
    rules: 'fork.signals.mask-inherited signal.blocked.pends',
    witness: 'sigprocmask(SIG_BLOCK, SIGUSR1); P = fork(); kill(P, SIGUSR1)',
  },
  'fork-makes-a-group': {
    breaks: 'a child leads a process group of its own',
    rules: 'fork.child.parent-and-group getpgid.tells setpgid.moves',
    witness: 'P = fork(); getpgid(P)',
  },
  'subreaper-ignored': {
    breaks: 'PR_SET_CHILD_SUBREAPER does nothing',
    rules: 'prctl.subreaper.sets reparent.subreaper.nearest',
    witness: 'prctl(PR_SET_CHILD_SUBREAPER, 1); P = fork(); P: X = fork(); P: _exit(0); X: getppid()',
  },
  'subreaper-inherited': {
    breaks: 'the children of a subreaper are subreapers',
    // Who was adopted by the wrong process is its child, and can be waited for.
    rules:
      'fork.child.subreaper-not-inherited reparent.subreaper.nearest waitpid.echild.not-a-child waitpid.echild.no-children',
    witness:
      'prctl(PR_SET_CHILD_SUBREAPER, 1); P = fork(); P: X = fork(); X: Y = fork(); X: _exit(0); Y: getppid()',
  },
  'getppid-remembered': {
    breaks: 'who was adopted names its first parent',
    rules: 'reparent.init.otherwise reparent.subreaper.nearest exit.children.reparented getppid.tells',
    witness: 'P = fork(); P: X = fork(); P: _exit(0); X: getppid()',
  },
  'setpgid-does-nothing': {
    breaks: 'setpgid does nothing',
    rules:
      'setpgid.moves setpgid.stranger.esrch setpgid.session-leader.eperm exec.setpgid-by-parent.eacces setpgid.no-such-group.eperm',
    witness: 'P = fork(); setpgid(P, P); getpgid(P)',
  },
  'setpgid-founds-any-group': {
    breaks: 'setpgid into a group that does not exist founds one',
    rules: 'setpgid.no-such-group.eperm',
    witness: 'P = fork(); setpgid(P, 99999)',
  },
  'setpgid-after-exec-succeeds': {
    breaks: 'a child that has executed another image may still be moved',
    rules: 'exec.setpgid-by-parent.eacces',
    witness: 'P = fork(); P: exec(self); setpgid(P, P)',
  },
  'getpgid-of-the-caller': {
    breaks: 'getpgid answers for the caller, whoever was asked for',
    rules: 'getpgid.tells setpgid.moves',
    witness: 'getpgid(A); getpgid(B)',
  },
  'setsid-by-a-leader': {
    breaks: 'a group leader may start a session',
    rules: 'setsid.group-leader.eperm',
    witness: 'setsid()',
  },
  'exec-resets-ignored': {
    breaks: 'exec resets ignored signals to the default',
    rules: 'exec.signals.ignored-kept exec.sigchld-ignore.kept signal.ignored.no-effect kill.sends',
    witness: 'B: sigaction(SIGUSR1, SIG_IGN); B: exec(self); kill(B, SIGUSR1)',
  },
  'exec-ignores-handled': {
    breaks: 'exec ignores signals that had a handler',
    rules: 'exec.signals.caught-reset signal.default.ends',
    witness: 'B: sigaction(SIGUSR1, handler); B: exec(self); kill(B, SIGUSR1)',
  },
  'exec-unblocks': {
    breaks: 'exec unblocks all signals',
    rules: 'exec.signals.mask-pending-kept signal.blocked.pends',
    witness: 'B: sigprocmask(SIG_BLOCK, SIGUSR1); B: exec(self); kill(B, SIGUSR1)',
  },
  'exec-missing-eacces': {
    breaks: 'a missing image is EACCES',
    rules: 'exec.enoent',
    witness: 'exec(missing)',
  },
  'exec-directory-enoexec': {
    breaks: 'a directory is ENOEXEC',
    rules: 'exec.eacces',
    witness: 'exec(directory)',
  },
})

export const aboutProcesses: readonly Lie[] = [...reports, ...choice, ...waitid, ...signals, ...life]
