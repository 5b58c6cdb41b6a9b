/* What the driver and its actors may do, set without the libc (musl has no scheduler calls). */
#ifndef PRIVILEGES_H
#define PRIVILEGES_H

#include "probe.h"

/* An actor that has become runnable always comes before the driver; unless that has to be helped by the guard. */
#define DRIVER_PRIORITY 10
#define ACTOR_PRIORITY 20
#define LIFTED_PRIORITY 25
#define GUARD_PRIORITY 30
/* Who spins this long without sleeping is killed by the kernel, lest it starve the machine: an actor; all others. */
#define SPIN_SECONDS_MAX 2
#define DRIVER_SPIN_SECONDS_MAX 5

/* SCHED_FIFO of that priority, or none, for a process (0: this one). */
bool use_fifo(int pid, int priority);
void use_ordinary_scheduling(int pid);

/* Lets this process and its descendants use SCHED_FIFO even where they have no such privilege, if that can be done. */
void permit_fifo(void);
void limit_spinning(int seconds);

void forbid_core_dumps(void);

/* Sleeps end when they should: the least possible timer slack, for descendants as well. */
void sharpen_timers(void);

#endif
