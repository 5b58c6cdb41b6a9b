/* Knowing from the kernel that all actors are at rest. No process is ever ordered by sleeping. */
#ifndef SETTLE_H
#define SETTLE_H

#include "probe.h"

/* What a scenario is waiting for. */
struct unrest {
	/* Slots below this one are roots of the scenario. */
	int roots;
	/* Actors can be signalled, stopped, born and ended. */
	bool processes;
	/* The actor that has the turn (-1: none), and the slot its child will have (-1: it does not fork). */
	int stepper, child;
	/* When the turn was given, in microseconds of the monotonic clock. */
	int64_t since;
};

/*
 * Returns when every actor is idle, asleep in its call, stopped or dead, with the seats telling which; false: that
 * took too long.
 */
bool settle(const struct unrest *unrest);

#endif
