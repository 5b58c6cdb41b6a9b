#include "text_file.h"

#include "raw.h"

long read_text(const char *path, char *text, unsigned long bytes)
{
	int fd = raw_open(path, O_RDONLY | O_CLOEXEC);
	long length = fd < 0 ? -1 : raw_read(fd, text, bytes - 1);

	if (fd >= 0)
		raw_close(fd);
	text[length < 0 ? 0 : length] = '\0';
	return length;
}
