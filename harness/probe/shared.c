#include "shared.h"

#include "raw.h"

#include <sys/mman.h>

#ifndef SYS_memfd_create
#error "memfd_create is needed: Linux 3.17 or newer headers"
#endif

/* A multiple of every page size, for `run` comes first in the file. */
#define LARGEST_PAGE 65536
#define RUN_BYTES ((sizeof(struct run) + LARGEST_PAGE - 1) / LARGEST_PAGE * LARGEST_PAGE)

struct run *run;
struct shared *shared;

static void *map(size_t bytes, int protection, size_t offset)
{
	void *memory = mmap(NULL, bytes, protection, MAP_SHARED, SHARED_FD, (off_t)offset);

	return memory == MAP_FAILED ? NULL : memory;
}

static bool map_all(int protection)
{
	run = map(RUN_BYTES, protection, 0);
	shared = map(sizeof(struct shared), PROT_READ | PROT_WRITE, RUN_BYTES);
	return run != NULL && shared != NULL;
}

bool shared_create(void)
{
	int fd = (int)syscall(SYS_memfd_create, "probe", 0U);

	if (fd < 0)
		return false;
	if (fd != SHARED_FD) {
		if (syscall(SYS_dup3, fd, SHARED_FD, 0) < 0)
			return false;
		raw_close(fd);
	}
	if (ftruncate(SHARED_FD, (off_t)(RUN_BYTES + sizeof(struct shared))) < 0 || !map_all(PROT_READ | PROT_WRITE))
		return false;
	run->magic = SHARED_MAGIC;
	run->bytes = sizeof(struct shared);
	return true;
}

bool shared_adopt(void)
{
	return map_all(PROT_READ) && run->magic == SHARED_MAGIC && run->bytes == sizeof(struct shared);
}

void shared_restrict(void)
{
	mprotect(run, RUN_BYTES, PROT_READ);
}
