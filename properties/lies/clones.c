#include "processes.h"

#include <sched.h>
#include <stdarg.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

/* __WCLONE is ignored: the ordinary children are waited for. */
#ifdef LIE_WAIT_CLONE_OPTION_IGNORED
WAIT(pid, status, options, usage)
{
	return real_wait(pid, status, options & ~(int)__WCLONE, usage);
}
#endif

/* __WALL is ignored. */
#ifdef LIE_WAIT_ALL_OPTION_IGNORED
WAIT(pid, status, options, usage)
{
	return real_wait(pid, status, options & ~__WALL, usage);
}
#endif

/* A plain wait is for children of both kinds. */
#ifdef LIE_WAIT_FINDS_CLONES
WAIT(pid, status, options, usage)
{
	return real_wait(pid, status, options & (int)__WCLONE ? options : options | __WALL, usage);
}
#endif

/* Both options about kinds at once are an error. gVisor says so. */
#ifdef LIE_WAIT_BOTH_KINDS_EINVAL
WAIT(pid, status, options, usage)
{
	if (options & __WALL && options & (int)__WCLONE)
		return fail(EINVAL);
	return real_wait(pid, status, options, usage);
}
#endif

/* Defines syscall(), of which only clone with other flags than fork's is changed: to what `flags` becomes. */
#define CLONE(flags) \
	static unsigned long changed(unsigned long); \
	long syscall(long number, ...) \
	{ \
		unsigned long arguments[6]; \
		va_list list; \
\
		va_start(list, number); \
		for (int i = 0; i < 6; i++) \
			arguments[i] = va_arg(list, unsigned long); \
		va_end(list); \
		if (number == SYS_clone && arguments[0] != SIGCHLD) \
			arguments[0] = changed(arguments[0]); \
		return REAL(syscall)(number, arguments[0], arguments[1], arguments[2], arguments[3], arguments[4], \
				     arguments[5]); \
	} \
	static unsigned long changed(unsigned long flags)

/* CLONE_PARENT is ignored: the new process is a child of the caller. gVisor does so. */
#ifdef LIE_CLONE_PARENT_IGNORED
CLONE(flags)
{
	return flags & ~(unsigned long)CLONE_PARENT;
}
#endif

/* Every child sends SIGCHLD. */
#ifdef LIE_CLONE_SIGNAL_IS_SIGCHLD
CLONE(flags)
{
	return (flags & ~(unsigned long)CSIGNAL) | SIGCHLD;
}
#endif

/* A child that should send something else than SIGCHLD sends nothing. */
#ifdef LIE_CLONE_SIGNAL_LOST
CLONE(flags)
{
	return (flags & CSIGNAL) == SIGCHLD ? flags : flags & ~(unsigned long)CSIGNAL;
}
#endif

/* CLONE_SYSVSEM is ignored: everybody has adjustments of its own. */
#ifdef LIE_CLONE_SHARES_NO_ADJUSTMENTS
CLONE(flags)
{
	return flags & ~(unsigned long)CLONE_SYSVSEM;
}
#endif

/* unshare leaves the adjustments as they are. */
#ifdef LIE_UNSHARE_KEEPS_ADJUSTMENTS
int unshare(int flags)
{
	return flags == CLONE_SYSVSEM ? 0 : REAL(unshare)(flags);
}
#endif

/* The signal for the end of the parent is never sent. */
#ifdef LIE_DEATH_SIGNAL_LOST
int prctl(int option, ...)
{
	unsigned long value;
	va_list list;

	va_start(list, option);
	value = va_arg(list, unsigned long);
	va_end(list);
	return REAL(prctl)(option, option == PR_SET_PDEATHSIG && value <= 64 ? 0 : value, 0UL, 0UL, 0UL);
}
#endif

/* Defines the clone() of the libc, of which the flags become others. */
#define CLONE_ON_A_STACK(flags) \
	static int changed(int); \
	int clone(int (*life)(void *), void *stack, int given, void *argument, ...) \
	{ \
		return REAL(clone)(life, stack, changed(given), argument); \
	} \
	static int changed(int flags)

/* vfork is fork: the parent goes on at once. qemu-user does so. */
#ifdef LIE_VFORK_IS_FORK
CLONE_ON_A_STACK(flags)
{
	return flags & ~(CLONE_VM | CLONE_VFORK);
}
#endif

/* The child of vfork has a copy of the memory. */
#ifdef LIE_VFORK_COPIES_MEMORY
CLONE_ON_A_STACK(flags)
{
	return flags & ~CLONE_VM;
}
#endif
