/* Which processor a probe runs on, set without the libc (musl has no scheduler calls). */
#ifndef PROCESSORS_H
#define PROCESSORS_H

#include "probe.h"

#define ALL_PROCESSORS (-1)

/*
 * A processor for all of this probe: the one that was wished for, or among the allowed ones one that the fewest probes of this
 * machine have taken, the last of them; the first of several is left to others. It is taken until this process and its descendants have ended, or closed what they
 * inherited. Negative: it is not allowed, or none can be chosen.
 */
int take_processor(const char *wish);

/* Whoever has a real-time priority there shall leave time for this probe, which has none, or not everywhere. */
void be_known_as_ordinary(int processor);

/* Whether there is such a probe. */
bool has_ordinary(int processor);

/* Runs on this processor alone. */
bool pin(int processor);

/* Runs on the processor of this number (from 0) among the allowed ones, counted round and round. */
void pin_in_turn(int number);

#endif
