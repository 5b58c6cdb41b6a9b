/* What every file of the probe starts with. */
#ifndef PROBE_H
#define PROBE_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Exit statuses of the probe. */
enum { STATUS_DONE = 0, STATUS_DIED = 1, STATUS_USAGE = 2, STATUS_CANNOT_RUN = 3 };

#ifdef __dietlibc__
#include "dietlibc.h"
#endif

#define load_acquire(place) __atomic_load_n(place, __ATOMIC_ACQUIRE)
#define store_release(place, value) __atomic_store_n(place, value, __ATOMIC_RELEASE)

#endif
