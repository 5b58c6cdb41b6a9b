#include "memory.h"

/* The size is told in whole pages. FreeBSD does so. */
#ifdef LIE_SHM_SIZE_ROUNDED
SHMCTL_STAT(segment, status)
{
	status->shm_segsz = (status->shm_segsz + PAGE - 1) & ~(PAGE - 1);
}
#endif

/* shm_atime and shm_dtime are mixed up. */
#ifdef LIE_SHM_TIMES_SWAPPED
SHMCTL_STAT(segment, status)
{
	time_t attached_at = status->shm_atime;

	status->shm_atime = status->shm_dtime;
	status->shm_dtime = attached_at;
}
#endif

/* shm_cpid and shm_lpid are mixed up. */
#ifdef LIE_SHM_PIDS_SWAPPED
SHMCTL_STAT(segment, status)
{
	pid_t creator = status->shm_cpid;

	status->shm_cpid = status->shm_lpid;
	status->shm_lpid = creator;
}
#endif

/* shm_lpid starts with the creator. */
#ifdef LIE_SHM_LPID_FROM_CREATION
SHMCTL_STAT(segment, status)
{
	if (status->shm_lpid == 0)
		status->shm_lpid = status->shm_cpid;
}
#endif

/* shm_nattch counts processes: the further attachments of one do not count. A common textbook claim. */
#ifdef LIE_SHM_NATTCH_COUNTS_PROCESSES
void *shmat(int segment, const void *address, int flags)
{
	return noted_shmat(segment, address, flags);
}

int shmdt(const void *address)
{
	return noted_shmdt(address);
}

SHMCTL_STAT(segment, status)
{
	int own = 0;

	for (int i = 0; i < attached; i++)
		own += attachments[i].segment == segment;
	if (own > 1 && (int)status->shm_nattch >= own)
		status->shm_nattch -= (shmatt_t)(own - 1);
}
#endif

/* A new segment counts as attached by its creator. A common textbook claim. */
#ifdef LIE_SHM_NATTCH_WITH_CREATOR
SHMCTL_STAT(segment, status)
{
	status->shm_nattch++;
}
#endif

/* SHM_DEST is not told. */
#ifdef LIE_SHM_DEST_HIDDEN
SHMCTL_STAT(segment, status)
{
	status->shm_perm.mode &= 0777 | SHM_LOCKED;
}
#endif

/* The key of a removed segment is still told. */
#ifdef LIE_SHM_KEY_STAYS
SHMCTL_STAT(segment, status)
{
	static struct {
		int segment;
		key_t key;
	} seen = { -1, 0 };

	if (status->shm_perm.__key != IPC_PRIVATE) {
		seen.segment = segment;
		seen.key = status->shm_perm.__key;
	} else if (seen.segment == segment) {
		status->shm_perm.__key = seen.key;
	}
}
#endif

/* shm_dtime is never set. */
#ifdef LIE_SHM_DTIME_NEVER_SET
SHMCTL_STAT(segment, status)
{
	status->shm_dtime = 0;
}
#endif

/* Attaching moves shm_ctime too. */
#ifdef LIE_SHM_CTIME_BY_SHMAT
SHMCTL_STAT(segment, status)
{
	if (status->shm_ctime < status->shm_atime)
		status->shm_ctime = status->shm_atime;
}
#endif

/* The umask takes bits from the mode of a new segment, as from that of a file. */
#ifdef LIE_SHMGET_UMASK
int shmget(key_t key, size_t size, int flags)
{
	bool exists = key != IPC_PRIVATE && REAL(shmget)(key, 0, 0) >= 0;

	return REAL(shmget)(key, size, exists ? flags : flags & ~022);
}
#endif
