/* The address space of the actors, as far as tests put things into it. */
#ifndef ARENA_H
#define ARENA_H

#include "probe.h"

/* A free range, the same in all actors, where the kernel puts nothing of its own accord; 0: there is none. */
uint64_t find_arena(void);

/* Unmaps whatever is there. */
void clear_arena(void);

/*
 * Makes the kernel put what comes below everything that is there, behind a fence: an access that misses the end of an
 * attachment must not reach the probe's own memory.
 */
void raise_fence(void);

#endif
