import { type Call, type FormName, formOf } from '../vocabulary/forms.ts'
import { CLONE_NEWIPC } from '../vocabulary/names.ts'
import type { World } from '../world.ts'
import { lifecycleOf } from './lifecycle.ts'
import { isThreaded } from './threads.ts'

/**
 * Refuses what the model does not follow where some process has, or had, several threads.
 * @throws Error that says what it is.
 */
export function refuseUnknown(world: World, actor: string, call: Call): void {
  if (isThreaded(world, actor) && !known.has(call.name))
    throw new Error(`what ${call.name} does among several threads is not known`)
  if (call.name === 'setnextpid' || (call.name === 'unshare' && (call.flags & CLONE_NEWIPC) !== 0))
    throw new Error(`what comes of ${call.name} beside several threads is not known`)
  const { parent = '' } = lifecycleOf(world, actor) ?? {}
  if (call.name === 'prctl.PR_SET_PDEATHSIG' && isThreaded(world, parent))
    throw new Error('what the end of one of several threads sends is not known')
  if (!waits.has(call.name) && namesThread(world, call))
    throw new Error(`what ${call.name} does about a thread is not known`)
}

/** Whether an argument that stands for a process is a thread. */
function namesThread({ threads }: World, call: Call): boolean {
  const given = call as unknown as Readonly<Record<string, unknown>>
  return formOf(call.name).arguments.some(({ kind, name }) => {
    const value = given[name]
    return kind === 'process' && typeof value === 'string' && value.replace(/^-/, '') in threads
  })
}

const waits: ReadonlySet<FormName> = new Set<FormName>(['wait', 'waitpid', 'wait4', 'waitid'])

/** What one of several threads can do. */
const known: ReadonlySet<FormName> = new Set<FormName>([
  ...waits,
  ...(['semget', 'semop', 'semtimedop', 'semctl.IPC_STAT', 'semctl.IPC_SET', 'semctl.IPC_RMID'] as const),
  ...(['semctl.GETALL', 'semctl.SETALL', 'semctl.GETVAL', 'semctl.GETPID', 'semctl.GETNCNT'] as const),
  ...(['semctl.GETZCNT', 'semctl.SETVAL', 'semctl.SEM_STAT', 'semctl.SEM_STAT_ANY'] as const),
  ...(['semctl.IPC_INFO', 'semctl.SEM_INFO', 'semctl.other'] as const),
  ...(['msgget', 'msgsnd', 'msgrcv', 'msgctl.IPC_STAT', 'msgctl.IPC_SET', 'msgctl.IPC_RMID'] as const),
  ...(['msgctl.MSG_STAT', 'msgctl.MSG_STAT_ANY', 'msgctl.IPC_INFO', 'msgctl.MSG_INFO'] as const),
  ...(['msgctl.other', 'shmget', 'shmat', 'shmdt', 'load', 'store', 'shmctl.IPC_STAT'] as const),
  ...(['shmctl.IPC_SET', 'shmctl.IPC_RMID', 'shmctl.SHM_LOCK', 'shmctl.SHM_UNLOCK'] as const),
  ...(['shmctl.SHM_STAT', 'shmctl.SHM_STAT_ANY', 'shmctl.IPC_INFO', 'shmctl.SHM_INFO'] as const),
  ...(['shmctl.other', 'fork', '_exit', 'kill', 'getpgid', 'getppid', 'sigaction'] as const),
  ...(['thread', 'thread_exit', 'macros', 'sysvipc.sem', 'sysvipc.msg', 'sysvipc.shm'] as const),
  ...(['setlimit', 'tick', 'expires'] as const),
])
