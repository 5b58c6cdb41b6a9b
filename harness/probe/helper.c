#include "helper.h"

#include <sys/wait.h>

#ifndef __WALL
#define __WALL 0x40000000
#endif

#define STACK_BYTES 65536

/* A helper may have a helper of its own. */
#define DEPTH_MAX 2

static _Alignas(64) char stacks[DEPTH_MAX][STACK_BYTES];
static int depth;

pid_t run_helper(int flags, int (*life)(void *), void *argument, int *status)
{
#if defined(__hppa__)
	char *top = stacks[depth];
#else
	char *top = stacks[depth] + STACK_BYTES;
#endif
	pid_t pid;

	depth++;
	pid = clone(life, top, flags | CLONE_VM | CLONE_VFORK, argument);
	depth--;

	if (pid > 0 && raw_wait(pid, status, __WALL) != pid)
		*status = -1;
	return pid;
}
