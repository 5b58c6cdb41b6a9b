/* What the driver and its actors may do and where they run, set without the libc (musl has no scheduler calls). */
#ifndef PRIVILEGES_H
#define PRIVILEGES_H

#include "probe.h"

/* An actor that has become runnable always comes before the driver. */
#define DRIVER_PRIORITY 10
#define ACTOR_PRIORITY 20
/* An actor that spins this long without sleeping is killed by the kernel, lest it starve the machine. */
#define SPIN_SECONDS_MAX 2

/* SCHED_FIFO of that priority for this process. */
bool use_fifo(int priority);
void use_ordinary_scheduling(void);

/* Lets this process and its descendants use SCHED_FIFO even where they have no such privilege, if that can be done. */
void permit_fifo(void);
void limit_spinning(void);

/* Runs on this processor alone, or on the last one that is allowed (-1); false: that is not allowed. */
bool pin(int processor);

void drop_capabilities(void);
void forbid_core_dumps(void);

/* Sleeps end when they should: the least possible timer slack, for descendants as well. */
void sharpen_timers(void);

#endif
