#include "settings.h"

#include "identity.h"
#include "raw_ipc.h"
#include "shared.h"
#include "wire.h"

#include <stdio.h>

#define FOLDER "/proc/sys/kernel/"

static const char *const files[SETTINGS] = {
	[SETTING_FORCED] = FOLDER "shm_rmid_forced",
	[SETTING_NEXT_ID + SEMAPHORES] = FOLDER "sem_next_id",
	[SETTING_NEXT_ID + QUEUE] = FOLDER "msg_next_id",
	[SETTING_NEXT_ID + SEGMENT] = FOLDER "shm_next_id",
};

static int write_number(const char *path, int value)
{
	char text[16];
	int fd = raw_open(path, O_WRONLY | O_CLOEXEC);
	int length = snprintf(text, sizeof(text), "%d\n", value);
	int error = 0;

	if (fd < 0)
		return -1;
	if (raw_write(fd, text, (size_t)length) < 0)
		error = errno;
	raw_close(fd);
	errno = error;
	return error == 0 ? 0 : -1;
}

int setting_write(enum setting setting, int value)
{
	shared->settings_changed = true;
	return write_number(files[setting], value);
}

bool setting_read(enum setting setting, int *value)
{
	char text[16];
	int fd = raw_open(files[setting], O_RDONLY | O_CLOEXEC);
	long length = fd < 0 ? -1 : raw_read(fd, text, sizeof(text) - 1);

	if (fd >= 0)
		raw_close(fd);
	text[length < 0 ? 0 : length] = '\0';
	return sscanf(text, "%d", value) == 1;
}

/* A wish cannot be taken back: an object is made that has it granted. */
static void forget_wishes(void)
{
	int wish;

	if (setting_read(SETTING_NEXT_ID + SEMAPHORES, &wish) && wish >= 0)
		raw_semctl((int)raw_semget(IPC_PRIVATE, 1, 0600), 0, IPC_RMID, NULL);
	if (setting_read(SETTING_NEXT_ID + QUEUE, &wish) && wish >= 0)
		raw_msgctl((int)raw_msgget(IPC_PRIVATE, 0600), IPC_RMID, NULL);
	if (setting_read(SETTING_NEXT_ID + SEGMENT, &wish) && wish >= 0)
		raw_shmctl((int)raw_shmget(IPC_PRIVATE, 1, 0600), IPC_RMID, NULL);
}

#define LAST_PID FOLDER "ns_last_pid"

int next_pid_write(int pid)
{
	return write_number(LAST_PID, pid - 1);
}

bool next_pid_try(void)
{
	struct identity capable = { .uid = run->uid, .real_uid = run->uid, .gid = run->gid, .fs_gid = run->gid,
				    .capabilities = CAPABLE_OF_ADMINISTRATION };
	int status = 0;
	pid_t child;

	if (!run->pid_namespace || run->identities == IDENTITIES_NONE)
		return false;
	child = raw_clone(SIGCHLD);
	if (child == 0) {
		give_up_privileges();
		raw_exit(!become(&capable) || next_pid_write((int)raw_getpid() + 1) != 0);
	}
	return child > 0 && raw_wait(child, &status, 0) == child && status == 0;
}

void settings_restore(void)
{
	if (!shared->settings_changed)
		return;
	if (write_number(files[SETTING_FORCED], 0) != 0)
		spoilt("the settings of the IPC namespace cannot be restored");
	forget_wishes();
	shared->settings_changed = false;
}
