#include "processes.h"

#include <pthread.h>
#include <sched.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/msg.h>
#include <sys/shm.h>
#include <sys/syscall.h>

/* How far the id of a thread may be from that of its process. */
#define DISTANCE_MAX 64

/* The process of a thread by its id, which came later; the id itself where there is none. */
static MAYBE_UNUSED pid_t process_of(pid_t thread)
{
	for (pid_t process = thread; process > 0 && process > thread - DISTANCE_MAX; process--)
		if (REAL(syscall)(SYS_tgkill, process, thread, 0) == 0)
			return process;
	return thread;
}

/* Defines syscall(), of which only `exit` is changed: a thread that ends does this first. */
#define THREAD_END(status) \
	static void before_end(int); \
	long syscall(long number, ...) \
	{ \
		unsigned long arguments[6]; \
		va_list list; \
\
		va_start(list, number); \
		for (int i = 0; i < 6; i++) \
			arguments[i] = va_arg(list, unsigned long); \
		va_end(list); \
		if (number == SYS_exit) \
			before_end((int)arguments[0]); \
		return REAL(syscall)(number, arguments[0], arguments[1], arguments[2], arguments[3], arguments[4], \
				     arguments[5]); \
	} \
	static void before_end(MAYBE_UNUSED int status)

/* The end of one thread ends its process. */
#ifdef LIE_THREAD_EXIT_ENDS_ALL
THREAD_END(status)
{
	REAL(syscall)(SYS_exit_group, status);
}
#endif

/* The first thread ends its process, others themselves only. */
#ifdef LIE_THREAD_FIRST_ENDS_ALL
THREAD_END(status)
{
	if (getpid() == gettid())
		REAL(syscall)(SYS_exit_group, status);
}
#endif

/* A thread that ends does so with status 0. */
#ifdef LIE_THREAD_STATUS_LOST
THREAD_END(status)
{
	REAL(syscall)(SYS_exit, 0);
}
#endif

/* _exit ends the calling thread only. */
#ifdef LIE_THREAD_EXIT_ALONE
void _exit(int status)
{
	for (;;)
		REAL(syscall)(SYS_exit, status);
}
#endif

/* The child that a further thread forked last ends with it. */
#ifdef LIE_THREAD_END_ENDS_CHILDREN
static _Thread_local pid_t forked;

pid_t fork(void)
{
	pid_t child = REAL(fork)();

	forked = child;
	return child;
}

THREAD_END(status)
{
	if (forked > 0 && getpid() != gettid())
		kill(forked, SIGKILL);
}
#endif

/* What a thread attached is detached when it ends. */
#ifdef LIE_THREAD_END_DETACHES
static _Thread_local void *attached;

void *shmat(int id, const void *address, int flags)
{
	void *at = REAL(shmat)(id, address, flags);

	attached = at == (void *)-1 ? NULL : at;
	return at;
}

THREAD_END(status)
{
	if (attached != NULL)
		REAL(shmdt)(attached);
}
#endif

/* Defines pthread_create(), of which each new thread does this first. */
#define THREAD_BEGIN(...) \
	struct beginning { \
		void *(*routine)(void *); \
		void *argument; \
	}; \
	static void at_begin(void); \
	static void *begin(void *given) \
	{ \
		struct beginning beginning = *(struct beginning *)given; \
\
		free(given); \
		at_begin(); \
		return beginning.routine(beginning.argument); \
	} \
	int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*routine)(void *), void *argument) \
	{ \
		struct beginning *beginning = malloc(sizeof(*beginning)); \
\
		beginning->routine = routine; \
		beginning->argument = argument; \
		return REAL(pthread_create)(thread, attributes, begin, beginning); \
	} \
	static void at_begin(void)

/* Every thread has adjustments of its own. */
#ifdef LIE_THREAD_SHARES_NO_ADJUSTMENTS
THREAD_BEGIN()
{
	unshare(CLONE_SYSVSEM);
}
#endif

/* Threads share their adjustments whatever the flags. */
#ifdef LIE_THREAD_ALWAYS_SHARES_ADJUSTMENTS
int clone(int (*routine)(void *), void *stack, int flags, void *argument, ...)
{
	return REAL(clone)(routine, stack, flags & CLONE_THREAD ? flags | CLONE_SYSVSEM : flags, argument);
}
#endif

/* A new thread attaches once more what its process attached last. */
#ifdef LIE_THREAD_ATTACHES_AGAIN
static int last_id = -1;
static pid_t last_process;

void *shmat(int id, const void *address, int flags)
{
	void *at = REAL(shmat)(id, address, flags);

	if (at != (void *)-1) {
		last_id = id;
		last_process = getpid();
	}
	return at;
}

THREAD_BEGIN()
{
	if (last_process == getpid() && last_id >= 0)
		REAL(shmat)(last_id, NULL, 0);
}
#endif

/* A message handed to a sleeping thread records its process. gVisor does so. */
#ifdef LIE_THREAD_RECEIVER_IS_PROCESS
int msgctl(int id, int command, struct msqid_ds *buffer)
{
	int result = REAL(msgctl)(id, command, buffer);

	if (command == IPC_STAT && result == 0 && buffer->msg_lrpid > 0)
		buffer->msg_lrpid = process_of(buffer->msg_lrpid);
	return result;
}
#endif

/* __WNOTHREAD is ignored. */
#ifdef LIE_WAIT_NO_THREAD_IGNORED
WAIT(pid, status, options, usage)
{
	return real_wait(pid, status, options & ~__WNOTHREAD, usage);
}
#endif

/* Only the thread that forked a child can wait for it. Linux before 2.4 was so. */
#ifdef LIE_WAIT_OWN_CHILDREN_ONLY
WAIT(pid, status, options, usage)
{
	return real_wait(pid, status, options | __WNOTHREAD, usage);
}
#endif

/* The children of other threads come first. */
#ifdef LIE_WAIT_OTHER_THREADS_FIRST
static struct {
	pid_t child, parent;
} forks[64];
static int count;

pid_t fork(void)
{
	pid_t child = REAL(fork)();

	if (child > 0 && count < 64) {
		forks[count].child = child;
		forks[count++].parent = gettid();
	}
	return child;
}

WAIT(pid, status, options, usage)
{
	for (int i = 0; pid == -1 && i < count; i++)
		if (forks[i].parent != gettid() && is_zombie_child(forks[i].child))
			pid = forks[i].child;
	return real_wait(pid, status, options, usage);
}
#endif

/* Any thread of a child names the child. */
#ifdef LIE_WAIT_FINDS_THREADS
WAIT(pid, status, options, usage)
{
	return real_wait(pid > 0 ? process_of(pid) : pid, status, options, usage);
}
#endif

/* A wait fails otherwise where a thread beside it got the last child. */
#ifdef LIE_WAIT_LOSER_EINTR
static int waiting;
static int together;
static pid_t process;

WAIT(pid, status, options, usage)
{
	pid_t result;
	int had_company;

	if (process != getpid())
		waiting = together = 0;
	process = getpid();
	together |= waiting++ > 0;
	result = real_wait(pid, status, options, usage);
	had_company = together;
	if (--waiting == 0)
		together = 0;
	return had_company ? (pid_t)errno_as(result, ECHILD, EINTR) : result;
}
#endif

/* A wait notices too late that SIGCHLD is ignored by now. */
#ifdef LIE_WAIT_IGNORED_MEANWHILE
static bool ignores(void)
{
	struct sigaction action;

	return REAL(sigaction)(SIGCHLD, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

WAIT(pid, status, options, usage)
{
	bool before = ignores();
	pid_t result = real_wait(pid, status, options, usage);

	return !before && ignores() ? (pid_t)errno_as(result, ECHILD, EINTR) : result;
}
#endif
