/* Loads and stores that may fault. The handlers are there only during the access, so that tests may have their own. */
#ifndef GUARDED_ACCESS_H
#define GUARDED_ACCESS_H

#include "probe.h"

/* What an access raised; signal 0: nothing. */
struct fault {
	int signal;
	int code;
};

int guarded_load(const volatile void *address, struct fault *fault);
/* Puts an instruction that returns at the address, calls it, and puts back what was there; false: not known here. */
bool guarded_run(void *address, struct fault *fault);
void guarded_store(volatile void *address, unsigned char byte, struct fault *fault);

#endif
