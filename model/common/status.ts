import { type Expected, keyOf } from '../expected.ts'
import type { Permission } from '../permission.ts'

/** What IPC_STAT tells about the permission of every object. */
export const permissionStatus = ({ key, uid, gid, cuid, cgid, mode }: Permission) =>
  ({ key: keyOf(key), uid, gid, cuid, cgid, mode }) satisfies Readonly<Record<string, Expected>>
