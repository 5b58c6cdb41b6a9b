import type { Clause } from '../../rule.ts'
import * as autoreap from './autoreap.ts'
import * as clones from './clones.ts'
import * as ending from './ending.ts'
import * as exec from './exec.ts'
import * as fork from './fork.ts'
import * as grouping from './grouping.ts'
import * as interruption from './interruption.ts'
import * as macros from './macros.ts'
import * as orphans from './orphans.ts'
import * as reparenting from './reparenting.ts'
import * as sigchld from './sigchld.ts'
import * as signalling from './signalling.ts'
import * as stopping from './stopping.ts'
import * as threads from './threads.ts'
import * as usage from './usage.ts'
import * as waitid from './waitid.ts'
import * as waiting from './waiting.ts'

/** Every clause of the family. */
export const processClauses: readonly Clause[] = [
  fork,
  clones,
  threads,
  exec,
  ending,
  reparenting,
  orphans,
  stopping,
  sigchld,
  autoreap,
  waiting,
  waitid,
  interruption,
  signalling,
  grouping,
  macros,
  usage,
].flatMap((section) => Object.values<Clause>(section))

export {
  autoreap,
  clones,
  ending,
  exec,
  fork,
  grouping,
  interruption,
  macros,
  orphans,
  reparenting,
  sigchld,
  signalling,
  stopping,
  threads,
  usage,
  waitid,
  waiting,
}
