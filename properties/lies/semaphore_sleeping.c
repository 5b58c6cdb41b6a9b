#include "semaphores.h"

#include <sys/mman.h>

/* A process that must wait for an increase is never woken by one. */
#ifdef LIE_SEMOP_LOST_WAKE_UP
SEMOP(set, operations, count, timeout)
{
	int result;

	if (!may_sleep_to_decrease(operations, count, timeout))
		return real_semop(set, operations, count, timeout);
	return must_wait(set, operations, count, &result) ? sleep_on(set, operations[0]) : result;
}
#endif

/* Who is stopped by a later operation is in the queue of the first: it misses the increase that it needs. */
#ifdef LIE_SEMOP_ARRAY_LOST_WAKE_UP
SEMOP(set, operations, count, timeout)
{
	int result, obstacle;

	if (timeout != NULL || count < 2 || has_flag(operations, count, IPC_NOWAIT))
		return real_semop(set, operations, count, timeout);
	if (!must_wait(set, operations, count, &result))
		return result;
	obstacle = first_obstacle(set, operations, count);
	if (obstacle <= 0 || operations[obstacle].sem_op == 0)
		return real_semop(set, operations, count, timeout);
	return sleep_on(set, operations[obstacle]);
}
#endif

/* A woken process leaves without taking what it waited for. */
#ifdef LIE_SEMOP_WOKEN_TAKES_NOTHING
SEMOP(set, operations, count, timeout)
{
	struct sembuf back;
	int result;

	if (!may_sleep_to_decrease(operations, count, timeout))
		return real_semop(set, operations, count, timeout);
	if (!must_wait(set, operations, count, &result))
		return result;
	result = real_semop(set, operations, count, timeout);
	back = operations[0];
	back.sem_op = (short)-back.sem_op;
	return result == 0 ? real_semop(set, &back, 1, NULL) : result;
}
#endif

/* A process that is woken looks again and finds, wrongly, that it may not wait. */
#ifdef LIE_SEMOP_WOKEN_EAGAIN
SEMOP(set, operations, count, timeout)
{
	int result;

	if (timeout != NULL || has_flag(operations, count, IPC_NOWAIT))
		return real_semop(set, operations, count, timeout);
	if (!must_wait(set, operations, count, &result))
		return result;
	result = real_semop(set, operations, count, timeout);
	return result == 0 ? fail(EAGAIN) : result;
}
#endif

/* The process that came last is served first: the list of sleepers is a stack. Remembers for all actors. */
#ifdef LIE_SEMOP_LAST_COMES_FIRST
#define ARRIVALS_KEPT 1024

struct arrival {
	int set;
	unsigned short number;
};

static struct arrivals {
	unsigned count;
	struct arrival kept[ARRIVALS_KEPT];
} *arrivals;

static __attribute__((constructor)) void share(void)
{
	arrivals = mmap(NULL, sizeof(*arrivals), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
}

static bool is_youngest(int set, unsigned short number, unsigned mine)
{
	for (unsigned i = mine + 1; i < arrivals->count; i++) {
		const struct arrival *other = &arrivals->kept[i % ARRIVALS_KEPT];

		if (other->set == set && other->number == number)
			return false;
	}
	return true;
}

SEMOP(set, operations, count, timeout)
{
	struct sembuf back;
	unsigned mine;
	int result;

	if (!may_sleep_to_decrease(operations, count, timeout))
		return real_semop(set, operations, count, timeout);
	if (!must_wait(set, operations, count, &result))
		return result;
	back = operations[0];
	back.sem_op = (short)-back.sem_op;
	mine = arrivals->count++;
	arrivals->kept[mine % ARRIVALS_KEPT] = (struct arrival){ set, back.sem_num };
	result = real_semop(set, operations, count, timeout);
	if (result == 0 && !is_youngest(set, back.sem_num, mine)) {
		/*
		 * Gives it to the others, and takes it again if none of them could use it. Once only: for two that
		 * give way to each other there would be no end.
		 */
		real_semop(set, &back, 1, NULL);
		if (must_wait(set, operations, count, &result))
			result = real_semop(set, operations, count, timeout);
	}
	arrivals->kept[mine % ARRIVALS_KEPT].set = -1;
	return result;
}
#endif

/* Who comes while others sleep must queue behind them, although it could run. A "fair" semaphore. */
#ifdef LIE_SEMOP_NEWCOMER_QUEUES
SEMOP(set, operations, count, timeout)
{
	bool queues = timeout == NULL && count == 1 && operations[0].sem_op < 0;

	if (queues && ask(set, operations[0].sem_num, GETNCNT) > 0)
		return sleep_on(set, operations[0]);
	return real_semop(set, operations, count, timeout);
}
#endif

/* Sleepers of a set that is removed return EINVAL: they look the id up again. */
#ifdef LIE_SEMOP_REMOVED_EINVAL
SEMOP(set, operations, count, timeout)
{
	return errno_as(real_semop(set, operations, count, timeout), EIDRM, EINVAL);
}
#endif

/* A call that a handler interrupted goes on, as if every handler had SA_RESTART. */
#ifdef LIE_SEMOP_RESTARTS
SEMOP(set, operations, count, timeout)
{
	int result;

	do
		result = real_semop(set, operations, count, timeout);
	while (result == -1 && errno == EINTR);
	return result;
}
#endif

/* An interrupted array keeps what its first operations did. */
#ifdef LIE_SEMOP_INTERRUPTED_KEEPS_PREFIX
SEMOP(set, operations, count, timeout)
{
	int result = real_semop(set, operations, count, timeout);

	if (result == -1 && errno == EINTR && count > 1) {
		run_prefix(set, operations, count);
		return fail(EINTR);
	}
	return result;
}
#endif

/* An interrupted call says EAGAIN. */
#ifdef LIE_SEMOP_INTERRUPTED_EAGAIN
SEMOP(set, operations, count, timeout)
{
	return errno_as(real_semop(set, operations, count, timeout), EINTR, EAGAIN);
}
#endif

/* IPC_NOWAIT on a later operation is forgotten once the process sleeps. */
#ifdef LIE_SEMOP_ASLEEP_FORGETS_NO_WAIT
SEMOP(set, operations, count, timeout)
{
	int obstacle = count > SEMOPM ? -1 : first_obstacle(set, operations, count);

	if (obstacle < 0 || operations[obstacle].sem_flg & IPC_NOWAIT)
		return real_semop(set, operations, count, timeout);
	return real_semop(set, with_flags(operations, count, 0, IPC_NOWAIT), count, timeout);
}
#endif
