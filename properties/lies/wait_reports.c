#include "processes.h"

/* Who was killed has exited, with 128 and the signal. Shells show it so. */
#ifdef LIE_WAIT_KILLED_IS_EXITED
WAIT(pid, status, options, usage)
{
	pid_t found = real_wait(pid, status, options, usage);

	if (found > 0 && WIFSIGNALED(*status))
		*status = (128 + WTERMSIG(*status)) << 8;
	return found;
}
#endif

/* The status is the exit code. Textbooks say so. */
#ifdef LIE_WAIT_STATUS_IS_THE_CODE
WAIT(pid, status, options, usage)
{
	pid_t found = real_wait(pid, status, options, usage);

	if (found > 0 && WIFEXITED(*status))
		*status = WEXITSTATUS(*status);
	return found;
}
#endif

/* Of an exit code only seven bits are kept. */
#ifdef LIE_EXIT_SEVEN_BITS
void _exit(int status)
{
	for (;;)
		REAL(_exit)(status & 127);
}
#endif

/* An exit code above 255 is 255. */
#ifdef LIE_EXIT_CODE_CAPPED
void _exit(int status)
{
	for (;;)
		REAL(_exit)(status < 0 || status > 255 ? 255 : status);
}
#endif

/* Every stop is one by SIGSTOP. */
#ifdef LIE_WAIT_STOP_SIGNAL_LOST
WAIT(pid, status, options, usage)
{
	pid_t found = real_wait(pid, status, options, usage);

	if (found > 0 && WIFSTOPPED(*status))
		*status = STOPPED_BY(SIGSTOP);
	return found;
}
#endif

/* A continue looks like a stop by SIGCONT. FreeBSD shows the signal in another place. */
#ifdef LIE_WAIT_CONTINUED_IS_STOPPED
WAIT(pid, status, options, usage)
{
	pid_t found = real_wait(pid, status, options, usage);

	if (found > 0 && *status == CONTINUED)
		*status = STOPPED_BY(SIGCONT);
	return found;
}
#endif

/* Stops are reported without WUNTRACED. */
#ifdef LIE_WAIT_STOP_UNASKED
WAIT(pid, status, options, usage)
{
	return real_wait(pid, status, options | WUNTRACED, usage);
}
#endif

/* Stops are not reported, whatever WUNTRACED says. */
#ifdef LIE_WAIT_STOP_UNREPORTED
WAIT(pid, status, options, usage)
{
	return real_wait(pid, status, options & ~WUNTRACED, usage);
}
#endif

/* Continues are not reported, whatever WCONTINUED says. NetBSD did not know it. */
#ifdef LIE_WAIT_CONTINUE_UNREPORTED
WAIT(pid, status, options, usage)
{
	return real_wait(pid, status, options & ~WCONTINUED, usage);
}
#endif

/* WUNTRACED reports continues as well. */
#ifdef LIE_WAIT_UNTRACED_REPORTS_CONTINUE
WAIT(pid, status, options, usage)
{
	return real_wait(pid, status, options & WUNTRACED ? options | WCONTINUED : options, usage);
}
#endif

/* A stop is reported again to who asks again. */
#ifdef LIE_WAIT_STOP_TWICE
WAIT(pid, status, options, usage)
{
	static pid_t told;
	static int by;
	pid_t found = real_wait(pid, status, told > 0 && pid == told ? options | WNOHANG : options, usage);

	if (found > 0) {
		told = WIFSTOPPED(*status) ? found : 0;
		by = *status;
	} else if (found == 0 && pid == told && options & WUNTRACED) {
		*status = by;
		found = told;
		told = 0;
	} else if (found == 0 && !(options & WNOHANG)) {
		found = real_wait(pid, status, options, usage);
	}
	return found;
}
#endif

/* An end is reported again to who asks for the same process again. */
#ifdef LIE_WAIT_END_TWICE
WAIT(pid, status, options, usage)
{
	static pid_t told;
	static int how;
	pid_t found = real_wait(pid, status, options, usage);

	if (found > 0 && !WIFSTOPPED(*status) && !WIFCONTINUED(*status)) {
		told = found;
		how = *status;
	} else if (found == -1 && errno == ECHILD && pid > 0 && pid == told) {
		*status = how;
		found = told;
		told = 0;
	}
	return found;
}
#endif

/* The status is set to 0 where there is nothing to report. */
#ifdef LIE_WAIT_STATUS_CLEARED
WAIT(pid, status, options, usage)
{
	pid_t found = real_wait(pid, status, options, usage);

	if (found == 0)
		*status = 0;
	return found;
}
#endif

/* wait4 leaves the usage alone. */
#ifdef LIE_WAIT4_USAGE_UNTOUCHED
WAIT(pid, status, options, usage)
{
	return real_wait(pid, status, options, NULL);
}
#endif

/* wait4 clears the usage where there is nothing to report. qemu's user mode does so. */
#ifdef LIE_WAIT4_USAGE_CLEARED
WAIT(pid, status, options, usage)
{
	pid_t found = real_wait(pid, status, options, usage);

	if (found == 0 && usage != NULL)
		memset(usage, 0, sizeof(*usage));
	return found;
}
#endif
