#include "usage.h"

#include "actor.h"
#include "poison.h"

#include <stdio.h>

/* Microseconds that clocks may differ by, and are slower to see than what they measure. */
#define TIME_SLACK 1000
#define DRIFT 64

static _Thread_local struct usage usage;

struct usage *usage_expected(void)
{
	poison(&usage, sizeof(usage));
	return &usage;
}

static bool is_by_kernel(void)
{
	return !is_poison(&usage.by_kernel, sizeof(usage.by_kernel));
}

bool usage_was_written(void)
{
	return !is_poison(&usage, sizeof(usage));
}

static int64_t time_used(void)
{
	if (is_by_kernel())
		return (usage.by_kernel.user_seconds + usage.by_kernel.system_seconds) * INT64_C(1000000) +
		       usage.by_kernel.user_microseconds + usage.by_kernel.system_microseconds;
	return (usage.by_libc.ru_utime.tv_sec + usage.by_libc.ru_stime.tv_sec) * INT64_C(1000000) +
	       usage.by_libc.ru_utime.tv_usec + usage.by_libc.ru_stime.tv_usec;
}

static int64_t memory_used(void)
{
	return (is_by_kernel() ? usage.by_kernel.most_memory : usage.by_libc.ru_maxrss) * INT64_C(1024);
}

int64_t memory_now(void)
{
	char text[128];
	int fd = raw_open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
	long length = fd < 0 ? -1 : raw_read(fd, text, sizeof(text) - 1);
	long total, resident = 0;

	if (fd >= 0)
		raw_close(fd);
	text[length < 0 ? 0 : length] = '\0';
	return sscanf(text, "%ld %ld", &total, &resident) == 2 ? resident * sysconf(_SC_PAGESIZE) : 0;
}

/* The units in `used`, of which at most `besides` may be something else. */
static void put_units(struct call *call, int64_t used, int64_t besides, int64_t unit)
{
	int64_t least = used <= besides ? 0 : (used - besides + unit - 1) / unit;

	put_int(call, least > INT32_MAX ? INT32_MAX : (int32_t)least);
	put_int(call, used < 0 ? -1 : used / unit > INT32_MAX ? INT32_MAX : (int32_t)(used / unit));
}

static void put_all(struct call *call, int64_t elapsed, int burned)
{
	int64_t besides = elapsed + elapsed / DRIFT + TIME_SLACK - (int64_t)burned * TIME_UNIT;
	int64_t memory = memory_now();

	if (!usage_was_written()) {
		for (int i = 0; i < 4; i++)
			put_int(call, POISON_WORD);
		return;
	}
	put_units(call, time_used(), besides, TIME_UNIT);
	if (memory < shared->bytes_besides)
		memory = shared->bytes_besides;
	/* What is attached, and what the kernel has not yet counted. */
	put_units(call, memory_used(), memory + MEMORY_UNIT / 2, MEMORY_UNIT);
}

/* All actors run on one processor, one at a time. */
void put_usage(struct call *call)
{
	put_all(call, run->busy + monotonic_microseconds() - run->turn_began, shared->burned);
}

void put_own_usage(struct call *call)
{
	const struct slot *me = actor_slot();

	put_all(call, monotonic_microseconds() - me->born, shared->burned - me->burned_before);
}
