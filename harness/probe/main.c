/*
 * The probe: performs calls in real processes on a real kernel and writes down what happened. It judges nothing.
 *
 * This process only starts the guard, and waits for it.
 */
#include "actor.h"
#include "descendants.h"
#include "guard.h"
#include "huge_pages.h"
#include "objects.h"
#include "raw_signals.h"
#include "wire.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>

static const char usage[] =
	"usage: probe\n"
	"Reads scenarios on standard input and writes results on standard output (harness/protocol/README.md).\n"
	"IPC_ORACLE_NAMESPACES=root|user|none, IPC_ORACLE_DETECTION=fifo|proc|patient, IPC_ORACLE_CPU=n|all,\n"
	"IPC_ORACLE_ENTRY=syscall, IPC_ORACLE_SELF=path (harness/probe/README.md).\n";

/* `last`: the word of a command that names the probe, behind the end of a line; NULL: no command is needed. */
static void open_probe(char *last)
{
	int fd = last == NULL ? -1 : raw_open(last + 1, O_RDONLY);

	if (fd < 0 || last + 1 + sizeof(PROBE_FD_PATH) > run->self + PATH_BYTES)
		return;
	if (fd != PROBE_FD) {
		syscall(SYS_dup3, fd, PROBE_FD, 0);
		raw_close(fd);
	}
	strcpy(last + 1, PROBE_FD_PATH);
	run->has_probe_fd = true;
}

static void choose_own_path(void)
{
	const char *path = getenv("IPC_ORACLE_SELF");

	if (path == NULL || *path == '\0' || strlen(path) >= PATH_BYTES)
		path = "/proc/self/exe";
	strcpy(run->self, path);
	open_probe(strrchr(run->self, '\n'));
}

/* Its own end must be the end of nothing. */
static void let_go_of_streams(void)
{
	int null = raw_open("/dev/null", O_RDWR | O_CLOEXEC);

	syscall(SYS_dup3, null, STDIN_FILENO, 0);
	syscall(SYS_dup3, null, STDOUT_FILENO, 0);
}

/* A guard that was killed leaves everything behind, and all of that comes to this process. */
static int wait_for_guard(pid_t guard)
{
	int status = 0;
	pid_t dead;

	do
		dead = raw_wait(-1, &status, 0);
	while (dead != guard && (dead > 0 || errno == EINTR));
	if (dead == guard && WIFEXITED(status))
		return WEXITSTATUS(status);
	/* Not its own child where an emulator knows no subreapers. A driver is the leader of its session. */
	if (run->driver_number > 0 && syscall(SYS_getsid, run->driver_number) == run->driver_number)
		end_starved(run->driver_number);
	kill_descendants();
	if (!run->ipc_namespace)
		remove_made();
	fprintf(stderr, "probe: the guard was killed by signal %d\n", WTERMSIG(status));
	return STATUS_DIED;
}

int main(int count, char **arguments)
{
	int self = raw_getpid();
	pid_t guard;

	if (count == 3 && strcmp(arguments[1], "--actor") == 0)
		actor_run_again(arguments[2]);
	if (count != 1) {
		fputs(usage, stderr);
		return STATUS_USAGE;
	}
	syscall(SYS_close_range, SHARED_FD, ~0U, 0);
	if (!wire_prepare() || !shared_create())
		fail("there is no shared memory: memfd_create or mmap failed");
	choose_own_path();
	raw_prctl(PR_SET_CHILD_SUBREAPER, 1);
	look_for_page_users();
	guard = raw_clone(SIGCHLD);
	if (guard < 0)
		fail("no process can be started");
	if (guard == 0)
		guard_run(self);
	let_go_of_streams();
	return wait_for_guard(guard);
}
