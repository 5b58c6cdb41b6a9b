#include "processes.h"

/* SA_NOCLDWAIT is ignored. qemu's user mode does so. */
#ifdef LIE_NO_CHILD_WAIT_IGNORED
int sigaction(int signal, const struct sigaction *action, struct sigaction *old)
{
	struct sigaction changed = *action;

	changed.sa_flags &= ~SA_NOCLDWAIT;
	return REAL(sigaction)(signal, &changed, old);
}
#endif

/* SA_NOCLDSTOP is ignored. qemu's user mode does so. */
#ifdef LIE_NO_CHILD_STOP_IGNORED
int sigaction(int signal, const struct sigaction *action, struct sigaction *old)
{
	struct sigaction changed = *action;

	changed.sa_flags &= ~SA_NOCLDSTOP;
	return REAL(sigaction)(signal, &changed, old);
}
#endif

/* SA_NOCLDSTOP keeps ends from being told as well. */
#ifdef LIE_NO_CHILD_STOP_HIDES_ENDS
int sigaction(int signal, const struct sigaction *action, struct sigaction *old)
{
	struct sigaction changed = *action;

	if (signal == SIGCHLD && action->sa_flags & SA_NOCLDSTOP)
		changed.sa_handler = SIG_DFL;
	return REAL(sigaction)(signal, &changed, old);
}
#endif

/* Every handler restarts calls, as signal() of BSD has it. */
#ifdef LIE_RESTART_ALWAYS
int sigaction(int signal, const struct sigaction *action, struct sigaction *old)
{
	struct sigaction changed = *action;

	changed.sa_flags |= SA_RESTART;
	return REAL(sigaction)(signal, &changed, old);
}
#endif

/* No handler restarts calls, as in System V. */
#ifdef LIE_RESTART_NEVER
int sigaction(int signal, const struct sigaction *action, struct sigaction *old)
{
	struct sigaction changed = *action;

	changed.sa_flags &= ~SA_RESTART;
	return REAL(sigaction)(signal, &changed, old);
}
#endif

/* SIGCHLD is ignored by default, so SIG_IGN changes nothing. A common textbook claim. */
#ifdef LIE_IGNORED_CHILDREN_ARE_DEFAULT
int sigaction(int signal, const struct sigaction *action, struct sigaction *old)
{
	struct sigaction changed = *action;

	if (signal == SIGCHLD && action->sa_handler == SIG_IGN)
		changed.sa_handler = SIG_DFL;
	return REAL(sigaction)(signal, &changed, old);
}
#endif

/* Ignoring SIGCHLD removes the zombies that are there. illumos does so. */
#ifdef LIE_IGNORING_CHILDREN_REMOVES_ZOMBIES
int sigaction(int signal, const struct sigaction *action, struct sigaction *old)
{
	int result = REAL(sigaction)(signal, action, old);

	while (result == 0 && signal == SIGCHLD && action->sa_handler == SIG_IGN &&
	       REAL(waitpid)(-1, NULL, WNOHANG) > 0)
		;
	return result;
}
#endif

/* A handler is used once, as signal() of System V has it. */
#ifdef LIE_HANDLER_USED_ONCE
int sigaction(int signal, const struct sigaction *action, struct sigaction *old)
{
	struct sigaction changed = *action;

	changed.sa_flags |= (int)SA_RESETHAND;
	return REAL(sigaction)(signal, &changed, old);
}
#endif

/* A handler that is installed through this one gets its siginfo from `retell` first. */
#define HANDLER(info) \
	static void (*handlers[65])(int, siginfo_t *, void *); \
	static void retell(siginfo_t *); \
	static void tell(int signal, siginfo_t *told, void *context) \
	{ \
		retell(told); \
		handlers[signal](signal, told, context); \
	} \
	int sigaction(int signal, const struct sigaction *action, struct sigaction *old) \
	{ \
		struct sigaction changed = *action; \
\
		if (signal == SIGCHLD && action->sa_flags & SA_SIGINFO) { \
			handlers[signal] = action->sa_sigaction; \
			changed.sa_sigaction = tell; \
		} \
		return REAL(sigaction)(signal, &changed, old); \
	} \
	static void retell(siginfo_t *info)

/* The handler is not told which child it was. */
#ifdef LIE_SIGCHLD_WITHOUT_PID
HANDLER(info)
{
	info->si_pid = 0;
}
#endif

/* The handler is told that a killed child has exited. */
#ifdef LIE_SIGCHLD_KILLED_IS_EXITED
HANDLER(info)
{
	if (info->si_code == CLD_KILLED)
		info->si_code = CLD_EXITED;
}
#endif

/* The handler is told status 0 when a child continues. gVisor does so. */
#ifdef LIE_SIGCHLD_CONTINUE_WITHOUT_SIGNAL
HANDLER(info)
{
	if (info->si_code == CLD_CONTINUED)
		info->si_status = 0;
}
#endif

/* SIGCONT does not continue anybody. */
#ifdef LIE_KILL_CONTINUE_LOST
int kill(pid_t pid, int signal)
{
	return REAL(kill)(pid, signal == SIGCONT ? 0 : signal);
}
#endif

/* SIGKILL does not end a stopped process until it continues: it is sent as SIGTERM. */
#ifdef LIE_KILL_IS_TERMINATE
int kill(pid_t pid, int signal)
{
	return REAL(kill)(pid, signal == SIGKILL ? SIGTERM : signal);
}
#endif

/* A zombie does not exist any more. */
#ifdef LIE_KILL_ZOMBIE_ESRCH
int kill(pid_t pid, int signal)
{
	return is_zombie_child(pid) ? fail(ESRCH) : REAL(kill)(pid, signal);
}
#endif

/* A signal to a group reaches its leader only. */
#ifdef LIE_KILL_GROUP_LEADER_ONLY
int kill(pid_t pid, int signal)
{
	return REAL(kill)(pid < -1 && pid != INT_MIN ? -pid : pid, signal);
}
#endif

/* A signal number that does not exist is not noticed. */
#ifdef LIE_KILL_BAD_SIGNAL_ACCEPTED
int kill(pid_t pid, int signal)
{
	return REAL(kill)(pid, signal < 0 || signal > 64 ? 0 : signal);
}
#endif

/* A process that does not exist is no error. */
#ifdef LIE_KILL_NOBODY_SUCCEEDS
int kill(pid_t pid, int signal)
{
	int result = REAL(kill)(pid, signal);

	return result == -1 && errno == ESRCH ? 0 : result;
}
#endif

/* Blocking a signal has no effect. */
#ifdef LIE_BLOCK_IGNORED
int sigprocmask(int how, const sigset_t *set, sigset_t *old)
{
	return REAL(sigprocmask)(how, how == SIG_BLOCK ? NULL : set, old);
}
#endif

/* Unblocking a signal discards it where it is pending. */
#ifdef LIE_UNBLOCK_DISCARDS
int sigprocmask(int how, const sigset_t *set, sigset_t *old)
{
	struct timespec now = { 0, 0 };

	if (how == SIG_UNBLOCK && set != NULL)
		while (sigtimedwait(set, NULL, &now) > 0)
			;
	return REAL(sigprocmask)(how, set, old);
}
#endif

/* Nothing is ever pending. */
#ifdef LIE_PENDING_HIDDEN
int sigpending(sigset_t *set)
{
	return sigemptyset(set);
}
#endif

/* SIGCHLD stops pending when the child is reaped. POSIX asks for it, illumos and FreeBSD do it. */
#ifdef LIE_REAPING_DISCARDS_SIGCHLD
WAIT(pid, status, options, usage)
{
	pid_t found = real_wait(pid, status, options, usage);
	struct timespec now = { 0, 0 };
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	if (found > 0)
		sigtimedwait(&set, NULL, &now);
	return found;
}
#endif
