#include "processes.h"

/* A signal to somebody else's process is lost in silence. */
#ifdef LIE_KILL_STRANGER_IGNORED
int kill(pid_t pid, int signal)
{
	int result = REAL(kill)(pid, signal);

	return result == -1 && errno == EPERM ? 0 : result;
}
#endif

/* Somebody else's process is not there. */
#ifdef LIE_KILL_STRANGER_ESRCH
int kill(pid_t pid, int signal)
{
	return (int)errno_as(REAL(kill)(pid, signal), EPERM, ESRCH);
}
#endif

/* A child's user is that of its parent. */
#ifdef LIE_WAITID_PARENTS_USER
int waitid(idtype_t type, id_t id, siginfo_t *info, int options)
{
	int result = REAL(waitid)(type, id, info, options);

	if (result == 0 && info != NULL && info->si_pid != 0)
		info->si_uid = getuid();
	return result;
}
#endif
