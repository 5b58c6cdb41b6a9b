import type { ForeignCall, ForeignResult } from './event.ts'
import { deviates, type Opinion } from './verdict.ts'

/** What a call can come to at all, whatever the state: 0, or the errors that its page names. */
interface Documented {
  readonly rule: string
  /** The errors of its page. */
  readonly errors: readonly string[]
  /** Success is 0. */
  readonly isZero: boolean
}

/** Filters of system calls and security modules answer so, whatever the page says. */
const anywhere: ReadonlySet<string> = new Set(['EPERM', 'EACCES', 'ENOSYS'])

const zero = (rule: string, errors: string): Documented => ({ rule, errors: errors.split(' '), isZero: true })
const some = (rule: string, errors: string): Documented => ({
  rule,
  errors: errors.split(' '),
  isZero: false,
})
const never = (rule: string): Documented => ({ rule, errors: [], isZero: false })

const documented: Readonly<Record<string, Documented>> = {
  kill: zero('kill.sends', 'EINVAL ESRCH'),
  tkill: zero('kill.sends', 'EINVAL ESRCH EAGAIN'),
  tgkill: zero('kill.sends', 'EINVAL ESRCH EAGAIN'),
  rt_sigaction: zero('sigaction.sets', 'EINVAL EFAULT'),
  rt_sigprocmask: zero('sigprocmask.changes', 'EINVAL EFAULT'),
  setpgid: zero('setpgid.moves', 'EINVAL ESRCH'),
  setsid: some('setsid.makes-session', ''),
  wait4: some('waitpid.none.blocks', 'ECHILD EINTR EINVAL EFAULT ESRCH'),
  waitid: zero('waitid.echild', 'ECHILD EINTR EINVAL EFAULT ESRCH EBADF EAGAIN'),
  semop: zero('semop.return', 'E2BIG EAGAIN EFAULT EFBIG EIDRM EINTR EINVAL ENOMEM ENOSPC ERANGE'),
  semtimedop: zero('semop.return', 'E2BIG EAGAIN EFAULT EFBIG EIDRM EINTR EINVAL ENOMEM ENOSPC ERANGE'),
  semctl: some('semctl.cmd-unknown', 'EFAULT EIDRM EINVAL ERANGE ENOMEM'),
  semget: some('get.existing', 'EEXIST EINVAL ENOENT ENOMEM ENOSPC'),
  msgget: some('get.existing', 'EEXIST ENOENT ENOMEM ENOSPC'),
  shmget: some('get.existing', 'EEXIST EINVAL ENFILE ENOENT ENOMEM ENOSPC EBUSY'),
  msgsnd: zero('msgsnd.return', 'EAGAIN EFAULT EIDRM EINTR EINVAL ENOMEM'),
  msgrcv: some('msgrcv.return', 'E2BIG EFAULT EIDRM EINTR EINVAL ENOMSG ENOMEM'),
  msgctl: some('msgctl.cmd-unknown', 'EFAULT EIDRM EINVAL'),
  shmctl: some('shmctl.command.unknown-einval', 'EFAULT EIDRM EINVAL ENOMEM EOVERFLOW'),
  shmat: some('shmat.id.invalid-einval', 'EIDRM EINVAL ENOMEM ENFILE'),
  shmdt: zero('shmdt.base.detaches', 'EINVAL'),
  getpid: never('fork.returns-twice'),
  gettid: never('fork.returns-twice'),
  getppid: never('getppid.tells'),
  getpgrp: never('getpgid.tells'),
  getuid: never('exec.identity.kept'),
  geteuid: never('exec.identity.kept'),
  getgid: never('exec.identity.kept'),
  getegid: never('exec.identity.kept'),
}

/**
 * How Linux says that a signal ended a call which it may make again (ipc/msg.c, do_msgsnd, do_msgrcv; kernel/exit.c, do_wait;
 * kernel/fork.c, copy_process); semop and semtimedop are never made again, and the others do not sleep.
 */
const restarting: Readonly<Record<string, readonly [rule: string, ...errors: readonly string[]]>> = {
  semop: ['sem.eintr'],
  semtimedop: ['sem.eintr'],
  msgsnd: ['snd.eintr', 'ERESTARTNOHAND'],
  msgrcv: ['rcv.eintr', 'ERESTARTNOHAND'],
  wait4: ['wait.signal.eintr', 'ERESTARTSYS'],
  waitid: ['wait.signal.eintr', 'ERESTARTSYS'],
  semget: ['get.existing'],
  msgget: ['get.existing'],
  shmget: ['get.existing'],
  getpid: ['fork.returns-twice'],
  getppid: ['getppid.tells'],
}

function restarted(name: string, errno: string): Opinion | undefined {
  const [rule, ...errors] = restarting[name] ?? []
  if (rule === undefined || errors.includes(errno)) return undefined
  return deviates(rule, errors.length === 0 ? 'no restart: EINTR, or what it comes to' : errors.join(', '))
}

/** A result that the call never has; undefined where it is one that it may have. */
export function undocumented({ name }: ForeignCall, result: ForeignResult): Opinion | undefined {
  const page = documented[name]
  if (result.restarts) return restarted(name, result.errno)
  if (page === undefined || result.value === null) return undefined
  const allowed = [
    ...(page.isZero ? ['0'] : ['success']),
    ...page.errors.filter((error) => error !== ''),
  ].join(', ')
  if (result.errno !== '')
    return page.errors.includes(result.errno) || anywhere.has(result.errno)
      ? undefined
      : deviates(page.rule, allowed)
  return page.isZero && result.value !== 0 ? deviates(page.rule, allowed) : undefined
}
