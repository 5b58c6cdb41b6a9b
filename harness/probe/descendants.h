/* Killing everything that descends from this process. */
#ifndef DESCENDANTS_H
#define DESCENDANTS_H

#include "probe.h"

/*
 * Kills and reaps until there is no child left. As the first process of a pid namespace this reaches everything in
 * it; elsewhere it needs to be a subreaper, and goes by the parents that /proc shows.
 */
void kill_descendants(void);

/* The parent of a process as /proc/PID/stat has it, or -1. */
int parent_of(int pid);

#endif
