#include "bad_pointer.h"

#include "raw.h"

#include <sys/mman.h>

/* No machine has larger pages. */
#define PAGE_BYTES_MAX 65536

static _Alignas(PAGE_BYTES_MAX) unsigned char pages[2 * PAGE_BYTES_MAX];

void *before_the_edge(size_t bytes)
{
	static bool is_made;

	if (!is_made)
		is_made = syscall(SYS_mprotect, pages + PAGE_BYTES_MAX, PAGE_BYTES_MAX, PROT_NONE) == 0;
	return pages + PAGE_BYTES_MAX - bytes;
}
