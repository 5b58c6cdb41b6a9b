/*
 * Out-buffers: filled with POISON before a call, between guard bytes that must not change. One buffer for each size
 * class is enough, since an actor makes one call at a time; each thread has its own.
 */
#ifndef POISON_H
#define POISON_H

#include "call.h"

#define GUARD_BYTES 64
#define SMALL_BYTES_MAX 1024

/* A poisoned buffer of up to SMALL_BYTES_MAX bytes with guards right before and behind it. */
void *poisoned(size_t bytes);

/* Whether any byte of the buffer that `poisoned` handed out was written. */
bool was_written(void);

/* Notes in the call whether a guard of that buffer was written. */
void check_guards(struct call *call);

/* The same for memory elsewhere. */
void poison(void *at, size_t bytes);
bool is_poison(const void *at, size_t bytes);
void set_guard(void *at);
bool guard_is_whole(const void *at);

#endif
