/*
 * The System V IPC calls without the libc, also where an old architecture has only the multiplexed ipc(2): for the
 * plumbing and for runs that enter through syscall(2).
 */
#ifndef RAW_IPC_H
#define RAW_IPC_H

#include "raw.h"

#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>

/* Younger than some libcs. */
#ifndef SEM_STAT_ANY
#define SEM_STAT_ANY 20
#endif
#ifndef MSG_STAT_ANY
#define MSG_STAT_ANY 13
#endif
#ifndef SHM_STAT_ANY
#define SHM_STAT_ANY 15
#endif

/* POSIX leaves it to the caller to define this. */
union semun {
	int val;
	struct semid_ds *buf;
	unsigned short *array;
	struct seminfo *info;
};

#ifdef SYS_ipc
enum { IPC_SEMOP = 1, IPC_SEMTIMEDOP = 4 };
#endif

static inline long raw_semget(int key, int count, int flags)
{
	return syscall(SYS_semget, key, count, flags);
}

static inline long raw_semop(int id, struct sembuf *operations, size_t count)
{
#ifdef SYS_semop
	return syscall(SYS_semop, id, operations, count);
#else
	return syscall(SYS_ipc, IPC_SEMOP, id, count, 0, operations);
#endif
}

static inline long raw_semtimedop(int id, struct sembuf *operations, size_t count, const struct timespec *timeout)
{
#if defined(SYS_semtimedop)
	return syscall(SYS_semtimedop, id, operations, count, timeout);
#else
	int64_t time[2];

	if (timeout != NULL) {
		time[0] = timeout->tv_sec;
		time[1] = timeout->tv_nsec;
	}
	return syscall(SYS_semtimedop_time64, id, operations, count, timeout == NULL ? NULL : time);
#endif
}

static inline long raw_semctl(int id, int number, int command, void *argument)
{
	return syscall(SYS_semctl, id, number, command, argument);
}

static inline long raw_msgget(int key, int flags)
{
	return syscall(SYS_msgget, key, flags);
}

static inline long raw_msgsnd(int id, const void *message, size_t size, int flags)
{
	return syscall(SYS_msgsnd, id, message, size, flags);
}

static inline long raw_msgrcv(int id, void *message, size_t size, long type, int flags)
{
	return syscall(SYS_msgrcv, id, message, size, type, flags);
}

static inline long raw_msgctl(int id, int command, void *buffer)
{
	return syscall(SYS_msgctl, id, command, buffer);
}

static inline long raw_shmget(int key, size_t size, int flags)
{
	return syscall(SYS_shmget, key, size, flags);
}

static inline long raw_shmat(int id, const void *address, int flags)
{
	return syscall(SYS_shmat, id, address, flags);
}

static inline long raw_shmdt(const void *address)
{
	return syscall(SYS_shmdt, address);
}

static inline long raw_shmctl(int id, int command, void *buffer)
{
	return syscall(SYS_shmctl, id, command, buffer);
}

#endif
