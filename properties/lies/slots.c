#include "semaphores.h"

#include <sys/msg.h>
#include <sys/shm.h>

#ifndef SEM_STAT_ANY
#define SEM_STAT_ANY 20
#endif
#ifndef SHM_STAT_ANY
#define SHM_STAT_ANY 15
#endif

/* SEM_INFO counts a set too many. */
#ifdef LIE_SEM_INFO_ONE_TOO_MANY
SEMCTL(set, number, command, argument)
{
	int result = real_semctl(set, number, command, argument);

	if (command == SEM_INFO && result >= 0)
		((struct seminfo *)argument.buf)->semusz++;
	return result;
}
#endif

/* SEM_INFO counts sets where it should count semaphores. */
#ifdef LIE_SEM_INFO_COUNTS_SETS
SEMCTL(set, number, command, argument)
{
	struct seminfo *info = (struct seminfo *)argument.buf;
	int result = real_semctl(set, number, command, argument);

	if (command == SEM_INFO && result >= 0)
		info->semaem = info->semusz;
	return result;
}
#endif

/* SEM_INFO returns 0 whatever the highest slot. */
#ifdef LIE_SEM_INFO_RETURNS_ZERO
SEMCTL(set, number, command, argument)
{
	int result = real_semctl(set, number, command, argument);

	return command == SEM_INFO && result > 0 ? 0 : result;
}
#endif

/* SEM_STAT returns 0, as IPC_STAT does. */
#ifdef LIE_SEM_STAT_RETURNS_SLOT
SEMCTL(set, number, command, argument)
{
	int result = real_semctl(set, number, command, argument);

	return command == SEM_STAT && result >= 0 ? (result & 0x7fff) : result;
}
#endif

/* SEM_STAT_ANY needs read permission. */
#ifdef LIE_SEM_STAT_ANY_CHECKS
SEMCTL(set, number, command, argument)
{
	return real_semctl(set, number, command == SEM_STAT_ANY ? SEM_STAT : command, argument);
}
#endif

/* A free slot is what does not exist. */
#ifdef LIE_SEM_STAT_FREE_ENOENT
SEMCTL(set, number, command, argument)
{
	int result = real_semctl(set, number, command, argument);

	return command == SEM_STAT && set >= 0 ? (int)errno_as(result, EINVAL, ENOENT) : result;
}
#endif

/* MSG_INFO tells the bytes of the limits instead of those on queues. */
#ifdef LIE_MSG_INFO_NO_BYTES
int msgctl(int queue, int command, struct msqid_ds *status)
{
	int result = REAL(msgctl)(queue, command, status);

	if (command == MSG_INFO && result >= 0)
		((struct msginfo *)status)->msgtql = 0;
	return result;
}
#endif

/* MSG_STAT returns 0. gVisor does so. */
#ifdef LIE_MSG_STAT_RETURNS_ZERO
int msgctl(int queue, int command, struct msqid_ds *status)
{
	int result = REAL(msgctl)(queue, command, status);

	return command == MSG_STAT && result > 0 ? 0 : result;
}
#endif

/* There is no SHM_STAT. gVisor has none. */
#ifdef LIE_SHM_STAT_UNKNOWN
int shmctl(int segment, int command, struct shmid_ds *status)
{
	return command == SHM_STAT ? fail(EINVAL) : REAL(shmctl)(segment, command, status);
}
#endif

/* SHM_STAT_ANY needs read permission. */
#ifdef LIE_SHM_STAT_ANY_CHECKS
int shmctl(int segment, int command, struct shmid_ds *status)
{
	return REAL(shmctl)(segment, command == SHM_STAT_ANY ? SHM_STAT : command, status);
}
#endif

/* SHM_INFO counts pages by the half. */
#ifdef LIE_SHM_INFO_HALF_THE_PAGES
int shmctl(int segment, int command, struct shmid_ds *status)
{
	int result = REAL(shmctl)(segment, command, status);

	if (command == SHM_INFO && result >= 0)
		((struct shm_info *)status)->shm_tot /= 2;
	return result;
}
#endif

/* MSG_COPY takes the message off the queue. */
#ifdef LIE_MSG_COPY_TAKES
ssize_t msgrcv(int queue, void *message, size_t size, long type, int flags)
{
	ssize_t length = REAL(msgrcv)(queue, message, size, type, flags);

	if (flags & MSG_COPY && length >= 0)
		return REAL(msgrcv)(queue, message, size, *(long *)message, flags & ~MSG_COPY);
	return length;
}
#endif

/* Positions are counted from 1. */
#ifdef LIE_MSG_COPY_FROM_ONE
ssize_t msgrcv(int queue, void *message, size_t size, long type, int flags)
{
	return REAL(msgrcv)(queue, message, size, flags & MSG_COPY ? type - 1 : type, flags);
}
#endif

/* MSG_COPY waits for nothing without being asked to. */
#ifdef LIE_MSG_COPY_WITHOUT_NOWAIT
ssize_t msgrcv(int queue, void *message, size_t size, long type, int flags)
{
	return REAL(msgrcv)(queue, message, size, type, flags & MSG_COPY ? flags | IPC_NOWAIT : flags);
}
#endif

/* A copy is too long with MSG_NOERROR, too. */
#ifdef LIE_MSG_COPY_NOERROR_E2BIG
ssize_t msgrcv(int queue, void *message, size_t size, long type, int flags)
{
	return REAL(msgrcv)(queue, message, size, type, flags & MSG_COPY ? flags & ~MSG_NOERROR : flags);
}
#endif
