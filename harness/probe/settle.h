/* Knowing from the kernel that all actors are at rest. No process is ever ordered by sleeping. */
#ifndef SETTLE_H
#define SETTLE_H

#include "probe.h"

/* Best first. */
enum detection {
	/* Actors come before the driver on the one processor: when the driver runs, they all sleep. */
	DETECTION_FIFO,
	/* /proc/PID/stat says S, and then /proc/PID/syscall names the call. */
	DETECTION_PROC,
	/* /proc/PID/stat says S many times in a row. */
	DETECTION_PATIENT,
};

extern enum detection detection;

const char *detection_name(void);

/* Whether /proc/PID/syscall can be read, and numbers calls as this program does. */
extern bool calls_are_visible;

/* Finds that out with the help of an idle actor. */
void look_for_calls(int idle_slot);

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
