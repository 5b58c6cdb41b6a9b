#include "calls.h"

#include "thread.h"

#include <sched.h>

/* What the libc makes shares everything. */
void call_thread(struct call *call)
{
	unsigned long flags = (unsigned)take_int(call);

	if (flags == CLONE_SYSVSEM)
		RETURNS(call, thread_start(call->reg), thread_start_cloned(call->reg, flags));
	else
		RETURNS(call, thread_start_cloned(call->reg, flags), thread_start_cloned(call->reg, flags));
}

void call_thread_exit(struct call *call)
{
	thread_end(take_int(call));
}
