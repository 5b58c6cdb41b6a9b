#include "privileges.h"

#include "raw.h"

#include <sys/prctl.h>
#include <sys/resource.h>

#define PROCESSORS_MAX 8192
#define WORD_BITS (8 * (int)sizeof(unsigned long))

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

bool pin(int processor)
{
	unsigned long allowed[PROCESSORS_MAX / WORD_BITS] = { 0 };
	unsigned long chosen[PROCESSORS_MAX / WORD_BITS] = { 0 };

	if (syscall(SYS_sched_getaffinity, 0, sizeof(allowed), allowed) < 0)
		return false;
	for (int last = PROCESSORS_MAX - 1; processor < 0 && last >= 0; last--)
		if (allowed[last / WORD_BITS] >> last % WORD_BITS & 1)
			processor = last;
	if (processor < 0 || processor >= PROCESSORS_MAX)
		return false;
	chosen[processor / WORD_BITS] = 1UL << processor % WORD_BITS;
	return syscall(SYS_sched_setaffinity, 0, sizeof(chosen), chosen) == 0;
}

void pin_in_turn(int number)
{
	unsigned long allowed[PROCESSORS_MAX / WORD_BITS] = { 0 };
	int count = 0;

	if (syscall(SYS_sched_getaffinity, 0, sizeof(allowed), allowed) < 0)
		return;
	for (int at = 0; at < PROCESSORS_MAX; at++)
		count += allowed[at / WORD_BITS] >> at % WORD_BITS & 1;
	if (count == 0)
		return;
	number %= count;
	for (int at = 0; at < PROCESSORS_MAX; at++)
		if (allowed[at / WORD_BITS] >> at % WORD_BITS & 1 && number-- == 0)
			pin(at);
}

void sharpen_timers(void)
{
	raw_prctl(PR_SET_TIMERSLACK, 1);
}
