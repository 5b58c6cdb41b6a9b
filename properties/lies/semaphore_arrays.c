#include "semaphores.h"

/*
 * The operations of an array run one after another, each when it can. An emulation by single semaphores, which
 * leaves an array with a number outside the set to the kernel.
 */
#ifdef LIE_SEMOP_ONE_BY_ONE
SEMOP(set, operations, count, timeout)
{
	int size = size_of(set);

	if (count == 0 || count > SEMOPM)
		return real_semop(set, operations, count, timeout);
	for (size_t i = 0; i < count; i++)
		if (size > 0 && operations[i].sem_num >= size)
			return real_semop(set, operations, count, timeout);
	for (size_t i = 0; i < count; i++)
		if (real_semop(set, operations + i, 1, timeout) != 0)
			return -1;
	return 0;
}
#endif

/* An array that fails keeps what its first operations did: the roll-back is missing. */
#ifdef LIE_SEMOP_KEEPS_PREFIX
SEMOP(set, operations, count, timeout)
{
	int result = real_semop(set, operations, count, timeout);
	int error = errno;

	if (result == -1 && (error == EAGAIN || error == ERANGE) && count > 1) {
		run_prefix(set, operations, count);
		errno = error;
	}
	return result;
}
#endif

/* All decreases of an array are tried first, so that nothing has to be undone. */
#ifdef LIE_SEMOP_DECREASES_FIRST
SEMOP(set, operations, count, timeout)
{
	struct sembuf sorted[SEMOPM];
	size_t at = 0;

	if (count > SEMOPM)
		return real_semop(set, operations, count, timeout);
	for (size_t i = 0; i < count; i++)
		if (operations[i].sem_op < 0)
			sorted[at++] = operations[i];
	for (size_t i = 0; i < count; i++)
		if (operations[i].sem_op >= 0)
			sorted[at++] = operations[i];
	return real_semop(set, sorted, count, timeout);
}
#endif

/* An operation of 0 means "do nothing". */
#ifdef LIE_SEMOP_ZERO_PASSES
SEMOP(set, operations, count, timeout)
{
	struct sembuf others[SEMOPM];
	size_t left = 0;
	int result;

	if (timeout != NULL)
		return real_semop(set, operations, count, timeout);
	if (!must_wait(set, operations, count, &result))
		return result;
	for (size_t i = 0; i < count; i++)
		if (operations[i].sem_op != 0)
			others[left++] = operations[i];
	return left == 0 ? 0 : real_semop(set, others, left, timeout);
}
#endif

/* One IPC_NOWAIT counts for the whole array, on whatever operation it is. */
#ifdef LIE_SEMOP_ANY_NO_WAIT
SEMOP(set, operations, count, timeout)
{
	if (count > SEMOPM || !has_flag(operations, count, IPC_NOWAIT))
		return real_semop(set, operations, count, timeout);
	return real_semop(set, with_flags(operations, count, IPC_NOWAIT, 0), count, timeout);
}
#endif

/* The flags of the first operation count for the whole array. */
#ifdef LIE_SEMOP_FIRST_NO_WAIT
SEMOP(set, operations, count, timeout)
{
	int first = count == 0 ? 0 : operations[0].sem_flg & IPC_NOWAIT;

	if (count > SEMOPM)
		return real_semop(set, operations, count, timeout);
	return real_semop(set, with_flags(operations, count, first, first ^ IPC_NOWAIT), count, timeout);
}
#endif

/* Only the result of an array must fit: neighbouring operations on one semaphore are added up first. */
#ifdef LIE_SEMOP_OVERFLOW_OF_THE_SUM
SEMOP(set, operations, count, timeout)
{
	int result = real_semop(set, operations, count, timeout);
	struct sembuf sums[SEMOPM];
	size_t left = 0;

	if (result == 0 || errno != ERANGE)
		return result;
	for (size_t i = 0; i < count; i++) {
		bool same = left > 0 && sums[left - 1].sem_num == operations[i].sem_num;
		int sum = same ? sums[left - 1].sem_op + operations[i].sem_op : 0;

		if (same && sum != 0 && sum > NEVER && sum <= SEMVMX)
			sums[left - 1].sem_op = (short)sum;
		else
			sums[left++] = operations[i];
	}
	return real_semop(set, sums, left, timeout);
}
#endif

/* An increase above the maximum stops at the maximum. */
#ifdef LIE_SEMOP_OVERFLOW_SATURATES
SEMOP(set, operations, count, timeout)
{
	int result = real_semop(set, operations, count, timeout);
	struct sembuf largest;

	if (result == 0 || errno != ERANGE || count != 1)
		return result;
	largest = operations[0];
	largest.sem_op = (short)(SEMVMX - ask(set, largest.sem_num, GETVAL));
	return largest.sem_op == 0 ? 0 : real_semop(set, &largest, 1, timeout);
}
#endif

/* An increase above the maximum waits for room, like a full queue. */
#ifdef LIE_SEMOP_OVERFLOW_WAITS
SEMOP(set, operations, count, timeout)
{
	int result = real_semop(set, operations, count, timeout);

	return result == -1 && errno == ERANGE && timeout == NULL ? sleep_on(set, operations[0]) : result;
}
#endif

/* The smallest short has no negative: it passes every check. gVisor did so. */
#ifdef LIE_SEMOP_HUGE_DECREASE_PASSES
SEMOP(set, operations, count, timeout)
{
	int obstacle = count > SEMOPM ? -1 : first_obstacle(set, operations, count);
	int result;

	if (timeout != NULL || obstacle < 0 || operations[obstacle].sem_op != NEVER)
		return real_semop(set, operations, count, timeout);
	/* Anything else that is wrong with the call is still told. */
	return must_wait(set, operations, count, &result) ? 0 : result;
}
#endif

/* SETALL is a loop of SETVAL: sleepers see states that were never meant. */
#ifdef LIE_SETALL_IS_MANY_SETVALS
SEMCTL(set, number, command, argument)
{
	int size = size_of(set);

	if (command != SETALL || size == 0)
		return real_semctl(set, number, command, argument);
	for (int i = 0; i < size; i++)
		if (argument.array[i] > SEMVMX)
			return real_semctl(set, number, command, argument);
	for (int i = 0; i < size; i++) {
		union semun one = { .val = argument.array[i] };

		if (real_semctl(set, i, SETVAL, one) != 0)
			return -1;
	}
	return 0;
}
#endif

/* SETALL sets the values in front of the one that is out of range. FreeBSD and NetBSD do so. */
#ifdef LIE_SETALL_STOPS_AT_BAD
SEMCTL(set, number, command, argument)
{
	int result = real_semctl(set, number, command, argument);

	if (command != SETALL || result == 0 || errno != ERANGE)
		return result;
	for (int i = 0; argument.array[i] <= SEMVMX; i++) {
		union semun one = { .val = argument.array[i] };

		real_semctl(set, i, SETVAL, one);
	}
	return fail(ERANGE);
}
#endif
