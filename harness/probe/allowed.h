/* The limits of the IPC namespace and those of an actor. What a scenario changes is as before when it is over. */
#ifndef ALLOWED_H
#define ALLOWED_H

#include "probe.h"
#include "shared.h"

/* For the driver: whether actors can change the limits of a namespace that nobody else uses. A child tries it. */
bool limits_try(void);
void limits_restore(void);

/* For actors: 0, or -1 and errno. The number is that of the vocabulary. */
int limit_write(int number, int64_t value);

/* The soft limit, at most the hard one. False: the kernel has no such limit. */
bool limit_self(enum own_limit number, int64_t value);

/* Whether the actor is allowed something else than it was, and what ends that. */
bool is_limited(void);
void allow_as_before(void);

/* A new image does not know: it compares itself with the driver. */
void find_out_what_is_allowed(void);

#endif
