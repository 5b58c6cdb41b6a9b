/* Semaphores as lies see them. */
#ifndef SEMAPHORES_H
#define SEMAPHORES_H

#include "lie.h"

#include <stdarg.h>
#include <sys/ipc.h>
#include <sys/sem.h>

#define SEMOPM 500
#define SEMVMX 32767
#define SET_MAX 32000
/* A decrease that no value ever allows. */
#define NEVER (-32768)

union semun {
	int val;
	struct semid_ds *buf;
	unsigned short *array;
};

/* Defines semop() and semtimedop(), which without a time limit are the same. */
#define SEMOP(set, operations, count, timeout) \
	static int operate(int, struct sembuf *, size_t, const struct timespec *); \
	int semop(int id, struct sembuf *array, size_t length) \
	{ \
		return operate(id, array, length, NULL); \
	} \
	int semtimedop(int id, struct sembuf *array, size_t length, const struct timespec *limit) \
	{ \
		return operate(id, array, length, limit); \
	} \
	static int operate(MAYBE_UNUSED int set, MAYBE_UNUSED struct sembuf *operations, MAYBE_UNUSED size_t count, \
			   MAYBE_UNUSED const struct timespec *timeout)

/* Defines semctl() as a function that always gets its fourth argument. */
#define SEMCTL(set, number, command, argument) \
	static int control(int, int, int, union semun); \
	int semctl(int id, int at, int what, ...) \
	{ \
		union semun fourth; \
		va_list rest; \
\
		va_start(rest, what); \
		fourth = va_arg(rest, union semun); \
		va_end(rest); \
		return control(id, at, what, fourth); \
	} \
	static int control(MAYBE_UNUSED int set, MAYBE_UNUSED int number, MAYBE_UNUSED int command, \
			   MAYBE_UNUSED union semun argument)

static inline int real_semop(int set, struct sembuf *operations, size_t count, const struct timespec *timeout)
{
	return REAL(semtimedop)(set, operations, count, timeout);
}

static inline int real_semctl(int set, int number, int command, union semun argument)
{
	return REAL(semctl)(set, number, command, argument);
}

static inline int ask(int set, int number, int command)
{
	union semun none = { .buf = NULL };

	return real_semctl(set, number, command, none);
}

static inline int stat_set(int set, struct semid_ds *status)
{
	union semun argument = { .buf = status };

	return real_semctl(set, 0, IPC_STAT, argument);
}

/* How many semaphores the set has; 0 if it may not be looked at. */
static inline int size_of(int set)
{
	struct semid_ds status;

	return stat_set(set, &status) == 0 ? (int)status.sem_nsems : 0;
}

/* Whether an operation that alters would pass the permission check: SETALL looks at its array only then. */
static inline bool may_alter(int set)
{
	union semun nowhere = { .array = NULL };

	return real_semctl(set, 0, SETALL, nowhere) == -1 && errno == EFAULT;
}

/* The same array, with and without some flags on all operations. */
static inline struct sembuf *with_flags(const struct sembuf *operations, size_t count, int with, int without)
{
	static struct sembuf copy[SEMOPM];

	for (size_t i = 0; i < count && i < SEMOPM; i++) {
		copy[i] = operations[i];
		copy[i].sem_flg = (short)((operations[i].sem_flg | with) & ~without);
	}
	return copy;
}

static inline bool has_flag(const struct sembuf *operations, size_t count, int flag)
{
	for (size_t i = 0; i < count; i++)
		if (operations[i].sem_flg & flag)
			return true;
	return false;
}

/* Whether the call can neither run nor fail now, whatever its IPC_NOWAIT flags say; if it can run, it has run. */
static inline bool must_wait(int set, const struct sembuf *operations, size_t count, int *result)
{
	if (count > SEMOPM) {
		*result = real_semop(set, (struct sembuf *)operations, count, NULL);
		return false;
	}
	*result = real_semop(set, with_flags(operations, count, IPC_NOWAIT, 0), count, NULL);
	return *result == -1 && errno == EAGAIN;
}

/* A single decrease that may sleep, as long as it takes. */
static inline bool may_sleep_to_decrease(const struct sembuf *operations, size_t count,
					 const struct timespec *timeout)
{
	return timeout == NULL && count == 1 && operations[0].sem_op < 0 && !(operations[0].sem_flg & IPC_NOWAIT);
}

/* The index of the first operation that cannot run on the values as they are; -1: all can. */
static inline int first_obstacle(int set, const struct sembuf *operations, size_t count)
{
	static unsigned short values[SET_MAX];
	union semun argument = { .array = values };

	if (real_semctl(set, 0, GETALL, argument) != 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		unsigned short *value = &values[operations[i].sem_num];

		if (operations[i].sem_op == 0 ? *value != 0 : *value + operations[i].sem_op < 0)
			return (int)i;
		*value = (unsigned short)(*value + operations[i].sem_op);
	}
	return -1;
}

/* Sleeps, and counts as waiting for an increase, until the set is removed or a signal comes. */
static inline int sleep_on(int set, struct sembuf operation)
{
	operation.sem_op = NEVER;
	return real_semop(set, &operation, 1, NULL);
}

/* Runs the operations in front of the first one that cannot run. */
static inline void run_prefix(int set, const struct sembuf *operations, size_t count)
{
	struct sembuf *prefix = with_flags(operations, count, IPC_NOWAIT, 0);

	while (--count > 0 && real_semop(set, prefix, count, NULL) != 0)
		;
}

/*
 * Subtracts `change` from the caller's adjustment without changing the value: the larger value comes first. The
 * caller is recorded as the last process, as always.
 */
static inline void adjust(int set, unsigned short number, short change)
{
	struct sembuf undone = { number, change, SEM_UNDO | IPC_NOWAIT };
	struct sembuf plain = { number, (short)-change, IPC_NOWAIT };
	struct sembuf both[] = { change > 0 ? undone : plain, change > 0 ? plain : undone };

	real_semop(set, both, 2, NULL);
}

/* The same where it leaves no other trace: the caller is the last process already. */
static inline void adjust_unseen(int set, unsigned short number, short change)
{
	if (ask(set, number, GETPID) == getpid())
		adjust(set, number, change);
}

#endif
