import { numberOf } from '../strace/numbers.ts'

/** The commands of semctl, msgctl and shmctl, numbered as Linux has them (uapi/linux/ipc.h, uapi/linux/sem.h). */
export const IPC_RMID = 0
export const IPC_SET = 1
export const IPC_STAT = 2
export const GETPID = 11
export const GETVAL = 12
export const GETALL = 13
export const GETNCNT = 14
export const GETZCNT = 15
export const SETVAL = 16
export const SETALL = 17

/** The libc of a 32-bit program sets this bit beside the command. */
const IPC_64 = 0x100n

/** The command that a word of a trace stands for; undefined: it is not understood. */
export function commandOf(word: string | undefined): number | undefined {
  const number = numberOf(word)
  return number === undefined ? undefined : Number(BigInt(number) & ~IPC_64)
}
