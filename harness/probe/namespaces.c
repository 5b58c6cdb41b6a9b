#include "namespaces.h"

#include "raw.h"
#include "text_file.h"

#include <stdio.h>

#ifndef CLONE_NEWIPC
#define CLONE_NEWIPC 0x08000000
#define CLONE_NEWUSER 0x10000000
#define CLONE_NEWPID 0x20000000
#endif

/* A user namespace that maps fewer ids has no room for strangers. */
#define IDS_OF_A_WHOLE_SYSTEM 65536

static bool write_file(const char *path, const char *text)
{
	int fd = raw_open(path, O_WRONLY | O_CLOEXEC);
	bool written;

	if (fd < 0)
		return false;
	written = raw_write(fd, text, strlen(text)) == (long)strlen(text);
	raw_close(fd);
	return written;
}

static bool map_self(const char *path, unsigned id)
{
	char text[64];

	snprintf(text, sizeof(text), "%u %u 1\n", id, id);
	return write_file(path, text);
}

static bool enter(enum isolation isolation)
{
	int flags = CLONE_NEWPID | CLONE_NEWIPC;
	unsigned uid = raw_geteuid(), gid = raw_getegid();

	if (isolation == ISOLATION_ROOT)
		return syscall(SYS_unshare, flags) == 0;
	if (syscall(SYS_unshare, flags | CLONE_NEWUSER) != 0)
		return false;
	write_file("/proc/self/setgroups", "deny");
	return map_self("/proc/self/uid_map", uid) && map_self("/proc/self/gid_map", gid);
}

/* There is no way back out of a namespace that is of no use: a child tries it, down to the first process inside. */
static bool is_possible(enum isolation isolation)
{
	int status = 0;
	pid_t child = raw_clone(SIGCHLD);

	if (child == 0) {
		pid_t inner;

		if (!enter(isolation))
			raw_exit(1);
		inner = raw_clone(SIGCHLD);
		if (inner == 0)
			raw_exit(raw_getpid() != 1);
		if (inner < 0 || raw_wait(inner, &status, 0) != inner)
			raw_exit(1);
		raw_exit(status != 0);
	}
	return child > 0 && raw_wait(child, &status, 0) == child && status == 0;
}

static const char *const names[] = { [ISOLATION_ROOT] = "root", [ISOLATION_USER] = "user", [ISOLATION_NONE] = "none" };

bool enter_namespaces(const char *wish, enum isolation *entered)
{
	for (int isolation = ISOLATION_ROOT; isolation <= ISOLATION_NONE; isolation++) {
		*entered = (enum isolation)isolation;
		if (wish != NULL && *wish != '\0' && strcmp(wish, names[isolation]) != 0)
			continue;
		if (*entered == ISOLATION_NONE)
			return true;
		if (is_possible(*entered))
			return enter(*entered);
	}
	return false;
}

bool change_ipc_namespace(void)
{
	return syscall(SYS_unshare, CLONE_NEWIPC) == 0;
}

static bool maps_others(const char *path)
{
	char text[4096];
	unsigned long inside, outside, count, all = 0;
	char *line = text;

	/* A kernel without user namespaces has no such file, and all ids. */
	if (read_text(path, text, sizeof(text)) < 0)
		return true;
	while (line != NULL && sscanf(line, "%lu %lu %lu", &inside, &outside, &count) == 3) {
		all += count;
		line = strchr(line, '\n');
		line = line == NULL ? NULL : line + 1;
	}
	return all >= IDS_OF_A_WHOLE_SYSTEM;
}

bool maps_other_users(void)
{
	return maps_others("/proc/self/uid_map") && maps_others("/proc/self/gid_map");
}
