/** What Linux's IPC namespaces can be set to beside their limits (proc(5), /proc/sys/kernel). */
export interface Settings {
  /** shm_rmid_forced: segments do not outlive their creator and their last attachment. */
  readonly forced: boolean
}

export const usualSettings: Settings = { forced: false }
