#include "descendants.h"

#include "privileges.h"
#include "raw.h"
#include "shared.h"
#include "text_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

#ifndef __WALL
#define __WALL 0x40000000
#endif

#define DIRECTORY_BYTES 4096
/* Microseconds above all others that a process gets to die; and the most below them, in between. */
#define TIME_TO_DIE 5000
#define TIME_BELOW_MAX 500000
/* Between a process and a descendant that is found as such. */
#define GENERATIONS_MAX 64

/* An entry of a directory as the kernel hands it out. */
struct entry {
	uint64_t inode;
	int64_t offset;
	unsigned short bytes;
	unsigned char type;
	char name[];
};

int parent_of(int pid)
{
	char path[64], text[512];
	const char *behind_name;
	int parent = -1;

	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	if (read_text(path, text, sizeof(text)) < 0)
		return -1;
	behind_name = strrchr(text, ')');
	if (behind_name == NULL || sscanf(behind_name + 1, " %*c %d", &parent) != 1)
		return -1;
	return parent;
}

/* For every entry of a directory of processes or threads. */
static void for_each_number(const char *path, void (*act)(int number))
{
	_Alignas(struct entry) char buffer[DIRECTORY_BYTES];
	int directory = raw_open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	long length;

	if (directory < 0)
		return;
	while ((length = syscall(SYS_getdents64, directory, buffer, sizeof(buffer))) > 0) {
		for (long at = 0; at < length;) {
			const struct entry *entry = (const struct entry *)(buffer + at);
			int number = atoi(entry->name);

			if (number > 0)
				act(number);
			at += entry->bytes;
		}
	}
	raw_close(directory);
}

/* A child stays a child until it is reaped: its pid cannot be someone else's in between. */
static void kill_child(int pid)
{
	if (parent_of(pid) != raw_getpid())
		return;
	/* Behind actors that do not let it run it would never die. */
	if (run->fifo)
		use_fifo(pid, LIFTED_PRIORITY);
	raw_kill(pid, SIGKILL);
}

static void kill_children(void)
{
	for_each_number("/proc", kill_child);
}

static bool is_descendant(int pid)
{
	int self = raw_getpid();

	for (int parent = parent_of(pid), generations = 0; generations < GENERATIONS_MAX; generations++) {
		if (parent == self)
			return true;
		if (parent <= 1)
			return false;
		parent = parent_of(parent);
	}
	return false;
}

static void calm_descendant(int pid)
{
	char path[64];

	if (!is_descendant(pid))
		return;
	snprintf(path, sizeof(path), "/proc/%d/task", pid);
	for_each_number(path, use_ordinary_scheduling);
}

/* Whoever of them hangs in the kernel until somebody runs who comes behind it lets that one run. */
static void calm_descendants(void)
{
	for_each_number("/proc", calm_descendant);
}

/* The driver, in a pid namespace of our own. (The others can be the first of a container's.) */
static bool is_first(void)
{
	return run != NULL && run->pid_namespace && raw_getpid() == 1 && run->driver_pid == 1;
}

void kill_descendants(void)
{
	for (;;) {
		pid_t reaped = raw_wait(-1, NULL, __WALL | WNOHANG);

		if (reaped == 0) {
			if (is_first())
				raw_kill(-1, SIGKILL);
			else
				kill_children();
			reaped = raw_wait(-1, NULL, __WALL);
		}
		if (reaped < 0 && errno != EINTR)
			return;
	}
}

pid_t reap_gently(pid_t pid, int *status)
{
	siginfo_t dead;

	memset(&dead, 0, sizeof(dead));
	if (syscall(SYS_waitid, pid < 0 ? P_ALL : P_PID, pid, &dead, WEXITED | WNOHANG | WNOWAIT | __WALL, NULL) != 0)
		return -1;
	if (dead.si_pid == 0)
		return 0;
	use_ordinary_scheduling(0);
	return raw_wait(pid, status, __WALL | WNOHANG);
}

void end_starved(int pid)
{
	long below = TIME_TO_DIE;

	raw_kill(pid, SIGKILL);
	do {
		if (run->fifo)
			use_fifo(pid, LIFTED_PRIORITY);
		pause_microseconds(TIME_TO_DIE);
		calm_descendants();
		pause_microseconds(below);
		below = below * 2 < TIME_BELOW_MAX ? below * 2 : TIME_BELOW_MAX;
	} while (reap_gently(pid, NULL) == 0);
}

_Noreturn void leave(int status)
{
	if (run != NULL)
		run->waiting = true;
	if (is_first())
		raw_kill(-1, SIGKILL);
	use_ordinary_scheduling(0);
	raw_exit(status);
}
