#include "memory.h"

/* A size asked for is compared with whole pages. FreeBSD rounds the size when it creates the segment. */
#ifdef LIE_SHMGET_COMPARES_PAGES
int shmget(key_t key, size_t size, int flags)
{
	int segment = REAL(shmget)(key, size, flags);
	int known = segment == -1 && errno == EINVAL && key != IPC_PRIVATE ? REAL(shmget)(key, 0, flags) : -1;
	struct shmid_ds status;

	if (known < 0 || size == 0 || stat_segment(known, &status) != 0)
		return segment;
	return (size - 1) / PAGE <= (status.shm_segsz - 1) / PAGE ? known : fail(EINVAL);
}
#endif

/* A segment of no bytes gets one. */
#ifdef LIE_SHMGET_NO_BYTES_ACCEPTED
int shmget(key_t key, size_t size, int flags)
{
	int segment = REAL(shmget)(key, size, flags);

	return segment == -1 && errno == EINVAL && size == 0 ? REAL(shmget)(key, 1, flags) : segment;
}
#endif

/* IPC_CREAT with no bytes is refused, also where the key is known. gVisor did so. */
#ifdef LIE_SHMGET_SIZE_BEFORE_KEY
int shmget(key_t key, size_t size, int flags)
{
	return size == 0 && flags & IPC_CREAT ? fail(EINVAL) : REAL(shmget)(key, size, flags);
}
#endif

/* The memory of a new segment is not cleared. */
#ifdef LIE_SHMAT_NOT_CLEARED
static int made = -1;

int shmget(key_t key, size_t size, int flags)
{
	int segment = REAL(shmget)(key, size, flags);
	struct shmid_ds status;

	if (segment >= 0 && stat_segment(segment, &status) == 0 && status.shm_atime == 0)
		made = segment;
	return segment;
}

void *shmat(int segment, const void *address, int flags)
{
	void *base = real_shmat(segment, address, flags);

	if (base != (void *)-1 && segment == made && !(flags & SHM_RDONLY)) {
		memset(base, 0xa5, 1);
		made = -1;
	}
	return base;
}
#endif

/* A segment that is attached cannot be removed. */
#ifdef LIE_SHM_RMID_ATTACHED_EBUSY
int shmctl(int segment, int command, struct shmid_ds *status)
{
	struct shmid_ds now;

	if (command == IPC_RMID && stat_segment(segment, &now) == 0 && now.shm_nattch > 0)
		return fail(EBUSY);
	return REAL(shmctl)(segment, command, status);
}
#endif

/* A segment that is attached is not removed, whatever IPC_RMID says. */
#ifdef LIE_SHM_RMID_ATTACHED_DOES_NOTHING
int shmctl(int segment, int command, struct shmid_ds *status)
{
	struct shmid_ds now;

	if (command == IPC_RMID && stat_segment(segment, &now) == 0 && now.shm_nattch > 0)
		return 0;
	return REAL(shmctl)(segment, command, status);
}
#endif

/* A removed segment is gone for shmctl at once, attached or not. illumos and NetBSD see it so. */
#ifdef LIE_SHM_REMOVED_ID_INVALID
int shmctl(int segment, int command, struct shmid_ds *status)
{
	return is_removed(segment) ? fail(EINVAL) : REAL(shmctl)(segment, command, status);
}
#endif

/* Removing twice fails. */
#ifdef LIE_SHM_RMID_AGAIN_EIDRM
int shmctl(int segment, int command, struct shmid_ds *status)
{
	return command == IPC_RMID && is_removed(segment) ? fail(EIDRM) : REAL(shmctl)(segment, command, status);
}
#endif

/* A removed segment cannot be attached any more. illumos and NetBSD see it so. */
#ifdef LIE_SHMAT_REMOVED_REFUSED
void *shmat(int segment, const void *address, int flags)
{
	if (is_removed(segment))
		return (void *)(intptr_t)fail(EINVAL);
	return real_shmat(segment, address, flags);
}
#endif

/* IPC_RMID moves shm_ctime, as every other change of the segment does. */
#ifdef LIE_SHM_RMID_MOVES_CTIME
int shmctl(int segment, int command, struct shmid_ds *status)
{
	struct shmid_ds now;

	if (command == IPC_RMID && stat_segment(segment, &now) == 0)
		REAL(shmctl)(segment, IPC_SET, &now);
	return REAL(shmctl)(segment, command, status);
}
#endif

/* SHM_LOCK and SHM_UNLOCK succeed and do nothing. gVisor did so. */
#ifdef LIE_SHM_LOCK_DOES_NOTHING
int shmctl(int segment, int command, struct shmid_ds *status)
{
	struct shmid_ds now;

	if ((command == SHM_LOCK || command == SHM_UNLOCK) && stat_segment(segment, &now) == 0)
		return 0;
	return REAL(shmctl)(segment, command, status);
}
#endif

/* SHM_LOCK needs privilege. FreeBSD, NetBSD and Linux before 2.6.9 ask for it. */
#ifdef LIE_SHM_LOCK_NEEDS_PRIVILEGE
int shmctl(int segment, int command, struct shmid_ds *status)
{
	struct shmid_ds now;

	if ((command == SHM_LOCK || command == SHM_UNLOCK) && stat_segment(segment, &now) == 0)
		return fail(EPERM);
	return REAL(shmctl)(segment, command, status);
}
#endif

/* IPC_SET replaces the whole mode, and so unlocks the segment. */
#ifdef LIE_SHM_SET_UNLOCKS
int shmctl(int segment, int command, struct shmid_ds *status)
{
	int result = REAL(shmctl)(segment, command, status);

	if (command == IPC_SET && result == 0)
		REAL(shmctl)(segment, SHM_UNLOCK, NULL);
	return result;
}
#endif

/* SHM_HUGETLB is ignored. gVisor does so. */
#ifdef LIE_SHMGET_HUGE_IGNORED
int shmget(key_t key, size_t size, int flags)
{
	return REAL(shmget)(key, size, flags & ~(int)(SHM_HUGETLB | 0x3fu << 26));
}
#endif

/* Huge pages are for everybody. Linux before 5.16 let those have some who may lock as much. */
#ifdef LIE_SHMGET_HUGE_FOR_EVERYBODY
int shmget(key_t key, size_t size, int flags)
{
	int id = REAL(shmget)(key, size, flags);

	if (id == -1 && errno == EPERM && flags & SHM_HUGETLB)
		return flags & SHM_NORESERVE ? REAL(shmget)(key, size, flags & ~SHM_HUGETLB) : fail(ENOMEM);
	return id;
}
#endif

/* Where there are no huge pages ordinary ones will do. */
#ifdef LIE_SHMGET_HUGE_FALLS_BACK
int shmget(key_t key, size_t size, int flags)
{
	int id = REAL(shmget)(key, size, flags);

	return id == -1 && errno == ENOMEM && flags & SHM_HUGETLB ? REAL(shmget)(key, size, flags & ~SHM_HUGETLB) : id;
}
#endif

/* A size of huge pages that the machine does not have is taken for the default. */
#ifdef LIE_SHMGET_HUGE_ANY_SIZE
int shmget(key_t key, size_t size, int flags)
{
	return REAL(shmget)(key, size, flags & SHM_HUGETLB ? flags & (int)~(0x3fu << 26) : flags);
}
#endif

#if defined(LIE_SHMCTL_HUGE_LOCK_EINVAL) || defined(LIE_SHMAT_ROUNDS_TO_HUGE)
#define KNOWN_MAX 1024

static int known[KNOWN_MAX], count;

static bool is_huge(int id)
{
	for (int i = 0; i < count && i < KNOWN_MAX; i++)
		if (known[i] == id)
			return true;
	return false;
}

int shmget(key_t key, size_t size, int flags)
{
	int id = REAL(shmget)(key, size, flags);

	if (id >= 0 && flags & SHM_HUGETLB && flags & SHM_NORESERVE && key == IPC_PRIVATE)
		known[count++ % KNOWN_MAX] = id;
	return id;
}
#endif

/* A segment of huge pages cannot be locked. */
#ifdef LIE_SHMCTL_HUGE_LOCK_EINVAL
int shmctl(int id, int command, struct shmid_ds *status)
{
	int result = REAL(shmctl)(id, command, status);

	if (result == 0 && (command == SHM_LOCK || command == SHM_UNLOCK) && is_huge(id))
		return fail(EINVAL);
	return result;
}
#endif

/* SHM_RND rounds to huge pages where the segment has them. */
#ifdef LIE_SHMAT_ROUNDS_TO_HUGE
#define HUGE_PAGE 2097152u

void *shmat(int id, const void *address, int flags)
{
	if (flags & SHM_RND && is_huge(id))
		address = (const void *)((uintptr_t)address & ~(uintptr_t)(HUGE_PAGE - 1));
	return real_shmat(id, address, flags);
}
#endif
