/*
 * What all lies share. A lie is a C library with one wrong rule: preloaded, it takes the place of a few wrappers
 * and does by the real ones whatever it does not lie about. `-DLIE_NAME` chooses the lie of a source file.
 *
 * Actors are processes (seldom further threads), and a lie remembers things for one process only, unless it says otherwise. What it
 * remembers it ties to an id or a pid, so that nothing reaches over into the next scenario.
 */
#ifndef LIE_H
#define LIE_H

#define _GNU_SOURCE

#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

/* The wrapper that a lie has replaced. */
#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

/* For parameters that only some lies look at. */
#define MAYBE_UNUSED __attribute__((unused))

static inline int fail(int error)
{
	errno = error;
	return -1;
}

/* The result of a call, with another errno where it failed with `from`. */
static inline long errno_as(long result, int from, int to)
{
	if (result == -1 && errno == from)
		errno = to;
	return result;
}

#endif
