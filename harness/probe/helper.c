#include "helper.h"

#include <sys/wait.h>

#ifndef __WALL
#define __WALL 0x40000000
#endif

#define STACK_BYTES 65536

static _Alignas(64) char stack[STACK_BYTES];

pid_t run_helper(int flags, int (*life)(void *), void *argument, int *status)
{
#if defined(__hppa__)
	char *top = stack;
#else
	char *top = stack + STACK_BYTES;
#endif
	pid_t pid = clone(life, top, flags | CLONE_VM | CLONE_VFORK, argument);

	if (pid > 0 && raw_wait(pid, status, __WALL) != pid)
		*status = -1;
	return pid;
}
