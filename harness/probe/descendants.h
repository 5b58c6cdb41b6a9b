/* Killing everything that descends from this process. */
#ifndef DESCENDANTS_H
#define DESCENDANTS_H

#include "probe.h"

/*
 * Whether some child is dead (with pid -1), or this one; it is not released. The kernel releases a process in a loop that goes
 * on until nobody is looking it up in /proc: above such a one in priority, on its processor, it would never end.
 */
bool is_dead(int pid);

/*
 * Kills and reaps until there is no child left. As the first process of a pid namespace this reaches everything in
 * it; elsewhere it needs to be a subreaper, and goes by the parents that /proc shows.
 */
void kill_descendants(void);

/*
 * Kills a process and waits for its end, if it is a child. It may have to get past its actors to die, and they past
 * it: the kernel lets the first process of a pid namespace wait for the ends of all the others.
 */
void end_starved(int pid);

/*
 * Ends this process. It has the least priority then, for the same reason.
 */
_Noreturn void leave(int status);

/* The parent of a process as /proc/PID/stat has it, or -1. */
int parent_of(int pid);

#endif
