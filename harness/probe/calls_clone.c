#include "calls.h"

#include "actor.h"
#include "caught.h"
#include "raw.h"

#include <sys/prctl.h>

/* As for fork, who the child is and the register are the actor's business. The libc has no wrapper that returns twice. */
void call_clone(struct call *call)
{
	unsigned long flags = (unsigned)take_int(call);
	unsigned long signal = (unsigned)take_signal(call) & CSIGNAL;

	RETURNS(call, raw_clone(flags | signal), raw_clone(flags | signal));
}

/* Of a child in the memory of its parent. One is enough: the parent does not go on while it is in use. */
#define STACK_BYTES 262144

static _Alignas(64) char stack[STACK_BYTES];

static int live_on_loan(void *slot)
{
	actor_run_on_loan((int)(intptr_t)slot);
}

/* What the kernel makes of vfork, on a stack that the parent does not use: the libc's vfork would return on the same. */
void call_vfork(struct call *call)
{
	int mine = actor_number();
	void *child = (void *)(intptr_t)call->reg;
#if defined(__hppa__)
	char *top = stack;
#else
	char *top = stack + STACK_BYTES;
#endif

	lend_caught();
	errno = 0;
	call->value = clone(live_on_loan, top, CLONE_VM | CLONE_VFORK | SIGCHLD, child);
	call->error = call->value == -1 ? errno : 0;
	actor_resume(mine);
}

void call_unshare(struct call *call)
{
	int flags = take_int(call);

	RETURNS(call, unshare(flags), syscall(SYS_unshare, flags));
}

void call_death_signal(struct call *call)
{
	unsigned long signal = (unsigned long)take_signal(call);

	RETURNS(call, prctl(PR_SET_PDEATHSIG, signal, 0UL, 0UL, 0UL), raw_prctl(PR_SET_PDEATHSIG, signal));
}
