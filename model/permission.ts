/** The number of a step, counted from 1; 0 is "never". Stands for the seconds of that step's clock interval. */
export type Stamp = number

/** Owner, creator and mode of an IPC object (struct ipc_perm); key 0 is IPC_PRIVATE. */
export interface Permission {
  readonly key: number
  readonly uid: number
  readonly gid: number
  readonly cuid: number
  readonly cgid: number
  readonly mode: number
}

/** The permission with some of its fields changed. */
export const changedPermission = (permission: Permission, change: Partial<Permission>): Permission => ({
  key: change.key ?? permission.key,
  uid: change.uid ?? permission.uid,
  gid: change.gid ?? permission.gid,
  cuid: change.cuid ?? permission.cuid,
  cgid: change.cgid ?? permission.cgid,
  mode: change.mode ?? permission.mode,
})
