/*
 * The first process of a booted kernel. The host is at the other end of some virtio-serial ports ("lines"): on each
 * line the first byte asks for a probe, which then talks over it, or for a program, which follows. When the host lets go of the line `life` the
 * machine is switched off. What the host should know is said on the console, in lines that begin with "ipc-oracle: ".
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static const char ports[] = "/sys/class/virtio-ports";

/* Times 10 ms that the lines may take to appear. */
enum { TRIES_MAX = 1000 };

static void say(const char *what, const char *which)
{
	dprintf(1, "ipc-oracle: %s %s\n", which, what);
}

static void give_up(const char *what)
{
	dprintf(1, "ipc-oracle: guest failed: %s: %s\n", what, strerror(errno));
	sync();
	reboot(RB_POWER_OFF);
	_exit(1);
}

static bool load_module(const char *name)
{
	char path[300];

	snprintf(path, sizeof path, "/modules/%s", name);
	int file = open(path, O_RDONLY | O_CLOEXEC);
	bool loaded = file >= 0 && (syscall(SYS_finit_module, file, "", 0) == 0 || errno == EEXIST);
	close(file);
	return loaded;
}

/* Which module needs which differs between kernels: those that were refused are tried again as long as that helps. */
static void load_modules(void)
{
	struct dirent **found;
	int count = scandir("/modules", &found, NULL, alphasort);
	int before, left = count;

	do {
		before = left;
		for (int i = 0; i < count; i++) {
			if (found[i] == NULL || (found[i]->d_name[0] != '.' && !load_module(found[i]->d_name)))
				continue;
			found[i] = NULL;
			left--;
		}
	} while (left > 0 && left < before);
	for (int i = 0; i < count; i++)
		if (found[i] != NULL)
			say("does not load", found[i]->d_name);
}

/*
 * Waits for the first byte of a line. That the host is there is news of its own, which may come before the byte or
 * after it; until then the line looks hung up.
 */
static char first_byte(int line)
{
	char byte = '\0';

	for (;;) {
		struct pollfd poll_line = { .fd = line, .events = byte == '\0' ? POLLIN : POLLOUT };
		poll(&poll_line, 1, -1);
		if (poll_line.revents & POLLIN)
			(void)!read(line, &byte, 1);
		if (poll_line.revents & POLLHUP)
			usleep(10000);
		else if (byte != '\0')
			return byte;
	}
}

static void wait_for_hangup(int line)
{
	struct pollfd poll_line = { .fd = line, .events = 0 };

	while (!(poll_line.revents & (POLLHUP | POLLERR)))
		poll(&poll_line, 1, -1);
}

static bool read_all(int line, unsigned char *bytes, size_t size)
{
	for (ssize_t count; size > 0; bytes += count, size -= (size_t)count)
		if ((count = read(line, bytes, size)) <= 0)
			return false;
	return true;
}

/* The program that comes over the line, behind its size in four bytes, the highest first. */
static void receive_program(int line, const char *path)
{
	unsigned char head[4], chunk[4096];

	if (!read_all(line, head, sizeof head))
		give_up("no program");
	size_t left = (size_t)head[0] << 24 | (size_t)head[1] << 16 | (size_t)head[2] << 8 | head[3];
	int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0755);
	for (size_t size; left > 0; left -= size) {
		size = left < sizeof chunk ? left : sizeof chunk;
		if (!read_all(line, chunk, size) || write(file, chunk, size) != (ssize_t)size)
			give_up("the program cannot be stored");
	}
	close(file);
}

/* Instead of the probe; what it says goes over the line, and a zero byte when it has ended. */
static void run_program(int line, const char *path)
{
	dup2(open("/dev/null", O_RDONLY | O_CLOEXEC), 0);
	dup2(line, 1);
	dup2(line, 2);
	execl(path, "program", (char *)NULL);
	dprintf(2, "the program does not start: %s\n", strerror(errno));
	_exit(127);
}

/* One probe or program on a line, from its first byte to its end. */
static void serve(const char *device, const char *name)
{
	char status_words[64];
	int status = 0;
	int line = open(device, O_RDWR | O_CLOEXEC);

	signal(SIGCHLD, SIG_DFL);
	if (line < 0)
		give_up(device);
	char how = first_byte(line);
	char path[64];
	snprintf(path, sizeof path, "/tmp/%s", name);
	if (how == 'p')
		receive_program(line, path);
	pid_t probe = fork();
	if (probe == 0) {
		if (how == 'p')
			run_program(line, path);
		if (how == 's' || how == 'S')
			setenv("IPC_ORACLE_ENTRY", "syscall", 1);
		if (how == 'L' || how == 'S')
			setenv("IPC_ORACLE_CPU", "all", 1);
		dup2(line, 0);
		dup2(line, 1);
		execl("/probe", "probe", (char *)NULL);
		dprintf(2, "ipc-oracle: the probe does not start: %s\n", strerror(errno));
		_exit(127);
	}
	waitpid(probe, &status, 0);
	if (how == 'p') {
		unlink(path);
		(void)!write(line, "", 1);
	}
	if (WIFSIGNALED(status))
		snprintf(status_words, sizeof status_words, "was killed by signal %d", WTERMSIG(status));
	else
		snprintf(status_words, sizeof status_words, "exited with status %d", WEXITSTATUS(status));
	say(status_words, name);
	_exit(0);
}

/* The name that the host gave a port; empty if it has none (yet). */
static void read_name(const char *port, char *name, size_t room)
{
	char path[300];

	snprintf(path, sizeof path, "%s/%s/name", ports, port);
	int file = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t length = read(file, name, room - 1);
	close(file);
	name[length < 0 ? 0 : length] = '\0';
	name[strcspn(name, "\n")] = '\0';
}

/* Opens `life`, which the host makes last, so that the others are there when it is; -1 if it is not there yet. */
static int open_life(void)
{
	struct dirent **found;
	int count = scandir(ports, &found, NULL, alphasort);

	for (int i = 0; i < count; i++) {
		char device[300], name[32];
		read_name(found[i]->d_name, name, sizeof name);
		snprintf(device, sizeof device, "/dev/%s", found[i]->d_name);
		if (strcmp(name, "life") == 0)
			return open(device, O_RDWR | O_CLOEXEC);
	}
	return -1;
}

/* Starts who serves each line, and returns when the host has let go of `life`. */
static void serve_all(int life)
{
	struct dirent **found;
	int count = scandir(ports, &found, NULL, alphasort);

	for (int i = 0; i < count; i++) {
		char device[300], name[32];
		read_name(found[i]->d_name, name, sizeof name);
		snprintf(device, sizeof device, "/dev/%s", found[i]->d_name);
		if (name[0] != '\0' && strcmp(name, "life") != 0 && fork() == 0)
			serve(device, name);
	}
	say("is ready", "guest");
	first_byte(life);
	wait_for_hangup(life);
}

int main(void)
{
	int life = -1;

	mount("proc", "/proc", "proc", 0, NULL);
	mount("sys", "/sys", "sysfs", 0, NULL);
	mount("dev", "/dev", "devtmpfs", 0, NULL);
	mount("tmp", "/tmp", "tmpfs", 0, NULL);
	signal(SIGCHLD, SIG_IGN);
	load_modules();
	for (int tries = 0; (life = open_life()) < 0; tries++) {
		if (tries == TRIES_MAX)
			give_up("no line to the host");
		usleep(10000);
	}
	serve_all(life);
	reboot(RB_POWER_OFF);
	return 0;
}
