/*
 * Lies of a kernel: syscall(2) tells them as well as the wrapper does, so that the C library is not to blame. The
 * plumbing of the probe makes none of these calls.
 */
#include "lie.h"

#include <stdarg.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/syscall.h>

enum { ARGUMENTS_MAX = 6 };

/* What the lying kernel makes of a result. */
static long retold(long number, const long *arguments, long result);

/* Hands on as many arguments as there can be: those that the caller did not give are never looked at. */
long syscall(long number, ...)
{
	long arguments[ARGUMENTS_MAX];
	va_list rest;

	va_start(rest, number);
	for (int i = 0; i < ARGUMENTS_MAX; i++)
		arguments[i] = va_arg(rest, long);
	va_end(rest);
	return retold(number, arguments,
		      REAL(syscall)(number, arguments[0], arguments[1], arguments[2], arguments[3], arguments[4],
				    arguments[5]));
}

/* GETPID always answers 0. */
#ifdef LIE_KERNEL_GETPID_ZERO
static long retold(long number, const long *arguments, long result)
{
	return number == SYS_semctl && arguments[2] == GETPID && result > 0 ? 0 : result;
}

int semctl(int id, int at, int command, ...)
{
	va_list rest;
	long fourth;

	va_start(rest, command);
	fourth = va_arg(rest, long);
	va_end(rest);
	return (int)syscall(SYS_semctl, id, at, command, fourth);
}
#endif

/* A queue without a fitting message is answered with EAGAIN, as a full one is. */
#ifdef LIE_KERNEL_MSGRCV_EAGAIN
static long retold(long number, MAYBE_UNUSED const long *arguments, long result)
{
	return number == SYS_msgrcv ? errno_as(result, ENOMSG, EAGAIN) : result;
}

ssize_t msgrcv(int id, void *message, size_t size, long type, int flags)
{
	return syscall(SYS_msgrcv, id, message, size, type, flags);
}
#endif
