/* Killing everything that descends from this process. */
#ifndef DESCENDANTS_H
#define DESCENDANTS_H

#include "probe.h"

#include <sys/types.h>

/*
 * Kills and reaps until there is no child left. As the first process of a pid namespace this reaches everything in
 * it; elsewhere it needs to be a subreaper, and goes by the parents that /proc shows.
 */
void kill_descendants(void);

/*
 * Kills a process and waits for its end, if it is a child. It may have to get past its actors to die, and they past
 * it: the kernel lets the first process of a pid namespace wait for the ends of all the others. So it comes before everybody and after
 * everybody in turn. The longer it takes the more time is left to the others: where many probes end at once, one of them would always
 * come before everybody. Of its actors, one that reaps somebody may hang in the kernel for the reason below; so all of them come after
 * everybody, too.
 */
void end_starved(int pid);

/*
 * Reaps a child that has ended, if there is one: 0 if not, -1 if there is no child. This process has the least priority
 * after that. With a high one it would hang in the kernel for ever if it kept somebody from running who was letting go
 * of the same files in /proc (Linux fs/dcache.c, shrink_dcache_parent, tries until the other one is done).
 */
pid_t reap_gently(pid_t pid, int *status);

/*
 * Ends this process. It has the least priority then, for the same reason.
 */
_Noreturn void leave(int status);

/* The parent of a process as /proc/PID/stat has it, or -1. */
int parent_of(int pid);

#endif
