#include "lie.h"

#include <stdarg.h>
#include <stdio.h>
#include <sys/sem.h>

static inline bool is_run_as(const char *name)
{
	return strcmp(program_invocation_short_name, name) == 0;
}

/* ipcrm says that it has removed a set, and has not. */
#ifdef LIE_IPCRM_REMOVES_NOTHING
int semctl(int set, int number, int command, ...)
{
	void *argument;
	va_list list;

	va_start(list, command);
	argument = va_arg(list, void *);
	va_end(list);
	if (command == IPC_RMID && is_run_as("ipcrm") && REAL(semctl)(set, 0, GETPID) >= 0)
		return 0;
	return REAL(semctl)(set, number, command, argument);
}
#endif

/* ipcs lists only what its user may read: it cannot open the files of /proc, and asks for each object. */
#ifdef LIE_IPCS_NEEDS_PERMISSION
FILE *fopen(const char *path, const char *mode)
{
	if (is_run_as("ipcs") && strncmp(path, "/proc/sysvipc/", 14) == 0)
		return NULL;
	return REAL(fopen)(path, mode);
}
#endif
