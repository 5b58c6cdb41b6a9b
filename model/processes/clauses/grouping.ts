import { clause } from '../../rule.ts'

const setpgid = 'POSIX.1-2024 setpgid, DESCRIPTION'
const setpgidErrors = 'POSIX.1-2024 setpgid, ERRORS'

export const moves = clause(
  'setpgid.moves',
  'shall',
  'setpgid moves the caller or its child to a group of the session, or makes it the leader of a new one.',
  setpgid,
)
export const groupInvalid = clause(
  'setpgid.group.einval',
  'shall',
  'A negative group is an error, also where group 0 stands for a negative pid.',
  `${setpgidErrors}, [EINVAL]`,
  'Linux kernel/sys.c, setpgid: the group is checked before the process is looked for',
)
export const notOurs = clause(
  'setpgid.stranger.esrch',
  'shall',
  'Only the caller and its children can be moved.',
  `${setpgidErrors}, [ESRCH]`,
)
export const otherSession = clause(
  'setpgid.child-in-other-session.eperm',
  'shall',
  'A child in another session cannot be moved.',
  `${setpgidErrors}, [EPERM]`,
)
export const leaderStays = clause(
  'setpgid.session-leader.eperm',
  'shall',
  'A session leader cannot be moved.',
  `${setpgidErrors}, [EPERM]`,
)
export const noSuchGroup = clause(
  'setpgid.no-such-group.eperm',
  'shall',
  'A group that does not exist in the session of the caller cannot be joined.',
  `${setpgidErrors}, [EPERM]`,
)
export const groupTold = clause(
  'getpgid.tells',
  'shall',
  'getpgid returns the process group; pid 0 is the caller.',
  'POSIX.1-2024 getpgid, DESCRIPTION',
)
export const noProcess = clause(
  'getpgid.no-process.esrch',
  'shall',
  'getpgid fails where no process has the pid.',
  'POSIX.1-2024 getpgid, ERRORS, [ESRCH]',
)
export const negativeProcess = clause(
  'getpgid.negative.einval',
  'may',
  'A negative pid may be invalid for getpgid.',
  'POSIX.1-2024 getpgid, ERRORS, [EINVAL]',
)
export const parentTold = clause(
  'getppid.tells',
  'shall',
  'getppid returns the pid of the parent, the adopter of an orphan included.',
  'POSIX.1-2024 getppid',
)
export const sessionMade = clause(
  'setsid.makes-session',
  'shall',
  'setsid makes the caller the leader of a new session and of a new group in it.',
  'POSIX.1-2024 setsid, DESCRIPTION',
)
export const leaderRefused = clause(
  'setsid.group-leader.eperm',
  'shall',
  'setsid fails for a group leader, and where the pid of the caller is still the number of a group.',
  'POSIX.1-2024 setsid, ERRORS, [EPERM]',
)
export const subreaperSet = clause(
  'prctl.subreaper.sets',
  'linux',
  'PR_SET_CHILD_SUBREAPER makes the caller a subreaper, or with 0 no longer one.',
  'prctl(2), PR_SET_CHILD_SUBREAPER',
)
export const subreaperUnknown = clause(
  'prctl.subreaper.unknown',
  'unspecified',
  'A system without subreapers refuses the request.',
  'prctl(2), ERRORS, EINVAL',
)
export const pidfdOpened = clause(
  'pidfd_open.opens',
  'linux',
  'pidfd_open returns a new close-on-exec descriptor of the process, a zombie too.',
  'pidfd_open(2)',
)
export const pidfdInvalid = clause(
  'pidfd_open.einval',
  'linux',
  'Unknown flags, and a pid that is not positive, are errors.',
  'pidfd_open(2), ERRORS, EINVAL',
)
export const pidfdNobody = clause(
  'pidfd_open.esrch',
  'linux',
  'There is no pidfd of a process that does not exist.',
  'pidfd_open(2), ERRORS, ESRCH',
)
