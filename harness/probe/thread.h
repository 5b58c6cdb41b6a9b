/* Threads of an actor's process: actors too, each in a slot of its own. */
#ifndef THREAD_H
#define THREAD_H

#include "probe.h"

/*
 * Starts a thread that takes turns in the slot: by the libc, or with exactly these flags of clone beside those that
 * make a thread one. Returns its id; -1 and errno: there is none.
 */
int thread_start(int slot);
int thread_start_cloned(int slot, unsigned long flags);

/* Ends the calling thread alone. */
void thread_end(int status);

#endif
