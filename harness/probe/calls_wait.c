#include "calls.h"

#include "bad_pointer.h"
#include "poison.h"
#include "raw.h"
#include "usage.h"

#include <sys/wait.h>

enum { WITHOUT_USAGE, WITH_USAGE };
enum { LOCATION_GIVEN, LOCATION_NULL, LOCATION_BAD };

static void *location(int kind, void *given)
{
	return kind == LOCATION_NULL ? NULL : kind == LOCATION_BAD ? bad_pointer() : given;
}

/* With a bad pointer past the libc, which may look at what it is given. */
#define WAIT_RETURNS(call, argument, by_libc, by_syscall) \
	RETURNS(call, (argument) == bad_pointer() ? (by_syscall) : (by_libc), by_syscall)

/* An int for the status between guards, and the pointer to it that the call gets. */
struct status_place {
	int *place;
	int *argument;
};

static struct status_place take_status(struct call *call)
{
	struct status_place status;

	status.place = poisoned(sizeof(int));
	status.argument = location(take_int(call), status.place);
	return status;
}

static void put_status(struct call *call, const struct status_place *status)
{
	check_guards(call);
	if (call_failed(call) && !was_written())
		return;
	put_int(call, generic_status(*status->place));
}

void call_wait(struct call *call)
{
	struct status_place status = take_status(call);

	WAIT_RETURNS(call, status.argument, wait(status.argument), syscall(SYS_wait4, -1, status.argument, 0, NULL));
	put_status(call, &status);
}

void call_waitpid(struct call *call)
{
	pid_t pid = take_process(call);
	int options = take_int(call);
	struct status_place status = take_status(call);

	WAIT_RETURNS(call, status.argument, waitpid(pid, status.argument, options),
		syscall(SYS_wait4, pid, status.argument, options, NULL));
	put_status(call, &status);
}

void call_wait4(struct call *call)
{
	pid_t pid = take_process(call);
	int options = take_int(call);
	struct status_place status = take_status(call);
	struct usage *usage = usage_expected();
	bool usage_written;

	WAIT_RETURNS(call, status.argument, wait4(pid, status.argument, options, &usage->by_libc),
		syscall(SYS_wait4, pid, status.argument, options, &usage->by_kernel));
	check_guards(call);
	usage_written = usage_was_written();
	if (call_failed(call) && !was_written() && !usage_written)
		return;
	put_int(call, generic_status(*status.place));
	put_int(call, usage_written);
	put_usage(call);
}

void call_waitid(struct call *call)
{
	int type = take_int(call);
	id_t id = (id_t)take_process(call);
	int options = take_int(call);
	int kind = take_int(call);
	siginfo_t *info = poisoned(sizeof(*info));
	siginfo_t *argument = location(kind, info);
	bool with_usage = take_int(call) == WITH_USAGE;
	struct usage *usage = usage_expected();

	/* Only the system call has a fifth argument. */
	if (with_usage)
		RETURNS(call, syscall(SYS_waitid, type, id, argument, options, &usage->by_kernel),
			syscall(SYS_waitid, type, id, argument, options, &usage->by_kernel));
	else
		WAIT_RETURNS(call, argument, waitid((idtype_t)type, id, argument, options),
			syscall(SYS_waitid, type, id, argument, options, NULL));
	check_guards(call);
	if (call_failed(call) && !was_written() && !usage_was_written())
		return;
	put_int(call, generic_signal(info->si_signo));
	put_int(call, info->si_errno);
	put_int(call, info->si_code);
	put_int(call, generic_child_status(info->si_code, info->si_status));
	put_int(call, info->si_pid);
	put_int(call, (int32_t)info->si_uid);
	put_int(call, usage_was_written() ? 1 : POISON_WORD);
	put_usage(call);
}
