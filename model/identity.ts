/** Who a process is, as far as permission checks go. */
export interface Identity {
  /** Effective and real user id. The saved one is the effective one. */
  readonly uid: number
  readonly ruid: number
  /** Effective group id, and the one that Linux checks instead (setfsgid(2)). */
  readonly gid: number
  readonly fsgid: number
  /** Supplementary groups. */
  readonly groups: readonly number[]
  /** Effective capabilities, as `1 << number`. */
  readonly capabilities: number
}

/** An ordinary user of this id and group. */
export const ordinary = (uid: number, gid: number): Identity => ({
  uid,
  ruid: uid,
  gid,
  fsgid: gid,
  groups: [],
  capabilities: 0,
})

export const isCapable = ({ capabilities }: Identity, capability: number): boolean =>
  (capabilities & capability) !== 0
