/** Header files by what they declare. */
const headers: Readonly<Record<string, RegExp>> = {
  'errno.h': /\berrno\b|\bE[A-Z0-9]{3,}\b/,
  'fcntl.h': /\bopen\(/,
  'grp.h': /\bsetgroups\(/,
  'limits.h': /\b(INT|LONG)_(MIN|MAX)\b/,
  'pthread.h': /\bpthread_/,
  'sched.h': /\b(unshare|clone|sched_yield)\(|CLONE_/,
  'setjmp.h': /\bsigjmp_buf\b/,
  'signal.h': /\bSIG[A-Z]+|siginfo_t|\bkill\(/,
  'stdint.h': /\bu?intptr_t\b|\bUINTPTR_MAX\b/,
  'stdio.h': /./,
  'stdlib.h': /./,
  'string.h': /\b(mem|str)[a-z]+\(/,
  'sys/fsuid.h': /\bsetfsgid\(/,
  'sys/ipc.h': /\bIPC_|\bkey_t\b|\bftok\(/,
  'sys/mman.h': /\bmmap\(|\bmunmap\(|\bmprotect\(|\bmadvise\(|\bmremap\(|memfd_create/,
  'sys/mount.h': /\bmount\(/,
  'sys/msg.h': /\bmsg(get|snd|rcv|ctl)\(|\bMSG_|struct msg(id|info)/,
  'sys/prctl.h': /\bprctl\(/,
  'sys/resource.h': /\brlimit\b|\brusage\b|RLIMIT_/,
  'sys/sem.h': /\bsem(get|op|timedop|ctl)\(|struct sem/,
  'sys/shm.h': /\bshm(get|at|dt|ctl)\(|\bSHM_|struct shm/,
  'sys/stat.h': /\bstat\(/,
  'sys/syscall.h': /\bSYS_/,
  'sys/wait.h': /\bwait(pid|id|3|4)?\(|\bW[A-Z]{4,}|__W/,
  'time.h': /\btimespec\b|\bclock_gettime\(|\btime_t\b/,
  'unistd.h': /./,
}

export function includes(text: string): string {
  const names = Object.keys(headers).filter((name) => headers[name]?.test(text))
  // Each of these includes sys/ipc.h.
  const hasObjects = ['sys/sem.h', 'sys/msg.h', 'sys/shm.h'].some((name) => names.includes(name))
  return names
    .filter((name) => name !== 'sys/ipc.h' || !hasObjects)
    .map((name) => `#include <${name}>\n`)
    .join('')
}
