#include "descendants.h"

#include "raw.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

#ifndef __WALL
#define __WALL 0x40000000
#endif

#define DIRECTORY_BYTES 4096

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
	long length;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	fd = raw_open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	length = raw_read(fd, text, sizeof(text) - 1);
	raw_close(fd);
	text[length < 0 ? 0 : length] = '\0';
	behind_name = strrchr(text, ')');
	if (behind_name == NULL || sscanf(behind_name + 1, " %*c %d", &parent) != 1)
		return -1;
	return parent;
}

/* A child stays a child until it is reaped: its pid cannot be someone else's in between. */
static void kill_children(void)
{
	_Alignas(struct entry) char buffer[DIRECTORY_BYTES];
	int self = raw_getpid();
	int directory = raw_open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	long length;

	if (directory < 0)
		return;
	while ((length = syscall(SYS_getdents64, directory, buffer, sizeof(buffer))) > 0) {
		for (long at = 0; at < length;) {
			const struct entry *entry = (const struct entry *)(buffer + at);

			int pid = atoi(entry->name);

			if (pid > 0 && parent_of(pid) == self)
				raw_kill(pid, SIGKILL);
			at += entry->bytes;
		}
	}
	raw_close(directory);
}

void kill_descendants(void)
{
	bool is_first = raw_getpid() == 1;

	for (;;) {
		pid_t reaped = raw_wait(-1, NULL, __WALL | WNOHANG);

		if (reaped == 0) {
			if (is_first)
				raw_kill(-1, SIGKILL);
			else
				kill_children();
			reaped = raw_wait(-1, NULL, __WALL);
		}
		if (reaped < 0 && errno == ECHILD)
			return;
	}
}
