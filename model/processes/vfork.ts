import { pidOf } from '../expected.ts'
import { type Moment, note } from '../moment.ts'
import { lentAttachments } from '../shared-memory/lifecycle.ts'
import { attachmentsOf } from '../shared-memory/places.ts'
import type { Call, FormName } from '../vocabulary/forms.ts'
import { P_PIDFD } from '../vocabulary/names.ts'
import { type World, withProcess } from '../world.ts'
import { clones } from './clauses/index.ts'
import { lendingOf } from './lending.ts'
import { changeLifecycle, lifecycleOf } from './lifecycle.ts'
import { willReturn } from './sleepers.ts'

/** The child, which is in the world already, has the memory of its parent, which is suspended. */
export function lend(moment: Moment, parent: string, child: string): void {
  note(moment, clones.suspended)
  if (Object.keys(attachmentsOf(moment.world, parent)).length > 0) note(moment, lentAttachments)
  moment.world = withProcess(moment.world, parent, {
    activity: { is: 'asleep', on: { in: 'vfork', child, roused: false } },
  })
}

/** A process ends or has run a new image: whose memory it had goes on. */
export function giveMemoryBack(moment: Moment, child: string): void {
  const { lender = '' } = lifecycleOf(moment.world, child) ?? {}
  if (lender === '') return
  changeLifecycle(moment, child, { lender: '' })
  if (lendingOf(moment.world, lender) === undefined) return
  note(moment, clones.suspended)
  if (Object.keys(attachmentsOf(moment.world, lender)).length > 0) note(moment, lentAttachments)
  willReturn(moment, lender, { value: pidOf(child), errno: 'none', out: null })
}

/** A process ends while a child has its memory, which stays as it is until the child ends or runs a new image. */
export function bequeathMemory(moment: Moment, name: string): void {
  const lending = lendingOf(moment.world, name)
  if (lending === undefined) return
  const attachments = attachmentsOf(moment.world, name)
  moment.world = withProcess(moment.world, name, { attachments: {} })
  moment.world = withProcess(moment.world, lending.child, { attachments })
}

/** Whether the process may make the call: one that has the memory of its parent must leave it as it is (vfork(2)). */
export function mayCall(world: World, actor: string, call: Call): boolean {
  if ((lifecycleOf(world, actor)?.lender ?? '') === '') return true
  if (call.name === 'waitid' && call.idtype === P_PIDFD) return false
  return harmless.has(call.name) || /^(sem|msg|shm)ctl\./.test(call.name)
}

const harmless: ReadonlySet<FormName> = new Set<FormName>([
  ...(['semget', 'semop', 'semtimedop', 'msgget', 'msgsnd', 'msgrcv', 'shmget'] as const),
  ...(['exec', '_exit', 'kill', 'wait', 'waitpid', 'wait4', 'waitid'] as const),
  ...(['setpgid', 'getpgid', 'getppid', 'setsid', 'getrusage', 'burn', 'macros'] as const),
  ...(['sigaction', 'sigprocmask.SIG_BLOCK', 'sigprocmask.SIG_UNBLOCK', 'sigpending', 'caught'] as const),
  ...(['prctl.PR_SET_CHILD_SUBREAPER', 'prctl.PR_SET_PDEATHSIG', 'tick', 'expires'] as const),
])
