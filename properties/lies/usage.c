#include "processes.h"

#include <stdarg.h>
#include <sys/mman.h>
#include <sys/syscall.h>

static inline void add(struct timeval *to, const struct timeval *more)
{
	int64_t sum = (to->tv_sec + more->tv_sec) * INT64_C(1000000) + to->tv_usec + more->tv_usec;

	to->tv_sec = (time_t)(sum / 1000000);
	to->tv_usec = (suseconds_t)(sum % 1000000);
}

static inline void add_time(struct rusage *to, const struct rusage *more)
{
	add(&to->ru_utime, &more->ru_utime);
	add(&to->ru_stime, &more->ru_stime);
}

/* Defines getrusage(), which tells something else where it succeeds. */
#define GETRUSAGE(who, usage) \
	static void change(int, struct rusage *); \
	int getrusage(__rusage_who_t whose, struct rusage *place) \
	{ \
		int result = REAL(getrusage)(whose, place); \
\
		if (result == 0) \
			change((int)whose, place); \
		return result; \
	} \
	static void change(MAYBE_UNUSED int who, MAYBE_UNUSED struct rusage *usage)

/* A child starts with the usage of its parent. */
#ifdef LIE_FORK_KEEPS_USAGE
static struct rusage inherited;

pid_t fork(void)
{
	struct rusage mine, before = inherited;
	pid_t pid;

	REAL(getrusage)(RUSAGE_SELF, &mine);
	add_time(&inherited, &mine);
	pid = REAL(fork)();
	if (pid != 0)
		inherited = before;
	return pid;
}

GETRUSAGE(who, usage)
{
	if (who == RUSAGE_SELF)
		add_time(usage, &inherited);
}
#endif

/* RUSAGE_SELF tells the usage of the children as well. */
#ifdef LIE_OWN_USAGE_WITH_CHILDREN
GETRUSAGE(who, usage)
{
	struct rusage children;

	REAL(getrusage)(RUSAGE_CHILDREN, &children);
	if (who == RUSAGE_SELF)
		add_time(usage, &children);
}
#endif

/* Children that were waited for do not count. */
#ifdef LIE_USAGE_OF_CHILDREN_LOST
GETRUSAGE(who, usage)
{
	if (who == RUSAGE_CHILDREN)
		memset(usage, 0, sizeof(*usage));
}
#endif

/* A child counts as soon as it has ended. */
#ifdef LIE_USAGE_COUNTS_ZOMBIES
GETRUSAGE(who, usage)
{
	siginfo_t info = { .si_pid = 0 };
	struct rusage zombie;

	if (who != RUSAGE_CHILDREN)
		return;
	if (syscall(SYS_waitid, P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT, &zombie) == 0 && info.si_pid != 0)
		add_time(usage, &zombie);
}
#endif

/* The memory of the children is added up. */
#ifdef LIE_MEMORY_OF_CHILDREN_IS_A_SUM
static long sum;

WAIT(pid, status, options, usage)
{
	struct rusage other, *place = usage == NULL ? &other : usage;
	pid_t found = real_wait(pid, status, options, place);

	if (found > 0 && !WIFSTOPPED(*status) && *status != CONTINUED)
		sum += place->ru_maxrss;
	return found;
}

GETRUSAGE(who, usage)
{
	if (who == RUSAGE_CHILDREN && sum > usage->ru_maxrss)
		usage->ru_maxrss = sum;
}
#endif

/* wait4 tells no usage. */
#ifdef LIE_WAIT4_USAGE_EMPTY
WAIT(pid, status, options, usage)
{
	pid_t found = real_wait(pid, status, options, usage);

	if (found > 0 && usage != NULL)
		memset(usage, 0, sizeof(*usage));
	return found;
}
#endif

/* The fifth argument of waitid is ignored, as the libc's wrapper has none. */
#ifdef LIE_WAITID_USAGE_IGNORED
long syscall(long number, ...)
{
	unsigned long arguments[6];
	va_list list;

	va_start(list, number);
	for (int i = 0; i < 6; i++)
		arguments[i] = va_arg(list, unsigned long);
	va_end(list);
	if (number == SYS_waitid)
		arguments[4] = 0;
	return REAL(syscall)(number, arguments[0], arguments[1], arguments[2], arguments[3], arguments[4], arguments[5]);
}
#endif

/* What processes had used when they ended, by the pid of their parent: in memory that all of them share. */
#if defined(LIE_USAGE_OF_AUTOREAPED_COUNTS) || defined(LIE_USAGE_OF_UNWAITED_COUNTS)
#define PIDS 65536

static struct rusage *ended;

__attribute__((constructor)) static void share(void)
{
	ended = mmap(NULL, PIDS * sizeof(*ended), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
}

static struct rusage *ended_below(pid_t pid)
{
	return &ended[pid % PIDS];
}

void _exit(int status)
{
	struct rusage mine;

	REAL(getrusage)(RUSAGE_SELF, &mine);
	add_time(ended_below(getppid()), &mine);
	REAL(_exit)(status);
	for (;;)
		;
}
#endif

/* Children that left no zombie count. */
#ifdef LIE_USAGE_OF_AUTOREAPED_COUNTS
GETRUSAGE(who, usage)
{
	struct sigaction action;

	if (who == RUSAGE_CHILDREN && REAL(sigaction)(SIGCHLD, NULL, &action) == 0 && action.sa_handler == SIG_IGN)
		add_time(usage, ended_below(getpid()));
}
#endif

/* Children count with those that they did not wait for. */
#ifdef LIE_USAGE_OF_UNWAITED_COUNTS
static struct rusage more;
static bool has_waited;

WAIT(pid, status, options, usage)
{
	pid_t found = real_wait(pid, status, options, usage);

	has_waited |= found > 0;
	if (found > 0 && !WIFSTOPPED(*status) && *status != CONTINUED) {
		add_time(&more, ended_below(found));
		memset(ended_below(found), 0, sizeof(*ended));
		memset(ended_below(getpid()), 0, sizeof(*ended));
	}
	return found;
}

GETRUSAGE(who, usage)
{
	if (who == RUSAGE_CHILDREN && has_waited)
		add_time(usage, &more);
}
#endif
