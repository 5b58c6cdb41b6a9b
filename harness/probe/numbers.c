#include "numbers.h"

#include "probe.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>

struct number {
	int native, generic;
};

#define LENGTH(of) ((int)(sizeof(of) / sizeof((of)[0])))

/* Errors below 35 are the same everywhere, but for EAGAIN. Of the others those that calls under test may answer. */
static const struct number errors[] = {
	{ EAGAIN, 11 },
	{ EDEADLK, 35 },
	{ ENAMETOOLONG, 36 },
	{ ENOSYS, 38 },
	{ ENOTEMPTY, 39 },
	{ ELOOP, 40 },
	{ ENOMSG, 42 },
	{ EIDRM, 43 },
	{ ETIME, 62 },
	{ EOVERFLOW, 75 },
	{ EOPNOTSUPP, 95 },
};

/* Real-time signals are the same everywhere. */
static const struct number signals[] = {
	{ SIGHUP, 1 },
	{ SIGINT, 2 },
	{ SIGQUIT, 3 },
	{ SIGILL, 4 },
	{ SIGTRAP, 5 },
	{ SIGABRT, 6 },
	{ SIGBUS, 7 },
	{ SIGFPE, 8 },
	{ SIGKILL, 9 },
	{ SIGUSR1, 10 },
	{ SIGSEGV, 11 },
	{ SIGUSR2, 12 },
	{ SIGPIPE, 13 },
	{ SIGALRM, 14 },
	{ SIGTERM, 15 },
#ifdef SIGSTKFLT
	{ SIGSTKFLT, 16 },
#else
	/* The one that the generic ABI does not have, in place of the one that this architecture does not have. */
	{ SIGEMT, 16 },
#endif
	{ SIGCHLD, 17 },
	{ SIGCONT, 18 },
	{ SIGSTOP, 19 },
	{ SIGTSTP, 20 },
	{ SIGTTIN, 21 },
	{ SIGTTOU, 22 },
	{ SIGURG, 23 },
	{ SIGXCPU, 24 },
	{ SIGXFSZ, 25 },
	{ SIGVTALRM, 26 },
	{ SIGPROF, 27 },
	{ SIGWINCH, 28 },
	{ SIGIO, 29 },
	{ SIGPWR, 30 },
	{ SIGSYS, 31 },
};

static const struct number action_flags[] = {
	{ SA_NOCLDSTOP, 1 },
	{ SA_NOCLDWAIT, 2 },
	{ SA_RESTART, 0x10000000 },
};

static const struct number file_flags[] = {
	{ O_NONBLOCK, 04000 },
};

int generic_error(int native)
{
	for (int i = 0; i < LENGTH(errors); i++)
		if (errors[i].native == native)
			return errors[i].generic;
	for (int i = 0; i < LENGTH(errors); i++)
		if (errors[i].generic == native)
			return NOT_GENERIC + native;
	return native;
}

/* The last signal of the generic ABI, and how many more there are here. */
#define GENERIC_SIGNALS 64
#if defined(__mips__)
#define MORE_SIGNALS 64
#else
#define MORE_SIGNALS 0
#endif

int generic_signal(int native)
{
	for (int i = 0; i < LENGTH(signals); i++)
		if (signals[i].native == native)
			return signals[i].generic;
	return native;
}

int native_signal(int generic)
{
	for (int i = 0; i < LENGTH(signals); i++)
		if (signals[i].generic == generic)
			return signals[i].native;
	return generic > GENERIC_SIGNALS ? generic + MORE_SIGNALS : generic;
}

/* As every Linux has it: the signal of a death in the lowest seven bits, that of a stop in the second byte. */
#define DEATH_BITS 0x7f
#define STOPPED 0x7f
#define CONTINUED 0xffff

static int with_signals(int status, int (*translate)(int signal))
{
	int death = status & DEATH_BITS;

	if (status == CONTINUED || death == 0)
		return status;
	if ((status & 0xff) == STOPPED)
		return (status & ~0xff00) | translate(status >> 8 & 0xff) << 8;
	return (status & ~DEATH_BITS) | translate(death);
}

int generic_status(int native)
{
	return with_signals(native, generic_signal);
}

int native_status(int generic)
{
	return with_signals(generic, native_signal);
}

int generic_child_status(int code, int status)
{
	return code == CLD_EXITED ? status : generic_signal(status);
}

static int with_flags(int generic, const struct number *flags, int length)
{
	int native = generic;

	for (int i = 0; i < length; i++)
		native &= ~flags[i].generic;
	for (int i = 0; i < length; i++)
		if ((generic & flags[i].generic) != 0)
			native |= flags[i].native;
	return native;
}

int native_action_flags(int generic)
{
	return with_flags(generic, action_flags, LENGTH(action_flags));
}

int native_file_flags(int generic)
{
	return with_flags(generic, file_flags, LENGTH(file_flags));
}
