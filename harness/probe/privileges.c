#include "privileges.h"

#include "raw.h"

#include <sys/prctl.h>
#include <sys/resource.h>

#ifndef RLIMIT_RTPRIO
#define RLIMIT_RTPRIO 14
#endif
#ifndef RLIMIT_RTTIME
#define RLIMIT_RTTIME 15
#endif

bool use_fifo(int pid, int priority)
{
	return syscall(SYS_sched_setscheduler, pid, SCHED_FIFO, &priority) == 0;
}

void use_ordinary_scheduling(int pid)
{
	int priority = 0;

	syscall(SYS_sched_setscheduler, pid, SCHED_OTHER, &priority);
}

static void limit(int resource, uint64_t most)
{
	uint64_t limits[2] = { most, most };

	syscall(SYS_prlimit64, 0, resource, limits, NULL);
}

void permit_fifo(void)
{
	uint64_t limits[2];

	if (syscall(SYS_prlimit64, 0, RLIMIT_RTPRIO, NULL, limits) == 0 && limits[0] < GUARD_PRIORITY)
		limit(RLIMIT_RTPRIO, limits[1] > GUARD_PRIORITY ? limits[1] : GUARD_PRIORITY);
}

void limit_spinning(int seconds)
{
	limit(RLIMIT_RTTIME, (uint64_t)seconds * 1000000);
}

void forbid_core_dumps(void)
{
	limit(RLIMIT_CORE, 0);
}

void sharpen_timers(void)
{
	raw_prctl(PR_SET_TIMERSLACK, 1);
}
