#include "calls.h"

#include "raw.h"

#include <sys/prctl.h>

/* As for fork, who the child is and the register are the actor's business. The libc has no wrapper that returns twice. */
void call_clone(struct call *call)
{
	unsigned long flags = (unsigned)take_int(call);
	unsigned long signal = (unsigned)take_int(call) & CSIGNAL;

	RETURNS(call, raw_clone(flags | signal), raw_clone(flags | signal));
}

void call_unshare(struct call *call)
{
	int flags = take_int(call);

	RETURNS(call, unshare(flags), syscall(SYS_unshare, flags));
}

void call_death_signal(struct call *call)
{
	unsigned long signal = (unsigned long)take_int(call);

	RETURNS(call, prctl(PR_SET_PDEATHSIG, signal, 0UL, 0UL, 0UL), raw_prctl(PR_SET_PDEATHSIG, signal));
}
