#include "memory.h"
#include "messages.h"
#include "processes.h"
#include "semaphores.h"

#include <stdio.h>

static MAYBE_UNUSED long read_limit(const char *path)
{
	long value = -1;
	FILE *file = fopen(path, "r");

	if (file == NULL)
		return -1;
	if (fscanf(file, "%ld", &value) != 1)
		value = -1;
	fclose(file);
	return value;
}

static MAYBE_UNUSED void write_limit(const char *path, long value)
{
	FILE *file = fopen(path, "w");

	if (file == NULL)
		return;
	fprintf(file, "%ld\n", value);
	fclose(file);
}

/* The number of queues has no limit. */
#ifdef LIE_MSGGET_UNLIMITED
int msgget(key_t key, int flags)
{
	int id = REAL(msgget)(key, flags);
	long limit;

	if (id >= 0 || errno != ENOSPC)
		return id;
	limit = read_limit("/proc/sys/kernel/msgmni");
	write_limit("/proc/sys/kernel/msgmni", 32000);
	id = REAL(msgget)(key, flags);
	write_limit("/proc/sys/kernel/msgmni", limit);
	return id;
}
#endif

/* A new queue has the limit that MSGMNB had when the system came up. */
#ifdef LIE_MSGGET_CONSTANT_LIMIT
int msgget(key_t key, int flags)
{
	long limit = read_limit("/proc/sys/kernel/msgmnb");
	int id;

	write_limit("/proc/sys/kernel/msgmnb", 16384);
	id = REAL(msgget)(key, flags);
	write_limit("/proc/sys/kernel/msgmnb", limit);
	return id;
}
#endif

/* Messages longer than MSGMAX cannot be received, whenever they were sent. */
#ifdef LIE_MSGRCV_LONG_MESSAGE_REFUSED
ssize_t msgrcv(int queue, void *message, size_t size, long type, int flags)
{
	ssize_t length = real_msgrcv(queue, message, size, type, flags);

	return length > read_limit("/proc/sys/kernel/msgmax") ? fail(EINVAL) : length;
}
#endif

/* As many sets as are allowed is a lack of memory. */
#ifdef LIE_SEMGET_FULL_ENOMEM
int semget(key_t key, int count, int flags)
{
	return errno_as(REAL(semget)(key, count, flags), ENOSPC, ENOMEM);
}
#endif

/* Limits that are reached come before the arguments. */
#ifdef LIE_SEMGET_FULL_BEFORE_ARGUMENTS
int semget(key_t key, int count, int flags)
{
	int id = REAL(semget)(key, count, flags);

	if (id >= 0 || errno != EINVAL || count != 0)
		return id;
	id = REAL(semget)(IPC_PRIVATE, 1, 0600);
	if (id < 0)
		return -1;
	semctl(id, 0, IPC_RMID);
	return fail(EINVAL);
}
#endif

/* As many segments or pages as are allowed is a wrong size. */
#ifdef LIE_SHMGET_FULL_EINVAL
int shmget(key_t key, size_t size, int flags)
{
	return errno_as(REAL(shmget)(key, size, flags), ENOSPC, EINVAL);
}
#endif

/* A segment larger than SHMMAX is refused where it exists already. */
#ifdef LIE_SHMGET_MAXIMUM_APPLIED_LATE
int shmget(key_t key, size_t size, int flags)
{
	int id = REAL(shmget)(key, size, flags);
	struct shmid_ds status;
	long limit;

	if (id < 0 || REAL(shmctl)(id, IPC_STAT, &status) < 0)
		return id;
	limit = read_limit("/proc/sys/kernel/shmmax");
	return limit > 0 && status.shm_segsz > (size_t)limit ? fail(EINVAL) : id;
}
#endif

/* Too little address space is a wrong address. */
#ifdef LIE_SHMAT_NO_ROOM_EINVAL
void *shmat(int segment, const void *address, int flags)
{
	void *place = REAL(shmat)(segment, address, flags);

	if (place == (void *)-1 && errno == ENOMEM)
		errno = EINVAL;
	return place;
}
#endif

/* Who may lock nothing lacks memory. */
#ifdef LIE_SHM_LOCK_NOTHING_ENOMEM
int shmctl(int segment, int command, struct shmid_ds *status)
{
	int result = REAL(shmctl)(segment, command, status);
	struct rlimit limit;

	if (result == -1 && errno == EPERM && command == SHM_LOCK && getrlimit(RLIMIT_MEMLOCK, &limit) == 0)
		errno = limit.rlim_cur == 0 ? ENOMEM : EPERM;
	return result;
}
#endif

/* Too many processes are a lack of memory. */
#ifdef LIE_FORK_LIMIT_ENOMEM
pid_t fork(void)
{
	return (pid_t)errno_as(REAL(fork)(), EAGAIN, ENOMEM);
}
#endif
