import { clone } from './clone.ts'
import { setDeathSignal } from './death-signal.ts'
import { exec } from './exec.ts'
import { exit, exitThread } from './exit.ts'
import { fork } from './fork.ts'
import { getpgid, getppid, setpgid, setsid } from './groups.ts'
import { kill } from './kill.ts'
import { macros } from './macros.ts'
import { pidfdOpen } from './pidfd.ts'
import { untilRest } from './settle.ts'
import { block, caught, sigaction, sigpending, unblock } from './signal-calls.ts'
import { setSubreaper } from './subreaper.ts'
import { thread } from './thread.ts'
import { wait } from './wait.ts'
import { waitid } from './waitid.ts'

/** Who performs the calls of the family. What can change the lives of processes goes on until the system is at rest. */
export const processPerformers = {
  fork,
  exec,
  _exit: untilRest(exit),
  kill: untilRest(kill),
  wait,
  waitpid: wait,
  wait4: wait,
  waitid,
  setpgid: untilRest(setpgid),
  getpgid,
  getppid,
  setsid: untilRest(setsid),
  sigaction,
  'sigprocmask.SIG_BLOCK': block,
  'sigprocmask.SIG_UNBLOCK': untilRest(unblock),
  sigpending,
  caught,
  'prctl.PR_SET_CHILD_SUBREAPER': setSubreaper,
  pidfd_open: pidfdOpen,
  clone,
  'prctl.PR_SET_PDEATHSIG': setDeathSignal,
  thread,
  thread_exit: untilRest(exitThread),
  macros,
} as const
