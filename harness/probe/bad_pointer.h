/* Addresses that no call can read or write. */
#ifndef BAD_POINTER_H
#define BAD_POINTER_H

#include "probe.h"

/* The address `bytes` before a page that cannot be accessed: so many can, and no more. */
void *before_the_edge(size_t bytes);

static inline void *bad_pointer(void)
{
	return before_the_edge(0);
}

#endif
