#include "semaphores.h"

#include <signal.h>

/* Defines semctl() with an IPC_STAT that tells `status` after it was filled. */
#define SEMCTL_STAT(set, status) \
	static void retell(int, struct semid_ds *); \
	SEMCTL(which, number, command, argument) \
	{ \
		int result = real_semctl(which, number, command, argument); \
\
		if (command == IPC_STAT && result == 0) \
			retell(which, argument.buf); \
		return result; \
	} \
	static void retell(MAYBE_UNUSED int set, struct semid_ds *status)

/* GETNCNT and GETZCNT are mixed up. */
#ifdef LIE_COUNTS_SWAPPED
SEMCTL(set, number, command, argument)
{
	if (command == GETNCNT || command == GETZCNT)
		command = command == GETNCNT ? GETZCNT : GETNCNT;
	return real_semctl(set, number, command, argument);
}
#endif

/* GETNCNT counts the sleepers of all semaphores of the set. */
#ifdef LIE_GETNCNT_OF_THE_SET
SEMCTL(set, number, command, argument)
{
	int result = real_semctl(set, number, command, argument);
	int size = size_of(set);

	if (command != GETNCNT || result == -1 || size == 0)
		return result;
	result = 0;
	for (int i = 0; i < size; i++)
		result += ask(set, i, GETNCNT);
	return result;
}
#endif

/* GETNCNT tells whether somebody sleeps, not how many. */
#ifdef LIE_GETNCNT_AT_MOST_ONE
SEMCTL(set, number, command, argument)
{
	int result = real_semctl(set, number, command, argument);

	return command == GETNCNT && result > 1 ? 1 : result;
}
#endif

/* GETPID always answers 0. */
#ifdef LIE_GETPID_ZERO
SEMCTL(set, number, command, argument)
{
	int result = real_semctl(set, number, command, argument);

	return command == GETPID && result > 0 ? 0 : result;
}
#endif

/* GETPID answers 0 for a process that has ended. gVisor did so. */
#ifdef LIE_GETPID_FORGETS_THE_DEAD
SEMCTL(set, number, command, argument)
{
	int result = real_semctl(set, number, command, argument);

	return command == GETPID && result > 0 && kill(result, 0) == -1 && errno == ESRCH ? 0 : result;
}
#endif

/* A completed array records its process for all semaphores of the set. gVisor did so. */
#ifdef LIE_SEMPID_OF_THE_SET
SEMOP(set, operations, count, timeout)
{
	int result = real_semop(set, operations, count, timeout);
	int size = result == 0 ? size_of(set) : 0;

	for (int i = 0; i < size; i++) {
		unsigned short number = (unsigned short)i;
		struct sembuf touch[] = { { number, 1, IPC_NOWAIT }, { number, -1, IPC_NOWAIT } };

		real_semop(set, touch, 2, NULL);
	}
	return result;
}
#endif

/* Values come as bytes. */
#ifdef LIE_GETVAL_EIGHT_BITS
SEMCTL(set, number, command, argument)
{
	int result = real_semctl(set, number, command, argument);

	return command == GETVAL && result > 0 ? result & 0xff : result;
}
#endif

/* sem_otime is never set. */
#ifdef LIE_SEM_OTIME_NEVER_SET
SEMCTL_STAT(set, status)
{
	status->sem_otime = 0;
}
#endif

/* sem_otime starts with the time of creation. */
#ifdef LIE_SEM_OTIME_FROM_CREATION
SEMCTL_STAT(set, status)
{
	if (status->sem_otime == 0)
		status->sem_otime = status->sem_ctime;
}
#endif

/* semop moves sem_ctime too. */
#ifdef LIE_SEM_CTIME_BY_SEMOP
SEMCTL_STAT(set, status)
{
	if (status->sem_ctime < status->sem_otime)
		status->sem_ctime = status->sem_otime;
}
#endif

/* SETVAL and SETALL leave sem_ctime alone. FreeBSD, NetBSD and illumos do so. */
#ifdef LIE_SETVAL_LEAVES_CTIME
SEMCTL(set, number, command, argument)
{
	static struct {
		int set;
		time_t told, real;
	} ctime = { -1, 0, 0 };
	bool sets = command == SETVAL || command == SETALL;
	struct semid_ds before;
	bool known = sets && stat_set(set, &before) == 0;
	int result = real_semctl(set, number, command, argument);
	struct semid_ds after;

	if (known && result == 0 && stat_set(set, &after) == 0) {
		if (ctime.set != set || ctime.real != before.sem_ctime)
			ctime.told = before.sem_ctime;
		ctime.set = set;
		ctime.real = after.sem_ctime;
	}
	if (command == IPC_STAT && result == 0 && ctime.set == set && ctime.real == argument.buf->sem_ctime)
		argument.buf->sem_ctime = ctime.told;
	return result;
}
#endif

/* The umask takes bits from the mode of a new set, as from that of a file. */
#ifdef LIE_SEMGET_UMASK
int semget(key_t key, int count, int flags)
{
	bool exists = key != IPC_PRIVATE && REAL(semget)(key, 0, 0) >= 0;

	return REAL(semget)(key, count, exists ? flags : flags & ~022);
}
#endif

/* The key is not told. */
#ifdef LIE_SEM_KEY_HIDDEN
SEMCTL_STAT(set, status)
{
	status->sem_perm.__key = 0;
}
#endif

/* uid and gid are told in the wrong order. */
#ifdef LIE_SEM_UID_GID_SWAPPED
SEMCTL_STAT(set, status)
{
	uid_t uid = status->sem_perm.uid;

	status->sem_perm.uid = status->sem_perm.gid;
	status->sem_perm.gid = uid;
}
#endif

/* IPC_SET changes the creator as well. */
#ifdef LIE_SEM_CREATOR_FOLLOWS_OWNER
SEMCTL_STAT(set, status)
{
	status->sem_perm.cuid = status->sem_perm.uid;
	status->sem_perm.cgid = status->sem_perm.gid;
}
#endif

/* IPC_SET does not change the mode. */
#ifdef LIE_SEM_SET_KEEPS_MODE
SEMCTL(set, number, command, argument)
{
	struct semid_ds status;

	if (command == IPC_SET && stat_set(set, &status) == 0) {
		struct semid_ds changed = *argument.buf;

		changed.sem_perm.mode = status.sem_perm.mode;
		argument.buf = &changed;
		return real_semctl(set, number, command, argument);
	}
	return real_semctl(set, number, command, argument);
}
#endif

/* IPC_RMID succeeds, and the set is still there. */
#ifdef LIE_SEM_RMID_DOES_NOTHING
SEMCTL(set, number, command, argument)
{
	struct semid_ds status;

	if (command == IPC_RMID && stat_set(set, &status) == 0)
		return 0;
	return real_semctl(set, number, command, argument);
}
#endif
