#include "semaphores.h"

#include <sched.h>
#include <sys/stat.h>

/* The caller's adjustments, as far as this process has made them itself. */
#define KEPT_MAX 64

struct kept {
	int set;
	unsigned short number;
	short change;
};

static MAYBE_UNUSED struct kept kept[KEPT_MAX];
static MAYBE_UNUSED unsigned kept_count;

static MAYBE_UNUSED void keep(int set, const struct sembuf *operations, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (operations[i].sem_flg & SEM_UNDO)
			kept[kept_count++ % KEPT_MAX] = (struct kept){ set, operations[i].sem_num, operations[i].sem_op };
}

/* SEM_UNDO is accepted and ignored. gVisor did so. */
#ifdef LIE_UNDO_IGNORED
SEMOP(set, operations, count, timeout)
{
	if (count > SEMOPM)
		return real_semop(set, operations, count, timeout);
	return real_semop(set, with_flags(operations, count, 0, SEM_UNDO), count, timeout);
}
#endif

/* Each operation is recorded twice. */
#ifdef LIE_UNDO_DOUBLED
SEMOP(set, operations, count, timeout)
{
	int result = real_semop(set, operations, count, timeout);

	for (size_t i = 0; result == 0 && i < count; i++)
		if (operations[i].sem_flg & SEM_UNDO)
			adjust_unseen(set, operations[i].sem_num, operations[i].sem_op);
	return result;
}
#endif

/* Only the first operation of an array is recorded. */
#ifdef LIE_UNDO_FIRST_ONLY
SEMOP(set, operations, count, timeout)
{
	struct sembuf *copy;

	if (count < 2 || count > SEMOPM)
		return real_semop(set, operations, count, timeout);
	copy = with_flags(operations, count, 0, SEM_UNDO);
	copy[0].sem_flg = operations[0].sem_flg;
	return real_semop(set, copy, count, timeout);
}
#endif

/* A call that fails has recorded its operations all the same. */
#ifdef LIE_UNDO_OF_FAILURES
SEMOP(set, operations, count, timeout)
{
	int result = real_semop(set, operations, count, timeout);
	int error = errno;

	for (size_t i = 0; result == -1 && (error == EAGAIN || error == EINTR) && i < count; i++)
		if (operations[i].sem_flg & SEM_UNDO)
			adjust_unseen(set, operations[i].sem_num, operations[i].sem_op);
	errno = error;
	return result;
}
#endif

/* Adjustments have no limit: what would leave the range is not recorded. */
#ifdef LIE_UNDO_WITHOUT_LIMIT
SEMOP(set, operations, count, timeout)
{
	int result = real_semop(set, operations, count, timeout);

	if (result == 0 || errno != ERANGE)
		return result;
	return real_semop(set, with_flags(operations, count, 0, SEM_UNDO), count, timeout);
}
#endif

/* A child inherits the adjustments of its parent. */
#ifdef LIE_UNDO_INHERITED_BY_FORK
SEMOP(set, operations, count, timeout)
{
	int result = real_semop(set, operations, count, timeout);

	if (result == 0)
		keep(set, operations, count);
	return result;
}

pid_t fork(void)
{
	pid_t pid = REAL(fork)();

	for (unsigned i = 0; pid == 0 && i < kept_count && i < KEPT_MAX; i++)
		adjust(kept[i].set, kept[i].number, kept[i].change);
	return pid;
}
#endif

/* The adjustments are made when the process executes another image, not when it ends. */
#ifdef LIE_UNDO_AT_EXEC
int execve(const char *path, char *const arguments[], char *const environment[])
{
	struct stat status;

	if (stat(path, &status) == 0 && S_ISREG(status.st_mode))
		unshare(CLONE_SYSVSEM);
	return REAL(execve)(path, arguments, environment);
}
#endif

/* SETVAL leaves the adjustments for the semaphore alone: those of the caller. */
#ifdef LIE_UNDO_SURVIVES_SETVAL
SEMOP(set, operations, count, timeout)
{
	int result = real_semop(set, operations, count, timeout);

	if (result == 0)
		keep(set, operations, count);
	return result;
}

SEMCTL(set, number, command, argument)
{
	int result = real_semctl(set, number, command, argument);

	for (unsigned i = 0; command == SETVAL && result == 0 && i < kept_count && i < KEPT_MAX; i++)
		if (kept[i].set == set && kept[i].number == number)
			adjust_unseen(set, kept[i].number, kept[i].change);
	return result;
}
#endif
