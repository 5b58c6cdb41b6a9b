/* Shared memory as lies see it. */
#ifndef MEMORY_H
#define MEMORY_H

#include "lie.h"

#include <sys/ipc.h>
#include <sys/shm.h>

#define PAGE ((size_t)sysconf(_SC_PAGESIZE))

static inline void *real_shmat(int segment, const void *address, int flags)
{
	return REAL(shmat)(segment, address, flags);
}

static inline int stat_segment(int segment, struct shmid_ds *status)
{
	return REAL(shmctl)(segment, IPC_STAT, status);
}

static inline bool is_removed(int segment)
{
	struct shmid_ds status;

	return stat_segment(segment, &status) == 0 && status.shm_perm.mode & SHM_DEST;
}

static inline void *at(const void *base, size_t offset)
{
	return (void *)((uintptr_t)base + offset);
}

/* The address at the start of its page. */
static inline void *page_of(const void *address)
{
	return (void *)((uintptr_t)address & ~(PAGE - 1));
}

/* What this process has attached: a lie that needs it defines its shmat() and shmdt() by these. */
#define ATTACHMENTS_MAX 64

struct attachment {
	int segment;
	size_t size;
	void *base;
};

static MAYBE_UNUSED struct attachment attachments[ATTACHMENTS_MAX];
static MAYBE_UNUSED int attached;

static inline void *noted_shmat(int segment, const void *address, int flags)
{
	void *base = real_shmat(segment, address, flags);
	struct shmid_ds status;

	if (base != (void *)-1 && attached < ATTACHMENTS_MAX) {
		size_t size = stat_segment(segment, &status) == 0 ? status.shm_segsz : 1;

		attachments[attached++] = (struct attachment){ segment, size, base };
	}
	return base;
}

static inline int noted_shmdt(const void *base)
{
	int result = REAL(shmdt)(base);

	for (int i = 0; result == 0 && i < attached; i++) {
		if (attachments[i].base == base) {
			attachments[i] = attachments[--attached];
			break;
		}
	}
	return result;
}

/* The attachment that the address lies in, or NULL. */
static inline const struct attachment *attachment_at(const void *address)
{
	for (int i = attached - 1; i >= 0; i--)
		if (address >= attachments[i].base && address < at(attachments[i].base, attachments[i].size))
			return &attachments[i];
	return NULL;
}

/* Defines shmctl() with an IPC_STAT that tells `status` after it was filled. */
#define SHMCTL_STAT(segment, status) \
	static void retell(int, struct shmid_ds *); \
	int shmctl(int id, int command, struct shmid_ds *filled) \
	{ \
		int result = REAL(shmctl)(id, command, filled); \
\
		if (command == IPC_STAT && result == 0) \
			retell(id, filled); \
		return result; \
	} \
	static void retell(MAYBE_UNUSED int segment, struct shmid_ds *status)

#endif
