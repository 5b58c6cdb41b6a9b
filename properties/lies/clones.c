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

#ifndef CLONE_NEWIPC
#define CLONE_NEWIPC 0x08000000
#endif

#define CAP_NUMBER_SYS_ADMIN 21

static MAYBE_UNUSED bool is_admin(void)
{
	uint32_t header[2] = { 0x20080522u, 0 }, sets[6] = { 0 };

	return REAL(syscall)(SYS_capget, header, sets) == 0 && sets[0] >> CAP_NUMBER_SYS_ADMIN & 1;
}

/* unshare makes no new IPC namespace. */
#ifdef LIE_UNSHARE_MAKES_NO_NAMESPACE
int unshare(int flags)
{
	return flags == CLONE_NEWIPC && is_admin() ? 0 : REAL(unshare)(flags);
}
#endif

/* Who leaves an IPC namespace loses its adjustments: the last one is made up for. */
#ifdef LIE_LEAVING_LOSES_ADJUSTMENTS
#include <sys/sem.h>

static int adjusted = -1;
static struct sembuf last;

int semop(int set, struct sembuf *operations, size_t count)
{
	int result = REAL(semop)(set, operations, count);

	if (result == 0 && count == 1 && operations[0].sem_flg & SEM_UNDO) {
		adjusted = set;
		last = operations[0];
	}
	return result;
}

int unshare(int flags)
{
	if (flags & CLONE_NEWIPC && adjusted >= 0 && is_admin()) {
		last.sem_flg = IPC_NOWAIT;
		REAL(semop)(adjusted, &last, 1);
	}
	return REAL(unshare)(flags);
}
#endif

/* In a pid namespace of its own a process sees others by the pid of its first process. */
#ifdef LIE_PID_OF_STRANGERS_SHOWN
#include <sys/sem.h>

int semctl(int set, int number, int command, ...)
{
	void *argument;
	va_list list;
	int result;

	va_start(list, command);
	argument = va_arg(list, void *);
	va_end(list);
	result = REAL(semctl)(set, number, command, argument);
	return command == GETPID && result == 0 && getpid() == 1 ? 1 : result;
}
#endif
