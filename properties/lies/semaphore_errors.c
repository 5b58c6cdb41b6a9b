#include "semaphores.h"

/* A semaphore number that is too large is EINVAL, as it is in semctl. A libc that maps errors by a table. */
#ifdef LIE_SEMOP_BAD_NUMBER_EINVAL
SEMOP(set, operations, count, timeout)
{
	return errno_as(real_semop(set, operations, count, timeout), EFBIG, EINVAL);
}
#endif

/* Too many operations are EINVAL: the checks for "none" and "too many" were merged. */
#ifdef LIE_SEMOP_TOO_MANY_EINVAL
SEMOP(set, operations, count, timeout)
{
	return errno_as(real_semop(set, operations, count, timeout), E2BIG, EINVAL);
}
#endif

/* An empty array succeeds. FreeBSD and NetBSD do so. */
#ifdef LIE_SEMOP_NOTHING_SUCCEEDS
SEMOP(set, operations, count, timeout)
{
	return count == 0 ? 0 : real_semop(set, operations, count, timeout);
}
#endif

/* The permission is checked in front of the semaphore numbers. NetBSD does so. */
#ifdef LIE_SEMOP_PERMISSION_BEFORE_NUMBER
SEMOP(set, operations, count, timeout)
{
	int result = real_semop(set, operations, count, timeout);

	if (result == -1 && errno == EFBIG)
		return fail(may_alter(set) ? EFBIG : EACCES);
	return result;
}
#endif

/* Waiting for zero needs permission to alter. NetBSD asks for it always. */
#ifdef LIE_SEMOP_ZERO_NEEDS_ALTER
SEMOP(set, operations, count, timeout)
{
	bool alters = false;

	for (size_t i = 0; i < count && i < SEMOPM; i++)
		alters |= operations[i].sem_op != 0;
	if (count > 0 && !alters && size_of(set) > 0 && !may_alter(set))
		return fail(EACCES);
	return real_semop(set, operations, count, timeout);
}
#endif

/* A value out of range is EINVAL, not ERANGE. */
#ifdef LIE_SETVAL_RANGE_EINVAL
SEMCTL(set, number, command, argument)
{
	return errno_as(real_semctl(set, number, command, argument), ERANGE, command == SETVAL ? EINVAL : ERANGE);
}
#endif

/* SETVAL takes the low sixteen bits: -65535 becomes 1. gVisor did so. */
#ifdef LIE_SETVAL_WRAPS
SEMCTL(set, number, command, argument)
{
	if (command == SETVAL)
		argument.val &= 0xffff;
	return real_semctl(set, number, command, argument);
}
#endif

/* A semaphore number that is out of range is ERANGE. gVisor did so. */
#ifdef LIE_SEMCTL_BAD_NUMBER_ERANGE
SEMCTL(set, number, command, argument)
{
	int result = real_semctl(set, number, command, argument);
	int size = size_of(set);

	if (result == -1 && errno == EINVAL && size > 0 && (number < 0 || number >= size))
		return fail(ERANGE);
	return result;
}
#endif

/* Commands about the whole set check the semaphore number that they do not need. */
#ifdef LIE_SEMCTL_NUMBER_ALWAYS_CHECKED
SEMCTL(set, number, command, argument)
{
	int size = size_of(set);
	bool is_about_all = command == GETALL || command == SETALL || command == IPC_STAT || command == IPC_SET ||
			    command == IPC_RMID;

	if (is_about_all && size > 0 && (number < 0 || number >= size))
		return fail(EINVAL);
	return real_semctl(set, number, command, argument);
}
#endif

/* An id that no set has is EIDRM. Old Linux kernels, and readers of the manual page, think so. */
#ifdef LIE_SEMCTL_STALE_EIDRM
SEMCTL(set, number, command, argument)
{
	struct semid_ds status;
	int result = real_semctl(set, number, command, argument);
	int error = errno;

	if (result == -1 && error == EINVAL && set >= 0 && stat_set(set, &status) == -1 && errno == EINVAL)
		error = EIDRM;
	errno = error;
	return result;
}
#endif

/* A command that does not exist does nothing, with success. */
#ifdef LIE_SEMCTL_UNKNOWN_COMMAND_SUCCEEDS
SEMCTL(set, number, command, argument)
{
	int result = real_semctl(set, number, command, argument);

	return result == -1 && set >= 0 && (command < 0 || command > 100) ? 0 : result;
}
#endif

/* GETVAL and its like check the number in front of the permission, as SETVAL does. */
#ifdef LIE_GETVAL_NUMBER_BEFORE_PERMISSION
SEMCTL(set, number, command, argument)
{
	int result = real_semctl(set, number, command, argument);

	if (result == -1 && errno == EACCES && number < 0 && command >= GETPID && command <= GETZCNT)
		return fail(EINVAL);
	return result;
}
#endif

/* The number of operations is looked at as a whole. */
#ifdef LIE_SEMOP_COUNTS_IN_64_BITS
SEMOP(set, operations, count, timeout)
{
	return count > UINT32_MAX ? fail(E2BIG) : real_semop(set, operations, count, timeout);
}
#endif
