// A program for POSIX systems that names it so is refused
// expects: refused
#undef _GNU_SOURCE
#define _XOPEN_SOURCE 700
#include <sys/ipc.h>

int main(void)
{
	struct ipc_perm permission = { .mode = 0 };

#ifdef CLAIM
	return permission.key != 0;
#else
	return permission.mode != 0;
#endif
}
