#include "settings.h"

#include "raw.h"
#include "shared.h"
#include "wire.h"

#include <stdio.h>

#define FOLDER "/proc/sys/kernel/"

static const char *const files[SETTINGS] = { [SETTING_FORCED] = FOLDER "shm_rmid_forced" };

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

void settings_restore(void)
{
	if (!shared->settings_changed)
		return;
	if (write_number(files[SETTING_FORCED], 0) != 0)
		fail("the settings of the IPC namespace cannot be restored");
	shared->settings_changed = false;
}
