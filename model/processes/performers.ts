import type { CallOf } from '../vocabulary/forms.ts'
import { clone, vfork } from './clone.ts'
import { setDeathSignal } from './death-signal.ts'
import { exec } from './exec.ts'
import { exit, exitThread } from './exit.ts'
import { fork } from './fork.ts'
import { getpgid, getppid, setpgid, setsid } from './groups.ts'
import { kill } from './kill.ts'
import { macros } from './macros.ts'
import { setNextPid } from './next-pid.ts'
import { pidfdOpen } from './pidfd.ts'
import { untilRest } from './settle.ts'
import { block, caught, sigaction, sigpending, unblock } from './signal-calls.ts'
import { setSubreaper } from './subreaper.ts'
import { thread } from './thread.ts'
import { burn, fill, getrusage } from './usage-calls.ts'
import { wait } from './wait.ts'
import { waitid } from './waitid.ts'

/** Who performs the calls of the family. What can change the lives of processes goes on until the system is at rest. */
export const processPerformers = {
  fork,
  exec: untilRest(({ moment }, actor, call: CallOf<'exec'>) => exec(moment, actor, call)),
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
  vfork,
  'prctl.PR_SET_PDEATHSIG': setDeathSignal,
  thread,
  thread_exit: untilRest(exitThread),
  setnextpid: setNextPid,
  macros,
  burn,
  fill,
  getrusage,
} as const
