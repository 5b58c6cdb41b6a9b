/*
 * Actors that never come to rest, told from actors that somebody else keeps from running: the former use the
 * processor. They need not spin: two that wake each other in turn keep it for ever as well.
 */
#ifndef RESTLESS_H
#define RESTLESS_H

#include "probe.h"
#include "shared.h"

/* The driver had to be lifted above the actors (only with SCHED_FIFO). */
static inline bool is_lifted(void)
{
	return load_acquire(&run->lifted);
}

/* Another rest is waited for. */
void forget_restlessness(void);

/* For a driver that was lifted: true if the actors are why; otherwise it has stepped down, to wait again. */
bool never_rest(void);

/* For one that is among them, that many microseconds after the turn was given. */
bool have_run_too_long(int64_t elapsed);

/* Back below the actors. */
void step_down(void);

#endif
