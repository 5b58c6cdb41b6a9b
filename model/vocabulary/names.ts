import type { Names } from './shape.ts'

/** Numeric values are those of Linux's generic ABI (asm-generic); the probe translates where an architecture differs. */

export const IPC_CREAT = 0o1000
export const IPC_EXCL = 0o2000
export const IPC_NOWAIT = 0o4000
export const SEM_UNDO = 0x1000
export const MSG_NOERROR = 0o10000
export const MSG_EXCEPT = 0o20000
export const MSG_COPY = 0o40000
export const SHM_HUGETLB = 0o4000
export const SHM_NORESERVE = 0o10000
/** The size of huge pages, as its logarithm, is asked for in the flags from this bit on; 0 is the default. */
export const SHM_HUGE_SHIFT = 26
export const SHM_RDONLY = 0o10000
export const SHM_RND = 0o20000
export const SHM_REMAP = 0o40000
export const SHM_EXEC = 0o100000
export const PROT_READ = 1
export const PROT_WRITE = 2
export const PROT_EXEC = 4
export const WNOHANG = 1
export const WUNTRACED = 2
export const WSTOPPED = 2
export const WEXITED = 4
export const WCONTINUED = 8
export const WNOWAIT = 0x01000000
export const WNOTHREAD = 0x20000000
export const WALL = 0x40000000
export const WCLONE = 0x80000000 | 0
export const CLONE_PARENT = 0x8000
export const CLONE_SYSVSEM = 0x40000
export const CLONE_NEWIPC = 0x08000000
export const P_ALL = 0
export const P_PID = 1
export const P_PGID = 2
export const P_PIDFD = 3
export const SA_NOCLDSTOP = 1
export const SA_NOCLDWAIT = 2
export const SA_RESTART = 0x10000000
export const PIDFD_NONBLOCK = 0o4000
export const CAP_KILL = 1 << 5
export const CAP_IPC_LOCK = 1 << 14
export const CAP_IPC_OWNER = 1 << 15
export const CAP_SYS_ADMIN = 1 << 21
export const RLIMIT_NPROC = 6
export const RLIMIT_MEMLOCK = 8
export const RLIMIT_AS = 9
export const RUSAGE_SELF = 0
export const RUSAGE_CHILDREN = -1
/** Where a wait stores: nowhere, or at an address that cannot be written. */
export const NO_LOCATION = 1
export const BAD_LOCATION = 2
export const INT_MIN = -2147483648
export const INT_MAX = 2147483647
export const LONG_MAX = 9223372036854775807n
export const LONG_MIN = -9223372036854775808n
/** What the probe writes into every out-buffer before a call; an int that still reads so was not written. */
export const POISON = 0x5a5a5a5a

const bits = (of: Record<string, number>): Names => ({ exclusive: false, of })
const values = (of: Record<string, number>): Names => ({ exclusive: true, of })

export const operationFlags = bits({ IPC_NOWAIT, SEM_UNDO })
export const getFlags = bits({ IPC_CREAT, IPC_EXCL })
export const segmentFlags = bits({
  ...{ IPC_CREAT, IPC_EXCL, SHM_HUGETLB, SHM_NORESERVE },
  ...{ SHM_HUGE_2MB: 21 << SHM_HUGE_SHIFT, SHM_HUGE_1GB: 30 << SHM_HUGE_SHIFT },
})
export const sendFlags = bits({ IPC_NOWAIT })
export const receiveFlags = bits({ IPC_NOWAIT, MSG_NOERROR, MSG_EXCEPT, MSG_COPY })
export const attachFlags = bits({ SHM_RDONLY, SHM_RND, SHM_REMAP, SHM_EXEC })
export const protections = bits({ PROT_READ, PROT_WRITE })
/** Which kinds of children a wait is about: `__WNOTHREAD` and so on, as C has names of its own for them. */
const childKinds = { __WNOTHREAD: WNOTHREAD, __WALL: WALL, __WCLONE: WCLONE }
export const waitOptions = bits({ WNOHANG, WUNTRACED, WCONTINUED, WEXITED, WNOWAIT, ...childKinds })
export const waitidOptions = bits({ WNOHANG, WSTOPPED, WEXITED, WCONTINUED, WNOWAIT, ...childKinds })
export const threadFlags = bits({ CLONE_SYSVSEM })
export const cloneFlags = bits({ CLONE_PARENT, CLONE_SYSVSEM })
export const unshareFlags = bits({ CLONE_PARENT, CLONE_SYSVSEM, CLONE_NEWIPC })
export const actionFlags = bits({ SA_NOCLDSTOP, SA_NOCLDWAIT, SA_RESTART })
export const pidfdFlags = bits({ PIDFD_NONBLOCK })
export const capabilities = bits({ CAP_KILL, CAP_IPC_LOCK, CAP_IPC_OWNER, CAP_SYS_ADMIN })
export const idTypes = values({ P_ALL, P_PID, P_PGID, P_PIDFD })
export const dispositions = values({ SIG_DFL: 0, SIG_IGN: 1, handler: 2 })
/** The limits of an IPC namespace (proc(5), /proc/sys/kernel), numbered as the probe has them. */
export const systemLimits = values({
  ...{ semmsl: 0, semmns: 1, semopm: 2, semmni: 3 },
  ...{ msgmax: 4, msgmnb: 5, msgmni: 6, shmmax: 7, shmall: 8, shmmni: 9 },
})
export const resources = values({ RLIMIT_NPROC, RLIMIT_MEMLOCK, RLIMIT_AS })
/** What a command that looks up a slot is given: the slot, or the identifier, of which only that part counts. */
export const slotForms = values({ slot: 0, id: 1 })
export const locations = values({ status: 0, NULL: 1, bad: 2 })
/** Whether waitid is the system call, which tells the usage too. */
export const usages = values({ none: 0, usage: 1 })
export const whose = values({ RUSAGE_SELF, RUSAGE_CHILDREN })
export const controlBuffers = values({ IPC_SET: 1, IPC_STAT: 2 })
export const semctlBuffers = values({ IPC_SET: 1, IPC_STAT: 2, GETALL: 13, SETALL: 17 })
export const messageParts = values({ body: 0, type: 1 })
/** Kinds of objects, numbered as the probe has them. */
export const kinds = values({ sem: 0, msg: 1, shm: 2 })
/** Files that exist everywhere: the root directory by three paths, one of them a link, and the probe's own image. */
export const files = values({ root: 0, parent: 1, link: 2, image: 3, missing: 4 })
export const images = values({ self: 0, missing: 1, directory: 2 })

export const signals = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGABRT: 6,
  SIGBUS: 7,
  SIGKILL: 9,
  SIGUSR1: 10,
  SIGSEGV: 11,
  SIGUSR2: 12,
  SIGALRM: 14,
  SIGTERM: 15,
  SIGCHLD: 17,
  SIGCONT: 18,
  SIGSTOP: 19,
  SIGTSTP: 20,
  SIGTTIN: 21,
  SIGTTOU: 22,
  SIGURG: 23,
  SIGWINCH: 28,
} as const

export type SignalName = keyof typeof signals

export const errnos = {
  EPERM: 1,
  ENOENT: 2,
  ESRCH: 3,
  EINTR: 4,
  EIO: 5,
  E2BIG: 7,
  ENOEXEC: 8,
  EBADF: 9,
  ECHILD: 10,
  EAGAIN: 11,
  ENOMEM: 12,
  EACCES: 13,
  EFAULT: 14,
  EEXIST: 17,
  ENOTDIR: 20,
  EINVAL: 22,
  EMFILE: 24,
  EFBIG: 27,
  ENOSPC: 28,
  ERANGE: 34,
  ENOSYS: 38,
  ENOMSG: 42,
  EIDRM: 43,
  ETIME: 62,
  EOPNOTSUPP: 95,
} as const

export type Errno = keyof typeof errnos

const errnoNames = new Map(Object.entries(errnos).map(([name, number]) => [number as number, name as Errno]))

/** The name of an errno number; an unknown number is shown as such, because a target may invent one. */
export const errnoName = (number: number): string => errnoNames.get(number) ?? `errno ${number}`

const signalNames = new Map(
  Object.entries(signals).map(([name, number]) => [number as number, name as SignalName]),
)

export const signalName = (number: number): string => signalNames.get(number) ?? `signal ${number}`
