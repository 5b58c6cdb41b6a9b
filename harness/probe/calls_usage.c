#include "calls.h"

#include "usage.h"

#include <sys/mman.h>

/* More cannot be used at a time, so that nobody has to wait long. */
#define UNITS_MAX 8
/* What is used beyond the units, so that rounding takes nothing away from them. */
#define TIME_EXTRA 20
#define MEMORY_EXTRA (INT64_C(1) << 20)

static int64_t time_of_mine(void)
{
	struct timespec used;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
	return (int64_t)used.tv_sec * 1000000 + used.tv_nsec / 1000;
}

static bool take_units(struct call *call, int *units)
{
	*units = take_int(call);
	if (*units > 0 && *units <= UNITS_MAX)
		return true;
	call->kind = SKIPPED;
	return false;
}

void call_burn(struct call *call)
{
	int64_t end;
	int units;

	if (!take_units(call, &units))
		return;
	end = time_of_mine() + (int64_t)units * TIME_UNIT + TIME_EXTRA;
	while (time_of_mine() < end)
		;
	shared->burned += units;
	call->value = 0;
}

void call_fill(struct call *call)
{
	int64_t before = memory_now();
	volatile char *memory;
	size_t bytes;
	int units;

	if (!take_units(call, &units))
		return;
	bytes = (size_t)(units * MEMORY_UNIT + MEMORY_EXTRA);
	if (before > shared->bytes_besides)
		shared->bytes_besides = before;
	memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
	if (memory == MAP_FAILED) {
		call->value = -1;
		call->error = errno;
		return;
	}
	for (size_t at = 0; at < bytes; at += 4096)
		memory[at] = 1;
	munmap((void *)memory, bytes);
	call->value = 0;
}

void call_getrusage(struct call *call)
{
	int who = take_int(call);
	struct usage *usage = usage_expected();

	RETURNS(call, getrusage(who, &usage->by_libc), syscall(SYS_getrusage, who, &usage->by_kernel));
	if (call_failed(call) && !usage_was_written())
		return;
	if (who == RUSAGE_SELF)
		put_own_usage(call);
	else
		put_usage(call);
}
