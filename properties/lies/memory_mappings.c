#include "memory.h"

#include <stdarg.h>
#include <sys/mman.h>

/* More than a scenario unmaps, less than the probe does. */
#define SCENARIO_BYTES (64 * PAGE)

/* Parts of a mapping stay. */
#ifdef LIE_MUNMAP_WHOLE_ONLY
int munmap(void *address, size_t bytes)
{
	return bytes < 2 * PAGE ? 0 : REAL(munmap)(address, bytes);
}
#endif

/* What is no longer to be accessed can be read all the same. */
#ifdef LIE_MPROTECT_ALWAYS_READABLE
int mprotect(void *address, size_t bytes, int protection)
{
	return REAL(mprotect)(address, bytes, bytes <= SCENARIO_BYTES ? protection | PROT_READ : protection);
}
#endif

/* A protection that is not possible is ignored. */
#ifdef LIE_MPROTECT_NEVER_REFUSES
int mprotect(void *address, size_t bytes, int protection)
{
	int result = REAL(mprotect)(address, bytes, protection);

	return result == -1 && errno == EACCES ? 0 : result;
}
#endif

/* Advice is not taken. An emulation. */
#ifdef LIE_MADVISE_IGNORED
int madvise(void *address MAYBE_UNUSED, size_t bytes MAYBE_UNUSED, int advice MAYBE_UNUSED)
{
	return 0;
}
#endif

/* An old size of 0 is an error. An emulation. */
#ifdef LIE_MREMAP_NEVER_DOUBLES
void *mremap(void *address, size_t bytes, size_t new_bytes, int flags, ...)
{
	va_list more;
	void *to;

	va_start(more, flags);
	to = va_arg(more, void *);
	va_end(more);
	if (bytes != 0)
		return REAL(mremap)(address, bytes, new_bytes, flags, to);
	errno = EINVAL;
	return MAP_FAILED;
}
#endif

/* What cannot be stored is dropped. */
#ifdef LIE_READ_DROPS_WHAT_IT_CANNOT_STORE
ssize_t read(int fd, void *to, size_t bytes)
{
	ssize_t result = REAL(read)(fd, to, bytes);

	return result == -1 && errno == EFAULT ? (ssize_t)bytes : result;
}
#endif
