#include "processes.h"

/* WNOHANG fails with ECHILD where nobody has anything to report. */
#ifdef LIE_WAIT_NO_HANG_ECHILD
WAIT(pid, status, options, usage)
{
	pid_t found = real_wait(pid, status, options, usage);

	return found == 0 ? fail(ECHILD) : found;
}
#endif

/* WNOHANG is ignored. */
#ifdef LIE_WAIT_NO_HANG_IGNORED
WAIT(pid, status, options, usage)
{
	return real_wait(pid, status, options & ~WNOHANG, usage);
}
#endif

/* Waiting without children is no error but finds nobody. */
#ifdef LIE_WAIT_NO_CHILD_ZERO
WAIT(pid, status, options, usage)
{
	pid_t found = real_wait(pid, status, options, usage);

	return found == -1 && errno == ECHILD ? 0 : found;
}
#endif

/* A process that is no child of the caller is ESRCH. */
#ifdef LIE_WAITPID_STRANGER_ESRCH
WAIT(pid, status, options, usage)
{
	pid_t found = real_wait(pid, status, options, usage);

	return pid > 0 ? (pid_t)errno_as(found, ECHILD, ESRCH) : found;
}
#endif

/* The pid is ignored: any child will do. */
#ifdef LIE_WAITPID_PID_IGNORED
WAIT(pid, status, options, usage)
{
	return real_wait(pid > 0 ? -1 : pid, status, options, usage);
}
#endif

/* 0 means any child, of whatever group. */
#ifdef LIE_WAITPID_OWN_GROUP_IS_ANY
WAIT(pid, status, options, usage)
{
	return real_wait(pid == 0 ? -1 : pid, status, options, usage);
}
#endif

/* -1 means the children of the caller's group. */
#ifdef LIE_WAITPID_ANY_IS_OWN_GROUP
WAIT(pid, status, options, usage)
{
	return real_wait(pid == -1 ? 0 : pid, status, options, usage);
}
#endif

/* A group is taken for the process that leads it. */
#ifdef LIE_WAITPID_GROUP_IS_A_PROCESS
WAIT(pid, status, options, usage)
{
	return real_wait(pid < -1 && pid != INT_MIN ? -pid : pid, status, options, usage);
}
#endif

/* The most negative pid is a group that does not exist. gVisor says so. */
#ifdef LIE_WAITPID_INT_MIN_ECHILD
WAIT(pid, status, options, usage)
{
	return (pid_t)errno_as(real_wait(pid, status, options, usage), ESRCH, ECHILD);
}
#endif

/* Options that do not exist are ignored. */
#ifdef LIE_WAITPID_OPTIONS_UNCHECKED
WAIT(pid, status, options, usage)
{
	return real_wait(pid, status, options & (WNOHANG | WUNTRACED | WCONTINUED), usage);
}
#endif

/* Of several children the youngest is reported first. FreeBSD does so. */
#ifdef LIE_WAIT_YOUNGEST_FIRST
#define CHILDREN_MAX 64

static pid_t children[CHILDREN_MAX];
static unsigned born;

pid_t fork(void)
{
	pid_t pid = REAL(fork)();

	if (pid > 0)
		children[born++ % CHILDREN_MAX] = pid;
	else if (pid == 0)
		born = 0;
	return pid;
}

WAIT(pid, status, options, usage)
{
	for (unsigned i = born; pid == -1 && i > 0 && born - i < CHILDREN_MAX; i--) {
		pid_t found = real_wait(children[(i - 1) % CHILDREN_MAX], status, options | WNOHANG, usage);

		if (found > 0)
			return found;
	}
	return real_wait(pid, status, options, usage);
}
#endif

/* Who sleeps is not woken when a child ends, only when one goes on. */
#ifdef LIE_WAIT_LOST_WAKE_UP
WAIT(pid, status, options, usage)
{
	pid_t found = real_wait(pid, status, options | WNOHANG, usage);
	siginfo_t info;

	if (found != 0 || options & (WNOHANG | WUNTRACED | WCONTINUED))
		return found != 0 || options & WNOHANG ? found : real_wait(pid, status, options, usage);
	return real_waitid(P_ALL, 0, &info, WCONTINUED | WNOWAIT) == -1 ? -1 : real_wait(pid, status, options, usage);
}
#endif

/* Waiting for one process also ends when another child has ended: ECHILD. */
#ifdef LIE_WAITPID_OTHER_END_ECHILD
WAIT(pid, status, options, usage)
{
	pid_t found = real_wait(pid, status, options | WNOHANG, usage);
	siginfo_t info;

	if (found != 0 || options != 0 || pid <= 0)
		return found != 0 || options & WNOHANG ? found : real_wait(pid, status, options, usage);
	if (real_waitid(P_ALL, 0, &info, WEXITED | WNOWAIT) == -1)
		return -1;
	return info.si_pid == pid ? real_wait(pid, status, options, usage) : fail(ECHILD);
}
#endif
