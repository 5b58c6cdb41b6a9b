import type { Profile } from './profile.ts'

/** A version in which Linux changed what can be seen: major and minor number. */
export type Version = readonly [number, number]

/**
 * The SIGCHLD of a process whose first thread ended before it tells the exit code of the process; before, that of the
 * thread (commit 9133607de37a, "exit: fix the usage of delay_group_leader->exit_code in do_notify_parent() and
 * pidfs_exit()"; not in the stable series of older versions).
 */
export const groupCodeInSignal: Version = [6, 15]

/** Whether the kernel says that it is an older Linux, whose ways profile linux describes. */
export const isBefore = (
  [major, minor]: Version,
  profile: Profile,
  { version: [itsMajor, itsMinor] }: { readonly version: Version },
): boolean => profile.name === 'linux' && (itsMajor < major || (itsMajor === major && itsMinor < minor))

/** The version in a release as `uname -r` prints it; without one the newest. */
export function versionOf(release: string): Version {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(release) ?? []
  return major === undefined ? newest : [Number(major), Number(minor)]
}

/** Newer than all that changed. */
export const newest: Version = [Number.MAX_SAFE_INTEGER, 0]
