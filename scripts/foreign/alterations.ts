/** A way to alter one result of a trace. Undefined: the line has nothing to alter in this way. */
export interface Alteration {
  readonly kind: string
  /** Only who knows that nobody outside the trace uses its objects can notice it. */
  readonly alone?: true
  readonly alter: (line: string, choose: (count: number) => number) => string | undefined
}

const family =
  /\b(sem(?:get|op|timedop|ctl)|msg(?:get|snd|rcv|ctl)|shm(?:get|at|dt|ctl)|v?fork|clone3?|wait4|waitid|t?g?kill|rt_sigaction|rt_sigprocmask|setpgid|setsid|getp?pid|getpgrp|get(?:e?[ug]id))(?:\(| resumed>)/

const errors = ['EINVAL', 'EAGAIN', 'ENOENT', 'EIDRM', 'ECHILD', 'ESRCH', 'EEXIST', 'EPERM']

const result = /\) += (-?\d+|0x[0-9a-f]+)(?: (E[A-Z0-9]+) \([^)]*\))?( <[0-9.]+>)?$/

function altered(
  line: string,
  change: (value: string, errno: string) => string | undefined,
): string | undefined {
  if (!family.test(line)) return undefined
  const found = result.exec(line)
  if (found === null) return undefined
  const next = change(found[1] ?? '', found[2] ?? '')
  return next === undefined ? undefined : `${line.slice(0, found.index)}) = ${next}${found[3] ?? ''}`
}

/** One number of the line that a pattern finds becomes another. */
const number =
  (pattern: RegExp) =>
  (line: string, choose: (count: number) => number): string | undefined => {
    const found = new RegExp(pattern, 'd').exec(line)
    const at = found?.indices?.[1]?.[0]
    if (found?.[1] === undefined || at === undefined) return undefined
    return `${line.slice(0, at)}${Number(found[1]) + 1 + choose(3)}${line.slice(at + found[1].length)}`
  }

const word =
  (pattern: RegExp, to: readonly string[]) =>
  (line: string, choose: (count: number) => number): string | undefined => {
    const found = new RegExp(pattern, 'd').exec(line)
    const other = to.filter((each) => each !== found?.[1])[choose(to.length - 1)]
    const at = found?.indices?.[1]?.[0]
    if (found?.[1] === undefined || at === undefined || other === undefined) return undefined
    return `${line.slice(0, at)}${other}${line.slice(at + found[1].length)}`
  }

export const alterations: readonly Alteration[] = [
  {
    kind: 'another value',
    alter: (line, choose) =>
      altered(line, (value, errno) => {
        if (errno !== '') return undefined
        if (value.startsWith('0x')) return `0x${(Number(value) + 4096 * choose(3) + 2048).toString(16)}`
        return String(Number(value) + 1 + choose(5))
      }),
  },
  {
    kind: 'success becomes an error',
    alter: (line, choose) =>
      altered(line, (_, errno) =>
        errno === '' ? `-1 ${errors[choose(errors.length)]} (altered)` : undefined,
      ),
  },
  {
    kind: 'an error becomes success',
    alter: (line) => altered(line, (_, errno) => (errno === '' ? undefined : '0')),
  },
  {
    kind: 'another error',
    alter: (line, choose) =>
      altered(line, (_, errno) =>
        errno === ''
          ? undefined
          : `-1 ${errors.filter((each) => each !== errno)[choose(errors.length - 1)]} (altered)`,
      ),
  },
  {
    kind: 'a refusal for permission',
    alter: (line) =>
      /\b(sem(timed)?op|msgsnd|msgrcv|semctl)\(/.test(line) && !/IPC_RMID|IPC_SET/.test(line)
        ? altered(line, (_, errno) => (errno === '' ? '-1 EACCES (altered)' : undefined))
        : undefined,
  },
  {
    kind: 'another kind of restart',
    alter: word(/(?:msgrcv|msgsnd|wait4|waitid)(?:\(| resumed>).*\) += \? (ERESTART\w+)/, [
      'ERESTARTSYS',
      'ERESTARTNOHAND',
    ]),
  },
  {
    kind: 'count of sleepers',
    alone: true,
    alter: (line, choose) =>
      /semctl\(.*GET[NZ]CNT/.test(line)
        ? altered(line, (value, errno) => (errno === '' ? String(Number(value) + 4 + choose(5)) : undefined))
        : undefined,
  },
  { kind: 'exit status in a wait', alter: number(/WEXITSTATUS\(s\) == (\d+)/) },
  { kind: 'signal in a wait', alter: word(/WTERMSIG\(s\) == (SIG\w+)/, ['SIGHUP', 'SIGKILL', 'SIGTERM']) },
  { kind: 'child in a SIGCHLD', alter: number(/SIGCHLD \{.*si_pid=(\d+)/) },
  { kind: 'status in a SIGCHLD', alter: number(/CLD_EXITED, .*si_status=(\d+)/) },
  { kind: 'end of a process', alter: number(/\+\+\+ exited with (\d+)/) },
  {
    kind: 'old mask',
    alter: word(/rt_sigprocmask.*(\[\]|\[CHLD\]|\[INT\]), 8\) += 0/, ['[]', '[CHLD]', '[INT]']),
  },
  {
    kind: 'old action',
    alter: word(/rt_sigaction.*(?:\}|NULL|resumed>)(?:, )?\{sa_handler=(SIG_\w+).*, 8\) += 0/, [
      'SIG_DFL',
      'SIG_IGN',
    ]),
  },
  { kind: 'type of a message', alter: number(/msgrcv.*\{mtype=(\d+)/) },
  { kind: 'text of a message', alter: word(/msgrcv.*mtext="([^"\\]+)"/, ['altered', 'changed']) },
  { kind: 'count in a status', alter: number(/IPC_STAT.*(?:msg_qnum|shm_nattch|sem_nsems)=(\d+)/) },
]
