#include "semaphores.h"

#include <sys/msg.h>
#include <sys/shm.h>

/* Whoever removes a set of somebody else hears that it is gone; it is not. gVisor does so. */
#ifdef LIE_SEM_RMID_STRANGER_IGNORED
SEMCTL(set, number, command, argument)
{
	int result = real_semctl(set, number, command, argument);

	return command == IPC_RMID && result == -1 && errno == EPERM ? 0 : result;
}
#endif

/* Whoever changes a set of somebody else is told that it worked. */
#ifdef LIE_SEM_SET_STRANGER_IGNORED
SEMCTL(set, number, command, argument)
{
	int result = real_semctl(set, number, command, argument);

	return command == IPC_SET && result == -1 && errno == EPERM ? 0 : result;
}
#endif

/* Removing a set of somebody else is an error of access. */
#ifdef LIE_SEM_RMID_STRANGER_EACCES
SEMCTL(set, number, command, argument)
{
	return (int)errno_as(real_semctl(set, number, command, argument), EPERM, EACCES);
}
#endif

/* A get call checks no permission. FreeBSD did so for shared memory, gVisor for nearly all of it. */
#ifdef LIE_SEMGET_STRANGER_LET_IN
int semget(key_t key, int count, int flags)
{
	int set = REAL(semget)(key, count, flags);

	return set == -1 && errno == EACCES ? REAL(semget)(key, count, 0) : set;
}
#endif

/* A size that is too large is noticed after a permission that is lacking. */
#ifdef LIE_SEMGET_PERMISSION_BEFORE_SIZE
int semget(key_t key, int count, int flags)
{
	int set = REAL(semget)(key, count, flags);

	if (set != -1 || errno != EINVAL || count <= 0)
		return set;
	if (REAL(semget)(key, 0, flags & 0777) == -1 && errno == EACCES)
		return fail(EACCES);
	return fail(EINVAL);
}
#endif

/* The user with id 0 reads everything, as if that were a privilege. */
#ifdef LIE_SEM_ROOT_READS_ALL
SEMCTL(set, number, command, argument)
{
	int result = real_semctl(set, number, command, argument);

	return command == GETVAL && result == -1 && errno == EACCES && geteuid() == 0 ? 0 : result;
}
#endif

/* There is no group: its members are like everybody else. */
#ifdef LIE_SEM_GROUP_IS_OTHER
SEMCTL(set, number, command, argument)
{
	struct semid_ds status;
	int result = real_semctl(set, number, command, argument);
	uid_t me = geteuid();

	if (command != GETVAL || result < 0 || stat_set(set, &status) != 0)
		return result;
	if (status.sem_perm.uid == me || status.sem_perm.cuid == me || status.sem_perm.mode & 4)
		return result;
	return status.sem_perm.mode & 040 ? fail(EACCES) : result;
}
#endif

/* The real user id counts, not the effective one. */
#ifdef LIE_SEM_REAL_USER_COUNTS
SEMCTL(set, number, command, argument)
{
	struct semid_ds status;
	int result = real_semctl(set, number, command, argument);

	if (command != GETVAL || result < 0 || stat_set(set, &status) != 0 || status.sem_perm.mode & 044)
		return result;
	if (status.sem_perm.uid == getuid() || status.sem_perm.cuid == getuid())
		return result;
	return status.sem_perm.uid == geteuid() || status.sem_perm.cuid == geteuid() ? fail(EACCES) : result;
}
#endif

/* CAP_IPC_OWNER does not help where the mode has no bit at all. */
#ifdef LIE_SEM_CAPABILITY_IGNORED
SEMCTL(set, number, command, argument)
{
	struct semid_ds status;
	int result = real_semctl(set, number, command, argument);

	if (command != GETVAL || result < 0 || stat_set(set, &status) != 0)
		return result;
	return (status.sem_perm.mode & 0777) == 0 ? fail(EACCES) : result;
}
#endif

/* Owner and creator of a new set are the real user. */
#ifdef LIE_SEMGET_REAL_USER_OWNS
SEMCTL(set, number, command, argument)
{
	int result = real_semctl(set, number, command, argument);

	if (command == IPC_STAT && result == 0 && argument.buf->sem_perm.cuid == geteuid())
		argument.buf->sem_perm.cuid = getuid();
	return result;
}
#endif

/* Whoever removes a queue of somebody else hears that it is gone. */
#ifdef LIE_MSG_RMID_STRANGER_IGNORED
int msgctl(int queue, int command, struct msqid_ds *status)
{
	int result = REAL(msgctl)(queue, command, status);

	return command == IPC_RMID && result == -1 && errno == EPERM ? 0 : result;
}
#endif

/* A message that may not be sent is dropped in silence. */
#ifdef LIE_MSGSND_STRANGER_DROPPED
int msgsnd(int queue, const void *message, size_t size, int flags)
{
	int result = REAL(msgsnd)(queue, message, size, flags);

	return result == -1 && errno == EACCES ? 0 : result;
}
#endif

/* A stranger that receives finds no message instead of no permission. */
#ifdef LIE_MSGRCV_STRANGER_ENOMSG
ssize_t msgrcv(int queue, void *message, size_t size, long type, int flags)
{
	return errno_as(REAL(msgrcv)(queue, message, size, type, flags), EACCES, ENOMSG);
}
#endif

/* Whoever removes a segment of somebody else hears that it is gone. gVisor does remove it. */
#ifdef LIE_SHM_RMID_STRANGER_IGNORED
int shmctl(int segment, int command, struct shmid_ds *status)
{
	int result = REAL(shmctl)(segment, command, status);

	return command == IPC_RMID && result == -1 && errno == EPERM ? 0 : result;
}
#endif

/* IPC_SET by a stranger is an error of access. */
#ifdef LIE_SHM_SET_STRANGER_EACCES
int shmctl(int segment, int command, struct shmid_ds *status)
{
	int result = REAL(shmctl)(segment, command, status);

	return command == IPC_SET ? (int)errno_as(result, EPERM, EACCES) : result;
}
#endif

/* Everybody may lock what is somebody else's, or so it seems. gVisor checks nothing there. */
#ifdef LIE_SHM_LOCK_STRANGER_IGNORED
int shmctl(int segment, int command, struct shmid_ds *status)
{
	int result = REAL(shmctl)(segment, command, status);

	return (command == SHM_LOCK || command == SHM_UNLOCK) && result == -1 && errno == EPERM ? 0 : result;
}
#endif

/* A get call for an existing segment checks no permission. */
#ifdef LIE_SHMGET_STRANGER_LET_IN
int shmget(key_t key, size_t size, int flags)
{
	int segment = REAL(shmget)(key, size, flags);

	return segment == -1 && errno == EACCES ? REAL(shmget)(key, size, 0) : segment;
}
#endif
