#include "semaphores.h"

#include <time.h>

#define SECOND 1000000000L

/* A deadline that passes is ETIMEDOUT, as in sem_timedwait. */
#ifdef LIE_SEMTIMEDOP_ETIMEDOUT
SEMOP(set, operations, count, timeout)
{
	int result = real_semop(set, operations, count, timeout);

	if (timeout != NULL && !has_flag(operations, count, IPC_NOWAIT))
		return errno_as(result, EAGAIN, ETIMEDOUT);
	return result;
}
#endif

/* A deadline that passes is no failure. */
#ifdef LIE_SEMTIMEDOP_EXPIRY_SUCCEEDS
SEMOP(set, operations, count, timeout)
{
	int result = real_semop(set, operations, count, timeout);
	bool expired = timeout != NULL && result == -1 && errno == EAGAIN && !has_flag(operations, count, IPC_NOWAIT);

	return expired ? 0 : result;
}
#endif

/* Half of the time is enough: a tick of the clock is taken for two. */
#ifdef LIE_SEMTIMEDOP_EARLY
SEMOP(set, operations, count, timeout)
{
	struct timespec half;

	if (timeout == NULL || timeout->tv_nsec < 0 || timeout->tv_nsec >= SECOND || timeout->tv_sec != 0)
		return real_semop(set, operations, count, timeout);
	half = (struct timespec){ 0, timeout->tv_nsec / 2 };
	return real_semop(set, operations, count, &half);
}
#endif

/* A time limit of zero is none. */
#ifdef LIE_SEMTIMEDOP_ZERO_WAITS
SEMOP(set, operations, count, timeout)
{
	bool zero = timeout != NULL && timeout->tv_sec == 0 && timeout->tv_nsec == 0;

	return real_semop(set, operations, count, zero ? NULL : timeout);
}
#endif

/* No time limit is a limit of zero. */
#ifdef LIE_SEMTIMEDOP_NULL_EXPIRES
int semtimedop(int set, struct sembuf *operations, size_t count, const struct timespec *timeout)
{
	struct timespec now = { 0, 0 };

	return real_semop(set, operations, count, timeout == NULL ? &now : timeout);
}
#endif

/* Nanoseconds that are out of range are carried over into the seconds. */
#ifdef LIE_SEMTIMEDOP_CARRIES_NANOSECONDS
SEMOP(set, operations, count, timeout)
{
	struct timespec normal;

	if (timeout == NULL || (timeout->tv_nsec >= 0 && timeout->tv_nsec < SECOND))
		return real_semop(set, operations, count, timeout);
	normal = (struct timespec){ timeout->tv_sec + 1, (timeout->tv_nsec + SECOND) % SECOND };
	return real_semop(set, operations, count, &normal);
}
#endif

/* The time limit is looked at only when the call must sleep. */
#ifdef LIE_SEMTIMEDOP_BAD_TIME_SEEN_LATE
SEMOP(set, operations, count, timeout)
{
	int result;

	if (timeout == NULL || count == 0)
		return real_semop(set, operations, count, timeout);
	return must_wait(set, operations, count, &result) ? real_semop(set, operations, count, timeout) : result;
}
#endif

/* The deadline is kept in whole seconds: what is shorter has passed. */
#ifdef LIE_SEMTIMEDOP_WHOLE_SECONDS
SEMOP(set, operations, count, timeout)
{
	struct timespec rounded;

	if (timeout == NULL || timeout->tv_nsec < 0 || timeout->tv_nsec >= SECOND)
		return real_semop(set, operations, count, timeout);
	rounded = (struct timespec){ timeout->tv_sec, 0 };
	return real_semop(set, operations, count, &rounded);
}
#endif

/* Seconds that do not fit into the kernel's nanoseconds overflow: the deadline is in the past. */
#ifdef LIE_SEMTIMEDOP_HUGE_OVERFLOWS
SEMOP(set, operations, count, timeout)
{
	struct timespec past = { 0, 0 };
	bool huge = timeout != NULL && timeout->tv_sec > INT64_MAX / SECOND;

	return real_semop(set, operations, count, huge ? &past : timeout);
}
#endif

/* A negative number of seconds means "for ever", as in poll. */
#ifdef LIE_SEMTIMEDOP_NEGATIVE_IS_NO_LIMIT
SEMOP(set, operations, count, timeout)
{
	return real_semop(set, operations, count, timeout != NULL && timeout->tv_sec < 0 ? NULL : timeout);
}
#endif
