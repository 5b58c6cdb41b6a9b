/* How long the call under way in a slot sleeps by its own wish. */
#ifndef DEADLINES_H
#define DEADLINES_H

#include "probe.h"

/* The longest that `expires` waits, in microseconds; what is longer counts as this. */
#define EXPIRY_LIMIT INT64_C(30000000)

/* Microseconds, rounded up to seconds; 0: it names no time. */
int64_t timeout_of(int slot);

/*
 * It wants to be back at once. It may be seen asleep all the same, until the clock's interrupt comes: where that is
 * emulated, after milliseconds.
 */
bool is_momentary(int slot);

#endif
