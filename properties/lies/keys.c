#include "memory.h"
#include "messages.h"
#include "semaphores.h"

/* IPC_PRIVATE is an ordinary key: the second call finds what the first has made. */
#ifdef LIE_SEMGET_PRIVATE_FOUND
int semget(key_t key, int count, int flags)
{
	static int made = -1;
	struct semid_ds status;

	if (key != IPC_PRIVATE || count <= 0 || count > SET_MAX)
		return REAL(semget)(key, count, flags);
	if (made < 0 || stat_set(made, &status) != 0)
		made = REAL(semget)(key, count, flags);
	return made;
}
#endif

/* IPC_EXCL is ignored. */
#ifdef LIE_MSGGET_EXCL_IGNORED
int msgget(key_t key, int flags)
{
	return REAL(msgget)(key, flags & ~IPC_EXCL);
}
#endif

/* IPC_EXCL without IPC_CREAT refuses a key in use as well. */
#ifdef LIE_MSGGET_EXCL_ALONE_COUNTS
int msgget(key_t key, int flags)
{
	int id = REAL(msgget)(key, flags);

	return id >= 0 && key != IPC_PRIVATE && (flags & (IPC_CREAT | IPC_EXCL)) == IPC_EXCL ? fail(EEXIST) : id;
}
#endif

/* IPC_CREAT is ignored: only IPC_PRIVATE makes something new. */
#ifdef LIE_SHMGET_CREAT_IGNORED
int shmget(key_t key, size_t size, int flags)
{
	return REAL(shmget)(key, size, key == IPC_PRIVATE ? flags : flags & ~IPC_CREAT);
}
#endif

/* A key that nobody uses is an invalid argument. */
#ifdef LIE_SEMGET_UNUSED_KEY_EINVAL
int semget(key_t key, int count, int flags)
{
	return errno_as(REAL(semget)(key, count, flags), ENOENT, EINVAL);
}
#endif

/* An unused key is taken without IPC_CREAT. */
#ifdef LIE_MSGGET_ALWAYS_CREATES
int msgget(key_t key, int flags)
{
	return REAL(msgget)(key, flags & IPC_EXCL ? flags : flags | IPC_CREAT);
}
#endif

/* How many semaphores are asked for is not compared with what the set has. */
#ifdef LIE_SEMGET_SIZE_UNCHECKED
int semget(key_t key, int count, int flags)
{
	int id = REAL(semget)(key, count, flags);

	return id == -1 && errno == EINVAL && count > 0 && key != IPC_PRIVATE ? REAL(semget)(key, 0, flags) : id;
}
#endif

/* A set of no semaphores gets one. */
#ifdef LIE_SEMGET_NONE_IS_ONE
int semget(key_t key, int count, int flags)
{
	int id = REAL(semget)(key, count, flags);

	return id == -1 && errno == EINVAL && count == 0 ? REAL(semget)(key, 1, flags) : id;
}
#endif

/* The size is compared in front of IPC_EXCL. gVisor does so for shared memory. */
#ifdef LIE_SEMGET_SIZE_BEFORE_EXCL
int semget(key_t key, int count, int flags)
{
	int id = REAL(semget)(key, count, flags);

	if (id == -1 && errno == EEXIST)
		return fail(REAL(semget)(key, count, 0) == -1 ? errno : EEXIST);
	return id;
}
#endif

/* The number of semaphores is checked only when a set is made. */
#ifdef LIE_SEMGET_RANGE_CHECKED_LATE
int semget(key_t key, int count, int flags)
{
	int id = REAL(semget)(key, count, flags);

	return id == -1 && errno == EINVAL && count < 0 && key != IPC_PRIVATE ? REAL(semget)(key, 0, flags) : id;
}
#endif

/* The permission is not checked when a key is looked up. FreeBSD does not for shared memory. */
#ifdef LIE_SHMGET_PERMISSION_UNCHECKED
int shmget(key_t key, size_t size, int flags)
{
	int id = REAL(shmget)(key, size, flags);

	return id == -1 && errno == EACCES ? REAL(shmget)(key, size, flags & ~0777) : id;
}
#endif

/* Of the permission asked for only the last digit counts. gVisor did so. */
#ifdef LIE_SEMGET_LAST_DIGIT_CHECKED
int semget(key_t key, int count, int flags)
{
	int id = REAL(semget)(key, count, flags);

	return id == -1 && errno == EACCES ? REAL(semget)(key, count, flags & ~0770) : id;
}
#endif

/* Execute bits in the permission asked for are overlooked. */
#ifdef LIE_MSGGET_EXECUTE_OVERLOOKED
int msgget(key_t key, int flags)
{
	int id = REAL(msgget)(key, flags);

	return id == -1 && errno == EACCES ? REAL(msgget)(key, flags & ~0111) : id;
}
#endif

/* A key of -1 is taken for an ftok that failed. */
#ifdef LIE_SEMGET_MINUS_ONE_EINVAL
int semget(key_t key, int count, int flags)
{
	return key == -1 ? fail(EINVAL) : REAL(semget)(key, count, flags);
}
#endif

/* Negative keys are reserved: they find nothing. */
#ifdef LIE_MSGGET_NEGATIVE_KEYS_PRIVATE
int msgget(key_t key, int flags)
{
	return REAL(msgget)(key < 0 ? IPC_PRIVATE : key, flags);
}
#endif
