/* The driver: reads scenarios, runs them with its actors, writes results. It is the ancestor of all actors. */
#ifndef DRIVER_H
#define DRIVER_H

#include "namespaces.h"

/* Does not return. `lifeline` reads nothing and ends when the process that started the driver is dead. */
_Noreturn void driver_run(enum isolation isolation, int lifeline);

#endif
