import type { Long } from './vocabulary/shape.ts'

/** What the system allows in the IPC namespace (proc(5), /proc/sys/kernel): sizes in bytes, SHMALL in pages. */
export interface SystemLimits {
  readonly semmsl: number
  readonly semmns: number
  readonly semopm: number
  readonly semmni: number
  readonly msgmax: number
  readonly msgmnb: number
  readonly msgmni: number
  readonly shmmax: Long
  readonly shmall: Long
  readonly shmmni: number
}

/** What a process is allowed (setrlimit(2)); `usual`: what it started with, which is enough. */
export interface ProcessLimits {
  /** RLIMIT_NPROC: processes of its real user. */
  readonly processes: number | 'usual'
  /** RLIMIT_MEMLOCK, bytes. */
  readonly locked: number | 'usual'
  /** RLIMIT_AS, bytes. */
  readonly addressSpace: number | 'usual'
}

export const usualProcessLimits: ProcessLimits = {
  processes: 'usual',
  locked: 'usual',
  addressSpace: 'usual',
}
