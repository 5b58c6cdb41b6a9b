/*
 * A process that does something for an actor while that one waits. It has the memory of the actor, so that nothing of what is
 * attached there counts twice, and no wait of the actor's sees it.
 */
#ifndef HELPER_H
#define HELPER_H

#include "raw.h"

/* Runs `life` to its end, with these flags of clone besides. Returns its pid, and its status as wait tells it; -1 and errno. */
pid_t run_helper(int flags, int (*life)(void *), void *argument, int *status);

#endif
