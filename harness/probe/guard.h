/*
 * The guard: starts the driver, cleans up behind it, and helps it against actors that keep the processor for
 * themselves. It stays outside of the pid namespace, where no kill of a scenario reaches it or counts it, and in a
 * session of its own, where no kill of the outer process's group does.
 */
#ifndef GUARD_H
#define GUARD_H

#include "probe.h"

/* Does not return. `outer` is this process's parent. */
_Noreturn void guard_run(int outer);

#endif
