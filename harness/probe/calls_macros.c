#include "calls.h"

#include <sys/wait.h>

/* In place of a value that the status does not have. */
#define NO_VALUE (-1)

static void put_truth(struct call *call, int truth)
{
	put_int(call, truth != 0);
}

void call_macros(struct call *call)
{
	int status = native_status(take_int(call));

	put_truth(call, WIFEXITED(status));
	put_int(call, WIFEXITED(status) ? WEXITSTATUS(status) : NO_VALUE);
	put_truth(call, WIFSIGNALED(status));
	put_int(call, WIFSIGNALED(status) ? generic_signal(WTERMSIG(status)) : NO_VALUE);
	put_truth(call, WCOREDUMP(status));
	put_truth(call, WIFSTOPPED(status));
	put_int(call, WIFSTOPPED(status) ? generic_signal(WSTOPSIG(status)) : NO_VALUE);
	put_truth(call, WIFCONTINUED(status));
}
