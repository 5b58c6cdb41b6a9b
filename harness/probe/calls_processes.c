#include "calls.h"

#include "actor.h"
#include "leftovers.h"
#include "raw.h"

#include <sys/prctl.h>

/* Who the child is, and the register, are the actor's business: see actor.c. */
void call_fork(struct call *call)
{
#ifdef SYS_fork
	RETURNS(call, fork(), syscall(SYS_fork));
#else
	RETURNS(call, fork(), raw_clone(SIGCHLD));
#endif
}

enum { IMAGE_SELF, IMAGE_MISSING, IMAGE_DIRECTORY };

void call_exec(struct call *call)
{
	int image = take_int(call);
	char **arguments = actor_arguments();
	const char *path = image == IMAGE_SELF ? arguments[0] : image == IMAGE_MISSING ? "/nonexistent/image" : "/";

	RETURNS(call, execve(path, arguments, environ), syscall(SYS_execve, path, arguments, environ));
}

void call_exit(struct call *call)
{
	/* Not known to the compiler as a function that never returns: a broken one might. */
	void (*volatile end)(int) = _exit;
	int status = take_int(call);

	if (run->entry_is_syscall)
		syscall(SYS_exit_group, status);
	else
		end(status);
}

void call_kill(struct call *call)
{
	pid_t pid = take_process(call);
	int signal = take_signal(call);

	RETURNS(call, kill(pid, signal), raw_kill(pid, signal));
}

void call_setpgid(struct call *call)
{
	pid_t pid = take_process(call);
	pid_t group = take_process(call);

	RETURNS(call, setpgid(pid, group), syscall(SYS_setpgid, pid, group));
}

void call_getpgid(struct call *call)
{
	pid_t pid = take_process(call);

	RETURNS(call, getpgid(pid), syscall(SYS_getpgid, pid));
}

void call_getppid(struct call *call)
{
	RETURNS(call, getppid(), syscall(SYS_getppid));
}

void call_setsid(struct call *call)
{
	RETURNS(call, setsid(), syscall(SYS_setsid));
}

void call_subreaper(struct call *call)
{
	unsigned long on = (unsigned long)take_int(call);

	RETURNS(call, prctl(PR_SET_CHILD_SUBREAPER, on, 0UL, 0UL, 0UL), raw_prctl(PR_SET_CHILD_SUBREAPER, on));
}

/* Younger than many libcs: there is no wrapper to test. */
void call_pidfd_open(struct call *call)
{
	pid_t pid = take_process(call);
	unsigned int flags = (unsigned int)native_file_flags(take_int(call));

	RETURNS(call, syscall(SYS_pidfd_open, pid, flags), syscall(SYS_pidfd_open, pid, flags));
	put_register(call);
	if (!call_failed(call))
		note_descriptor((int)call->value);
}
