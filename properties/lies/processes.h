/* Processes, waiting and signals as lies see them. */
#ifndef PROCESSES_H
#define PROCESSES_H

#include "lie.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

/* Status words. */
#define STOPPED_BY(signal) ((signal) << 8 | 0x7f)
#define CONTINUED 0xffff

/* Defines wait(), waitpid() and wait4(), which are one call; `status` is never NULL. */
#define WAIT(pid, status, options, usage) \
	static pid_t await(pid_t, int *, int, struct rusage *); \
	pid_t wait4(pid_t whom, int *place, int how, struct rusage *used) \
	{ \
		int dropped = 0; \
\
		return await(whom, place == NULL ? &dropped : place, how, used); \
	} \
	pid_t waitpid(pid_t whom, int *place, int how) \
	{ \
		return wait4(whom, place, how, NULL); \
	} \
	pid_t wait(int *place) \
	{ \
		return wait4(-1, place, 0, NULL); \
	} \
	static pid_t await(MAYBE_UNUSED pid_t pid, MAYBE_UNUSED int *status, MAYBE_UNUSED int options, \
			   MAYBE_UNUSED struct rusage *usage)

static inline pid_t real_wait(pid_t pid, int *status, int options, struct rusage *usage)
{
	return REAL(wait4)(pid, status, options, usage);
}

static inline int real_waitid(idtype_t type, id_t id, siginfo_t *info, int options)
{
	return REAL(waitid)(type, id, info, options);
}

static inline bool is_zombie_child(pid_t pid)
{
	siginfo_t info = { .si_pid = 0 };

	return pid > 0 && real_waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == pid;
}

/* Gives the signal this disposition where its disposition is another one. */
static inline void set_handler(int signal, void (*from)(int), void (*to)(int))
{
	struct sigaction action;

	if (REAL(sigaction)(signal, NULL, &action) != 0 || action.sa_handler != from)
		return;
	action.sa_handler = to;
	REAL(sigaction)(signal, &action, NULL);
}

#endif
