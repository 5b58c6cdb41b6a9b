/* What the handler that tests install has seen, in the actor's own memory. */
#ifndef CAUGHT_H
#define CAUGHT_H

#include "raw.h"

/* How often the handler ran since it was last asked for, and the siginfo of the last time. */
struct caught {
	volatile int32_t times, code, status, pid, uid;
};

/* The handler. */
void note_caught(int signal, siginfo_t *info, void *context);

/* Reads and resets; all zero for a signal that was not caught. */
struct caught take_caught(int signal);

/* A forked child has caught nothing yet. */
void forget_caught(void);

/* From now on other processes with this memory note apart from this one what they catch. */
void lend_caught(void);

#endif
