import type { Identity } from '../identity.ts'
import { choose, decide, fails, type Moment, note, returns } from '../moment.ts'
import type { Clause, Rule } from '../rule.ts'
import { execKeeps } from '../semaphores/undo.ts'
import { dropAttachments, noteFailedExec } from '../shared-memory/lifecycle.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import type { Errno } from '../vocabulary/names.ts'
import { type Process, withProcess } from '../world.ts'
import * as clauses from './clauses/exec.ts'
import { clones, reparenting } from './clauses/index.ts'
import { changeLifecycle, childrenOf } from './lifecycle.ts'
import { SIGCHLD } from './signals.ts'
import { type Action, defaultAction, type Lifecycle } from './state.ts'
import { giveMemoryBack } from './vfork.ts'

interface Situation {
  readonly moment: Moment
  readonly actor: string
  readonly call: CallOf<'exec'>
}

const MISSING = 1
const DIRECTORY = 2

/** exec: of the image that runs already, or of something that cannot be run. */
export function exec(moment: Moment, actor: string, call: CallOf<'exec'>): void {
  decide(moment, rules, { moment, actor, call })
}

const refused = (about: Clause, errno: Errno, image: number): Rule<Situation> => ({
  ...about,
  errno,
  when: ({ call }) => call.image === image,
  outcome: ({ moment, actor }) => {
    note(moment, clauses.failureChangesNothing)
    noteFailedExec(moment, actor)
    fails(moment, actor, errno)
  },
})

const succeeds: Rule<Situation> = {
  ...clauses.noReturn,
  errno: 'none',
  when: () => true,
  outcome: ({ moment, actor }) => {
    const process = moment.world.processes[actor]
    if (process === undefined) return
    noteKept(moment, process)
    dropAttachments(moment, actor, 'exec')
    moment.world = withProcess(moment.world, actor, { identity: after(process.identity) })
    changeLifecycle(moment, actor, {
      actions: actionsAfter(moment, process.lifecycle),
      caught: {},
      pidfds: {},
      execed: true,
      exitSignal: SIGCHLD,
      parentExeced: false,
      deathSignal: deathSignalAfter(moment, process),
    })
    for (const child of childrenOf(moment.world, actor))
      changeLifecycle(moment, child, { parentExeced: true })
    returns(moment, actor, 0)
    giveMemoryBack(moment, actor)
  },
}

const rules: readonly Rule<Situation>[] = [
  refused(clauses.missing, 'ENOENT', MISSING),
  refused(clauses.directory, 'EACCES', DIRECTORY),
  succeeds,
]

/**
 * Kept, but by what has capabilities as a file, to root every file (capabilities(7)); where the effective ids are not
 * the real ones Linux takes exec for that of a set-user-ID file (security/commoncap.c, cap_bprm_creds_from_file).
 */
function deathSignalAfter(moment: Moment, { lifecycle: { deathSignal }, identity }: Process): number {
  if (deathSignal === 0) return 0
  note(moment, reparenting.deathSignalLost)
  const { uid, ruid, gid, fsgid } = identity
  const isPlain = uid !== 0 && uid === ruid && gid === fsgid
  return !isPlain && choose(moment, reparenting.deathSignalLost, 2, 'always') === 1 ? 0 : deathSignal
}
/** The effective ids count for files again, and an ordinary program has no capabilities (execve(2), capabilities(7)). */
const after = (identity: Identity): Identity => ({ ...identity, fsgid: identity.gid, capabilities: 0 })

/** Handlers are gone with the old image, and every flag; what was ignored stays so. */
function actionsAfter(moment: Moment, { actions }: Lifecycle): Lifecycle['actions'] {
  const after: Record<number, Action> = {}
  for (const [number, action] of Object.entries(actions)) {
    const signal = Number(number)
    if (action.disposition === 'handler') note(moment, clauses.caughtReset)
    if (action.disposition !== 'ignore') continue
    if (signal !== SIGCHLD) note(moment, clauses.ignoredKept)
    else {
      note(moment, clauses.ignoreKept)
      if (choose(moment, clauses.ignoreKept, 2) === 1) continue
    }
    after[signal] = { ...defaultAction, disposition: 'ignore' }
  }
  const { quietStops, noZombies } = actions[SIGCHLD] ?? defaultAction
  if (!quietStops && !noZombies) return after
  note(moment, clauses.flagsCleared)
  if (choose(moment, clauses.flagsCleared, 2) === 0) return after
  return { ...after, [SIGCHLD]: { ...(after[SIGCHLD] ?? defaultAction), quietStops, noZombies } }
}

function noteKept(moment: Moment, { undo, lifecycle }: Process): void {
  note(moment, clauses.identityKept)
  if (lifecycle.exitSignal !== SIGCHLD) note(moment, clones.execResets)
  if (lifecycle.report.is !== 'none') note(moment, clauses.stopReportKept)
  if (lifecycle.subreaper) note(moment, clauses.subreaperKept)
  if (lifecycle.blocked.length > 0) note(moment, clauses.maskAndPendingKept)
  if (Object.keys(lifecycle.pidfds).length > 0) note(moment, clauses.descriptorsClosed)
  if (Object.values(undo).some((adjustments) => adjustments.some((change) => change !== 0)))
    note(moment, execKeeps)
}
