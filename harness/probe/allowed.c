#include "allowed.h"

#include "identity.h"
#include "raw.h"
#include "shared.h"
#include "text_file.h"
#include "wire.h"

#include <stdio.h>
#include <sys/resource.h>

#define FOLDER "/proc/sys/kernel/"
#define TEXT_BYTES 128
/* Fields of the file `sem`: SEMMSL, SEMMNS, SEMOPM, SEMMNI. */
#define SEM_FIELDS 4

enum { FILE_SEM, FILE_MSGMAX, FILE_MSGMNB, FILE_MSGMNI, FILE_SHMMAX, FILE_SHMALL, FILE_SHMMNI, FILES };

static const char *const files[FILES] = {
	[FILE_SEM] = FOLDER "sem",	 [FILE_MSGMAX] = FOLDER "msgmax", [FILE_MSGMNB] = FOLDER "msgmnb",
	[FILE_MSGMNI] = FOLDER "msgmni", [FILE_SHMMAX] = FOLDER "shmmax", [FILE_SHMALL] = FOLDER "shmall",
	[FILE_SHMMNI] = FOLDER "shmmni",
};

/* As the driver found them. */
static char initial[FILES][TEXT_BYTES];

/* What an actor can be limited in, and whether it is. */
static const int resources[OWN_LIMITS] = {
	[OWN_PROCESSES] = RLIMIT_NPROC, [OWN_LOCKED] = RLIMIT_MEMLOCK, [OWN_ADDRESS_SPACE] = RLIMIT_AS
};
static bool changed[OWN_LIMITS];

struct limit {
	uint64_t soft, hard;
};

static bool exchange(int number, const struct limit *to, struct limit *from)
{
	return syscall(SYS_prlimit64, 0, resources[number], to, from) == 0;
}

static uint64_t soft_limit(int number)
{
	struct limit limit;

	return exchange(number, NULL, &limit) ? limit.soft : 0;
}

static int write_text(const char *path, const char *text)
{
	int fd = raw_open(path, O_WRONLY | O_CLOEXEC);
	int error = 0;

	if (fd < 0)
		return -1;
	if (raw_write(fd, text, strlen(text)) < 0)
		error = errno;
	raw_close(fd);
	errno = error;
	return error == 0 ? 0 : -1;
}

static bool write_all(void)
{
	bool written = true;

	for (int file = 0; file < FILES; file++)
		written = write_text(files[file], initial[file]) == 0 && written;
	return written;
}

bool limits_try(void)
{
	int status = 0;
	pid_t child;

	for (int i = 0; i < OWN_LIMITS; i++)
		run->allowed[i] = soft_limit(i);
	if (!run->ipc_namespace)
		return false;
	for (int file = 0; file < FILES; file++)
		if (read_text(files[file], initial[file], TEXT_BYTES) <= 0)
			return false;
	child = raw_clone(SIGCHLD);
	if (child == 0) {
		give_up_privileges();
		raw_exit(!write_all());
	}
	return child > 0 && raw_wait(child, &status, 0) == child && status == 0;
}

void limits_restore(void)
{
	if (!shared->limits_changed)
		return;
	if (!run->changes_limits || !write_all())
		spoilt("the limits of the IPC namespace cannot be restored");
	shared->limits_changed = false;
}

/* The other fields of the file stay as they are. */
static bool sem_text(int field, int64_t value, char text[TEXT_BYTES])
{
	long long values[SEM_FIELDS];

	if (read_text(files[0], text, TEXT_BYTES) <= 0 ||
	    sscanf(text, "%lld %lld %lld %lld", &values[0], &values[1], &values[2], &values[3]) != SEM_FIELDS)
		return false;
	values[field] = value;
	snprintf(text, TEXT_BYTES, "%lld %lld %lld %lld\n", values[0], values[1], values[2], values[3]);
	return true;
}

int limit_write(int number, int64_t value)
{
	char text[TEXT_BYTES];
	int file = number - SEM_FIELDS + FILE_MSGMAX;

	shared->limits_changed = true;
	if (number < SEM_FIELDS)
		return sem_text(number, value, text) ? write_text(files[0], text) : -1;
	if (file == FILE_SHMMAX || file == FILE_SHMALL)
		snprintf(text, sizeof(text), "%llu\n", (unsigned long long)value);
	else
		snprintf(text, sizeof(text), "%lld\n", (long long)value);
	return write_text(files[file], text);
}

static bool set_soft(int number, uint64_t soft)
{
	struct limit limit;

	if (!exchange(number, NULL, &limit))
		return false;
	limit.soft = soft < limit.hard ? soft : limit.hard;
	return exchange(number, &limit, NULL);
}

bool limit_self(enum own_limit number, int64_t value)
{
	changed[number] = true;
	return set_soft(number, (uint64_t)value);
}

bool is_limited(void)
{
	for (int i = 0; i < OWN_LIMITS; i++)
		if (changed[i])
			return true;
	return false;
}

void allow_as_before(void)
{
	for (int i = 0; i < OWN_LIMITS; i++)
		if (changed[i])
			changed[i] = !set_soft(i, run->allowed[i]);
}

void find_out_what_is_allowed(void)
{
	for (int i = 0; i < OWN_LIMITS; i++)
		changed[i] = soft_limit(i) != run->allowed[i];
}
