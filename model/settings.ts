import type { Kind } from './expected.ts'

/** What Linux's IPC namespaces can be set to beside their limits (proc(5), /proc/sys/kernel). */
export interface Settings {
  /** shm_rmid_forced: segments do not outlive their creator and their last attachment. */
  readonly forced: boolean
  /** sem_next_id, msg_next_id and shm_next_id: the identifier of the next object, -1 if it is not wished for. */
  readonly nextIds: Readonly<Record<Kind, number>>
  /** The identifiers that were wished for, by the objects that got them. */
  readonly granted: Readonly<Record<string, number>>
  /** Slots of removed objects may have been given away again. */
  readonly recycled: boolean
  /** Some process has or had more than one thread: which segments are orphans then is not known. */
  readonly threaded: boolean
  /** Somebody has chosen the pid of a next process: numbers are given again from then on. */
  readonly pidsChosen: boolean
  /** The process whose number the next one is to have; '': none that is known. */
  readonly nextPid: string
  /** Whose numbers were held at the last fork, so that no other process can have them yet. */
  readonly pidsHeld: 'all' | readonly string[]
}

export const usualSettings: Settings = {
  forced: false,
  nextIds: { sets: -1, queues: -1, segments: -1 },
  granted: {},
  recycled: false,
  threaded: false,
  pidsChosen: false,
  nextPid: '',
  pidsHeld: 'all',
}
