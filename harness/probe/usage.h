/*
 * What processes have used, in units. Scenarios use processor time and memory on purpose, so much at a time that what is
 * used besides can be told apart: all of it together is no more than the time that turns have taken. Nothing is ever
 * compared with a clock: a process that was kept waiting makes the answer less exact, never wrong.
 */
#ifndef USAGE_H
#define USAGE_H

#include "call.h"
#include "raw.h"

#include <sys/resource.h>

/* Microseconds and bytes. */
#define TIME_UNIT 4000
#define MEMORY_UNIT (INT64_C(8) << 20)

/* The kernel's struct rusage; some libcs have longer fields in theirs. */
struct kernel_usage {
	kernel_long user_seconds, user_microseconds, system_seconds, system_microseconds;
	kernel_long most_memory;
	kernel_long others[13];
};

struct usage {
	struct rusage by_libc;
	struct kernel_usage by_kernel;
};

/* Poisoned room for the usage that a call stores, in the libc's layout or in the kernel's. */
struct usage *usage_expected(void);
bool usage_was_written(void);

/* Adds the units that were stored to the out data; poison where none were. */
void put_usage(struct call *call);
/* The same where it is that of the caller alone. */
void put_own_usage(struct call *call);

/* Bytes of memory that this process has now. */
int64_t memory_now(void);

#endif
