#include "processes.h"

#include <stdarg.h>
#include <sys/prctl.h>
#include <sys/stat.h>

static MAYBE_UNUSED bool is_image(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

/* A child inherits pending signals. */
#ifdef LIE_FORK_KEEPS_PENDING
pid_t fork(void)
{
	sigset_t pending;
	pid_t pid;

	sigpending(&pending);
	pid = REAL(fork)();
	for (int signal = 1; pid == 0 && signal <= 31; signal++)
		if (sigismember(&pending, signal) == 1)
			kill(getpid(), signal);
	return pid;
}
#endif

/* A child starts with the default for every signal. */
#ifdef LIE_FORK_RESETS_HANDLERS
pid_t fork(void)
{
	pid_t pid = REAL(fork)();

	for (int number = 1; pid == 0 && number <= 31; number++)
		signal(number, SIG_DFL);
	return pid;
}
#endif

/* A child starts with no signal blocked. */
#ifdef LIE_FORK_UNBLOCKS
pid_t fork(void)
{
	pid_t pid = REAL(fork)();
	sigset_t all;

	sigfillset(&all);
	if (pid == 0)
		sigprocmask(SIG_UNBLOCK, &all, NULL);
	return pid;
}
#endif

/* A child leads a process group of its own. */
#ifdef LIE_FORK_MAKES_A_GROUP
pid_t fork(void)
{
	pid_t pid = REAL(fork)();

	if (pid == 0)
		setpgid(0, 0);
	return pid;
}
#endif

/* PR_SET_CHILD_SUBREAPER succeeds and does nothing. */
#ifdef LIE_SUBREAPER_IGNORED
int prctl(int option, ...)
{
	unsigned long value;
	va_list rest;

	va_start(rest, option);
	value = va_arg(rest, unsigned long);
	va_end(rest);
	return option == PR_SET_CHILD_SUBREAPER ? 0 : REAL(prctl)(option, value, 0UL, 0UL, 0UL);
}
#endif

/* The children of a subreaper are subreapers. */
#ifdef LIE_SUBREAPER_INHERITED
pid_t fork(void)
{
	int on = 0;
	pid_t pid;

	prctl(PR_GET_CHILD_SUBREAPER, (unsigned long)&on, 0UL, 0UL, 0UL);
	pid = REAL(fork)();
	if (pid == 0)
		prctl(PR_SET_CHILD_SUBREAPER, (unsigned long)on, 0UL, 0UL, 0UL);
	return pid;
}
#endif

/* The parent is remembered: who was adopted names its first one. */
#ifdef LIE_GETPPID_REMEMBERED
static pid_t parent;

pid_t fork(void)
{
	pid_t me = getpid();
	pid_t pid = REAL(fork)();

	if (pid == 0)
		parent = me;
	return pid;
}

pid_t getppid(void)
{
	return parent == 0 ? REAL(getppid)() : parent;
}
#endif

/* setpgid succeeds and does nothing. */
#ifdef LIE_SETPGID_DOES_NOTHING
int setpgid(pid_t pid, pid_t group)
{
	return group < 0 ? fail(EINVAL) : getpgid(pid) == -1 ? fail(ESRCH) : 0;
}
#endif

/* setpgid joins a group that does not exist by founding it. */
#ifdef LIE_SETPGID_FOUNDS_ANY_GROUP
int setpgid(pid_t pid, pid_t group)
{
	int result = REAL(setpgid)(pid, group);

	return result == -1 && errno == EPERM && group > 0 ? REAL(setpgid)(pid, 0) : result;
}
#endif

/* A child that has executed another image may still be moved. gVisor allows it. */
#ifdef LIE_SETPGID_AFTER_EXEC_SUCCEEDS
int setpgid(pid_t pid, pid_t group)
{
	int result = REAL(setpgid)(pid, group);

	return result == -1 && errno == EACCES ? 0 : result;
}
#endif

/* getpgid answers for the caller, whoever was asked for. */
#ifdef LIE_GETPGID_OF_THE_CALLER
pid_t getpgid(pid_t pid)
{
	pid_t group = REAL(getpgid)(pid);

	return group == -1 ? -1 : REAL(getpgid)(0);
}
#endif

/* A group leader may start a session. */
#ifdef LIE_SETSID_BY_A_LEADER
pid_t setsid(void)
{
	pid_t session = REAL(setsid)();

	return session == -1 && errno == EPERM ? getpid() : session;
}
#endif

/* exec resets ignored signals to the default. */
#ifdef LIE_EXEC_RESETS_IGNORED
int execve(const char *path, char *const arguments[], char *const environment[])
{
	for (int signal = 1; is_image(path) && signal <= 31; signal++)
		set_handler(signal, SIG_IGN, SIG_DFL);
	return REAL(execve)(path, arguments, environment);
}
#endif

/* exec ignores signals that had a handler. */
#ifdef LIE_EXEC_IGNORES_HANDLED
int execve(const char *path, char *const arguments[], char *const environment[])
{
	for (int number = 1; is_image(path) && number <= 31; number++) {
		struct sigaction action;

		if (REAL(sigaction)(number, NULL, &action) == 0 && action.sa_handler != SIG_DFL)
			signal(number, SIG_IGN);
	}
	return REAL(execve)(path, arguments, environment);
}
#endif

/* exec unblocks all signals. */
#ifdef LIE_EXEC_UNBLOCKS
int execve(const char *path, char *const arguments[], char *const environment[])
{
	sigset_t all;

	sigfillset(&all);
	if (is_image(path))
		sigprocmask(SIG_UNBLOCK, &all, NULL);
	return REAL(execve)(path, arguments, environment);
}
#endif

/* A missing image is EACCES. */
#ifdef LIE_EXEC_MISSING_EACCES
int execve(const char *path, char *const arguments[], char *const environment[])
{
	return (int)errno_as(REAL(execve)(path, arguments, environment), ENOENT, EACCES);
}
#endif

/* A directory is executed as an empty image is: ENOEXEC. */
#ifdef LIE_EXEC_DIRECTORY_ENOEXEC
int execve(const char *path, char *const arguments[], char *const environment[])
{
	return (int)errno_as(REAL(execve)(path, arguments, environment), EACCES, ENOEXEC);
}
#endif

/* A child gets the number of a group whose leader is gone. */
#ifdef LIE_FORK_TAKES_A_GROUPS_NUMBER
pid_t fork(void)
{
	pid_t pid = REAL(fork)();

	for (pid_t other = 2; pid > 0 && other < pid; other++)
		if (kill(other, 0) == -1 && kill(-other, 0) == 0)
			return other;
	return pid;
}
#endif
