#include "calls.h"

#include "helper.h"
#include "programs.h"
#include "raw_ipc.h"
#include "raw_signals.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#ifndef PR_CAP_AMBIENT
#define PR_CAP_AMBIENT 47
#endif
#define AMBIENT_CLEAR_ALL 4

#define OUTPUT_BYTES_MAX 262144
#define VARIABLES_MAX 256

static char output[OUTPUT_BYTES_MAX + 1];

/* The environment of the probe, in which everybody speaks alike. */
static char **plain_environment(void)
{
	static char *variables[VARIABLES_MAX + 2];
	static char plain[] = "LC_ALL=C";
	int count = 0;

	for (char **each = environ; *each != NULL && count < VARIABLES_MAX; each++)
		if (strncmp(*each, "LC_ALL=", 7) != 0)
			variables[count++] = *each;
	variables[count++] = plain;
	variables[count] = NULL;
	return variables;
}

struct program_run {
	const char *path;
	char **arguments;
	/* Where it writes. */
	int to;
	/* As wait has it; -1: it did not run. */
	int status;
};

/* A new image would have the capabilities that actors keep. */
static int execute(void *argument)
{
	const struct program_run *run_of = argument;

	syscall(SYS_prctl, PR_CAP_AMBIENT, AMBIENT_CLEAR_ALL, 0UL, 0UL, 0UL);
	syscall(SYS_dup3, run_of->to, 1, 0);
	syscall(SYS_execve, run_of->path, run_of->arguments, plain_environment());
	return STATUS_CANNOT_RUN;
}

/*
 * A new image ends with SIGCHLD, whatever it was cloned with. So it is the child of a helper, which ends without, and
 * takes the signal as usual.
 */
static int execute_apart(void *argument)
{
	struct program_run *run_of = argument;

	raw_set_disposition(SIGCHLD, SIG_DFL);
	run_helper(0, execute, run_of, &run_of->status);
	return 0;
}

/* Runs the program to its end, and keeps what it writes. Returns its exit status; -1: it did not run. */
static int run_program(const char *path, char **arguments)
{
	int file = (int)syscall(SYS_memfd_create, "output", MFD_CLOEXEC);
	struct program_run run_of = { path, arguments, file, -1 };
	int helper_status, status;
	long length = 0;

	if (path != NULL && file >= 0 && run_helper(0, execute_apart, &run_of, &helper_status) > 0)
		length = syscall(SYS_pread64, file, output, (size_t)OUTPUT_BYTES_MAX, 0L, 0L, 0L);
	output[length < 0 ? 0 : length] = '\0';
	raw_close(file);
	status = run_of.status;
	return status == -1 || !WIFEXITED(status) || WEXITSTATUS(status) == STATUS_CANNOT_RUN ? -1 : WEXITSTATUS(status);
}

/* Columns of all three tables of ipcs: key, identifier, owner, permissions, and one or two numbers. */
static bool find_line(int32_t id, int32_t *key, int32_t *mode, int64_t numbers[2])
{
	for (char *line = output; line != NULL; line = strchr(line, '\n')) {
		unsigned shown_key, shown_mode;
		long long first, second = 0;
		char owner[64];
		int shown;

		line += *line == '\n';
		if (sscanf(line, "%x %d %63s %o %lld %lld", &shown_key, &shown, owner, &shown_mode, &first, &second) < 5 ||
		    shown != id)
			continue;
		*key = (int32_t)shown_key;
		*mode = (int32_t)shown_mode;
		numbers[0] = first;
		numbers[1] = second;
		return true;
	}
	return false;
}

static void list(struct call *call, char *option, bool has_second)
{
	char name[] = "ipcs";
	char *arguments[] = { name, option, NULL };
	int32_t id = take_id(call), key, mode;
	int64_t numbers[2];

	if (run_program(program_path(PROGRAM_IPCS), arguments) != 0) {
		call->kind = SKIPPED;
		return;
	}
	call->value = find_line(id, &key, &mode, numbers);
	if (call->value == 0)
		return;
	put_int(call, key);
	put_int(call, mode);
	put_long(call, numbers[0]);
	if (has_second)
		put_long(call, numbers[1]);
}

void call_ipcs_sem(struct call *call)
{
	char option[] = "-s";

	list(call, option, false);
}

void call_ipcs_msg(struct call *call)
{
	char option[] = "-q";

	list(call, option, true);
}

void call_ipcs_shm(struct call *call)
{
	char option[] = "-m";

	list(call, option, true);
}

static void discard(struct call *call, char by_id, char by_key)
{
	char name[] = "ipcrm", option[] = "-?", number[16];
	char *arguments[] = { name, option, number, NULL };
	int32_t id = take_id(call);
	int32_t key = take_key(call);
	int status;

	option[1] = key == 0 ? by_id : by_key;
	if (key == 0)
		snprintf(number, sizeof(number), "%d", id);
	else
		snprintf(number, sizeof(number), "0x%x", (unsigned)key);
	status = run_program(program_path(PROGRAM_IPCRM), arguments);
	if (status < 0)
		call->kind = SKIPPED;
	call->value = status != 0;
}

void call_ipcrm_sem(struct call *call)
{
	discard(call, 's', 'S');
}

void call_ipcrm_msg(struct call *call)
{
	discard(call, 'q', 'Q');
}

void call_ipcrm_shm(struct call *call)
{
	discard(call, 'm', 'M');
}
