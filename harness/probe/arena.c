#include "arena.h"

#include "raw.h"
#include "shared.h"

#include <sys/mman.h>

#define ARENA_BYTES (UINT64_C(64) << 20)

/* Far from programs, heaps, stacks and where mappings go, whichever way they grow; for small address spaces too. */
static const uint64_t candidates[] = {
	UINT64_C(0x200000000000),
	UINT64_C(0x1000000000),
	UINT64_C(0x20000000),
	UINT64_C(0x30000000),
};

static bool is_free(uint64_t address)
{
	void *wish = (void *)(uintptr_t)address;
	void *got;

	if (address > UINTPTR_MAX - ARENA_BYTES)
		return false;
	got = mmap(wish, (size_t)ARENA_BYTES, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (got == MAP_FAILED)
		return false;
	munmap(got, (size_t)ARENA_BYTES);
	return got == wish;
}

uint64_t find_arena(void)
{
	for (size_t i = 0; i < sizeof(candidates) / sizeof(candidates[0]); i++)
		if (is_free(candidates[i]))
			return candidates[i];
	return 0;
}

void clear_arena(void)
{
	if (run->arena != 0)
		syscall(SYS_munmap, (uintptr_t)run->arena, (size_t)ARENA_BYTES);
}

/* More than any hole between the mappings of a program; an emulator keeps a record of each page, also of such. */
#define BELOW_ALL_BYTES ((size_t)1 << (sizeof(void *) == 8 && !run->has_probe_fd ? 36 : 28))
#define FENCE_BYTES ((size_t)1 << 20)
#define SMALLEST_BYTES ((size_t)1 << 12)
#define FILLINGS_MAX 4096

static uintptr_t reserve(size_t bytes)
{
	void *got = mmap(NULL, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	return got == MAP_FAILED ? 0 : (uintptr_t)got;
}

void raise_fence(void)
{
	uintptr_t all = reserve(BELOW_ALL_BYTES);
	uintptr_t bottom = all + BELOW_ALL_BYTES;
	int fillings = 0;

	if (all == 0)
		return;
	munmap((void *)all, BELOW_ALL_BYTES);
	for (size_t bytes = FENCE_BYTES; bytes >= SMALLEST_BYTES; bytes /= 16) {
		uintptr_t got;

		/* A hole above is filled for good. */
		while ((got = reserve(bytes)) >= bottom && fillings < FILLINGS_MAX)
			fillings++;
		if (got != 0)
			munmap((void *)got, bytes);
	}
	reserve(FENCE_BYTES);
}
