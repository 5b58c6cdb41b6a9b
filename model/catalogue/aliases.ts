import type { Alias } from './entry.ts'

/** Rules of the catalogue that say the same as another, sorted by id. */
export const aliases: readonly Alias[] = [
  { id: 'exec.semadj-kept', as: 'undo.exec' },
  { id: 'msgget.rest', as: 'get.existing' },
  { id: 'ns.leave-applies-undo', as: 'undo.leave-ipc-ns' },
  { id: 'perm.exit-undo-unchecked', as: 'undo.no-perm' },
  { id: 'semctl.arg-vararg', as: 'semctl.getval' },
  { id: 'shmget.key.any-int', as: 'get.key-any-nonzero' },
  { id: 'sysctl.msgmax>qbytes', as: 'msgsnd.larger-than-queue' },
  { id: 'waitpid.own-sigchld-no-eintr', as: 'wait.signal.status-wins' },
  { id: 'waitpid.wclone.plain-echild', as: 'clone.exit-signal.other' },
  { id: 'zombie.pid.held', as: 'fork.pid-unique' },
]
