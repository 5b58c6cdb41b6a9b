/*
 * The probe: performs calls in real processes on a real kernel and writes down what happened. It judges nothing.
 *
 * This process stays outside: it enters the namespaces, makes the driver their first process, and waits for it.
 */
#include "actor.h"
#include "descendants.h"
#include "driver.h"
#include "objects.h"
#include "privileges.h"
#include "raw_signals.h"
#include "wire.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>

static const char usage[] =
	"usage: probe\n"
	"Reads scenarios on standard input and writes results on standard output (harness/protocol/README.md).\n"
	"IPC_ORACLE_NAMESPACES=root|user|none, IPC_ORACLE_DETECTION=fifo|proc|patient, IPC_ORACLE_CPU=n,\n"
	"IPC_ORACLE_ENTRY=syscall, IPC_ORACLE_SELF=path (harness/probe/README.md).\n";

static void choose_own_path(void)
{
	const char *path = getenv("IPC_ORACLE_SELF");

	if (path == NULL || *path == '\0' || strlen(path) >= PATH_BYTES)
		path = "/proc/self/exe";
	strcpy(run->self, path);
}

/* The driver alone reads and writes: its end must be the end of the streams. */
static void let_go_of_streams(void)
{
	int null = raw_open("/dev/null", O_RDWR | O_CLOEXEC);

	syscall(SYS_dup3, null, STDIN_FILENO, 0);
	syscall(SYS_dup3, null, STDOUT_FILENO, 0);
}

/* Whoever it was that ended the driver: nothing stays behind. With namespaces the kernel has seen to that. */
static int wait_for_driver(pid_t driver, enum isolation isolation)
{
	int status = 0;
	pid_t dead;

	do
		dead = raw_wait(-1, &status, 0);
	while (dead != driver && (dead > 0 || errno == EINTR));
	if (isolation == ISOLATION_NONE) {
		kill_descendants();
		remove_made();
	}
	if (dead == driver && WIFEXITED(status))
		return WEXITSTATUS(status);
	fprintf(stderr, "probe: the driver was killed by signal %d\n", WTERMSIG(status));
	return STATUS_DIED;
}

int main(int count, char **arguments)
{
	enum isolation isolation;
	int lifeline[2];
	pid_t driver;

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
	permit_fifo();
	if (!enter_namespaces(getenv("IPC_ORACLE_NAMESPACES"), &isolation))
		fail("IPC_ORACLE_NAMESPACES=%s is not possible here", getenv("IPC_ORACLE_NAMESPACES"));
	if (isolation == ISOLATION_NONE)
		raw_prctl(PR_SET_CHILD_SUBREAPER, 1);
	if (syscall(SYS_pipe2, lifeline, O_CLOEXEC) < 0)
		fail("no pipe can be made");
	driver = raw_clone();
	if (driver < 0)
		fail("no process can be started");
	if (driver == 0) {
		raw_close(lifeline[1]);
		driver_run(isolation, lifeline[0]);
	}
	let_go_of_streams();
	return wait_for_driver(driver, isolation);
}
