#include "missing.h"

#include "raw.h"
#include "text_file.h"

#include <stdio.h>

#ifdef __dietlibc__
const char missing_wrappers[] = "[\"semtimedop\",\"waitid\",\"mremap\",\"WIFCONTINUED\"]";
#else
const char missing_wrappers[] = "[]";
#endif

/* With these arguments they fail, whatever the order of their checks. */
#define BAD (-1L)

static const struct {
	const char *name;
	long number;
} calls[] = {
#ifdef SYS_semtimedop
	{ "semtimedop", SYS_semtimedop },
#endif
	{ "waitid", SYS_waitid },
	{ "pidfd_open", SYS_pidfd_open },
	{ "mremap", SYS_mremap },
};

/* An emulator's own threads count as well, so that few processes are too few. */
static bool has_other_threads(void)
{
	char text[4096], *line;
	int threads = 1;

	read_text("/proc/self/status", text, sizeof(text));
	line = strstr(text, "\nThreads:");
	return line != NULL && sscanf(line, " Threads: %d", &threads) == 1 && threads > 1;
}

void list_missing_calls(char *text, unsigned bytes)
{
	unsigned length = (unsigned)snprintf(text, bytes, "[");

	for (unsigned i = 0; i < sizeof(calls) / sizeof(calls[0]); i++)
		if (syscall(calls[i].number, BAD, BAD, BAD, BAD, BAD, BAD) == -1 && errno == ENOSYS && length < bytes)
			length += (unsigned)snprintf(text + length, bytes - length, "%s\"%s\"", length > 1 ? "," : "",
						     calls[i].name);
	if (has_other_threads() && length < bytes)
		length += (unsigned)snprintf(text + length, bytes - length, "%s\"RLIMIT_NPROC\"", length > 1 ? "," : "");
	if (length + 1 < bytes)
		snprintf(text + length, bytes - length, "]");
}
