import type { ForeignCall } from '../event.ts'
import type { Shown } from '../shown.ts'
import { commandOf } from './command.ts'
import type { Kind } from './register.ts'

/** Calls that give an identifier. */
export const getters: Readonly<Record<string, Kind>> = { semget: 'sem', msgget: 'msg', shmget: 'shm' }
/** Calls whose first argument is an identifier. */
export const users: Readonly<Record<string, Kind>> = {
  semop: 'sem',
  semtimedop: 'sem',
  semtimedop_time64: 'sem',
  semctl: 'sem',
  msgsnd: 'msg',
  msgrcv: 'msg',
  msgctl: 'msg',
  shmat: 'shm',
  shmctl: 'shm',
}
/** Commands about all objects, or about a slot: their first argument is no identifier. */
export const infos: Readonly<Record<Kind, ReadonlySet<number>>> = {
  sem: new Set([3, 18, 19, 20]),
  msg: new Set([3, 11, 12, 13]),
  shm: new Set([3, 13, 14, 15]),
}

/** The calls that change what a call on an object of the kind comes to. */
const changers: Readonly<Record<Kind, readonly (readonly string[])[]>> = {
  sem: [['semctl'], ['semop', 'semtimedop', 'semtimedop_time64']],
  msg: [['msgsnd'], ['msgrcv']],
  shm: [['shmctl'], ['shmat'], ['shmdt']],
}

/** Whether the trace shows all calls that the result of this one depends on. */
export function showsChanges(shown: Shown, kind: Kind, name: string): boolean {
  if (name in getters) return shown.each([`${kind}ctl`])
  if (name === 'shmdt') return shown.saw(['shmat'])
  return shown.each(...changers[kind])
}

/** The command of a call of semctl, msgctl, shmctl. */
export const commandOfCall = (kind: Kind, { name, args }: ForeignCall): number | undefined =>
  name.endsWith('ctl') ? commandOf(args[kind === 'sem' ? 2 : 1]) : undefined
