/*
 * Errors, signals and flags have the numbers of Linux's generic ABI (asm-generic) on the wire. An architecture that has
 * others (alpha, mips, hppa, sparc) has them translated here; on all the others nothing changes.
 */
#ifndef NUMBERS_H
#define NUMBERS_H

/* What the architecture calls by a name that the generic ABI gives to another error is NOT_GENERIC and its own number. */
#define NOT_GENERIC 1000

int generic_error(int native);

/* Numbers that are no signals stay numbers that are none. */
int generic_signal(int native);
int native_signal(int generic);

/* Of a status that tells of a signal, the signal. */
int generic_status(int native);
int native_status(int generic);

/* Of the `si_status` that comes with this `si_code` of SIGCHLD: a signal, unless the child has exited. */
int generic_child_status(int code, int status);

/* SA_NOCLDSTOP, SA_NOCLDWAIT and SA_RESTART; others are left alone. */
int native_action_flags(int generic);

/* O_NONBLOCK; others are left alone. */
int native_file_flags(int generic);

#endif
