#include "calls.h"

#include "raw.h"

#include <stdlib.h>

/* Longer than any line, and numbers of the longest one. */
#define LINE_MAX_BYTES 512
#define FIELDS_MAX 16

static const char *const paths[] = {
	[SEMAPHORES] = "/proc/sysvipc/sem", [QUEUE] = "/proc/sysvipc/msg", [SEGMENT] = "/proc/sysvipc/shm"
};

/* Places in a line; all files begin alike. */
enum { KEY, ID, MODE };

/* The numbers of a line; the third is octal. Returns how many there are. */
static int parse(const char *line, int64_t *fields)
{
	int count = 0;

	while (count < FIELDS_MAX) {
		char *end;
		int64_t value = strtoll(line, &end, count == MODE ? 8 : 10);

		if (end == line)
			break;
		fields[count++] = value;
		line = end;
	}
	return count;
}

/* A line without its end at `line`; false: there is none. */
static bool read_line(int fd, char *line)
{
	static char buffer[65536];
	static long at, filled;
	int length = 0;

	if (line == NULL) {
		at = filled = 0;
		return false;
	}
	for (;;) {
		if (at == filled) {
			filled = raw_read(fd, buffer, sizeof(buffer));
			at = 0;
			if (filled <= 0)
				return false;
		}
		if (buffer[at] == '\n')
			break;
		if (length < LINE_MAX_BYTES - 1)
			line[length++] = buffer[at];
		at++;
	}
	at++;
	line[length] = '\0';
	return true;
}

/* The numbers of the object's line; 0: it has none. */
static int find(int fd, int32_t id, int64_t *fields)
{
	char line[LINE_MAX_BYTES];

	read_line(fd, NULL);
	while (read_line(fd, line)) {
		int count = parse(line, fields);

		if (count > MODE && fields[ID] == id)
			return count;
	}
	return 0;
}

/* `places`: where the line has what the form puts out behind the permissions. */
static void list(struct call *call, enum object_kind kind, int owner, const int *places, int count)
{
	int32_t id = take_id(call);
	int64_t fields[FIELDS_MAX];
	int fd = raw_open(paths[kind], O_RDONLY | O_CLOEXEC);
	int found;

	if (fd < 0) {
		call->value = -1;
		call->error = errno;
		return;
	}
	found = find(fd, id, fields);
	raw_close(fd);
	call->value = found > 0;
	if (found == 0)
		return;
	put_int(call, (int32_t)fields[KEY]);
	for (int i = 0; i < 4; i++)
		put_int(call, (int32_t)fields[owner + i]);
	put_int(call, (int32_t)fields[MODE]);
	for (int i = 0; i < count; i++)
		put_long(call, fields[places[i]]);
}

#define COUNT(array) ((int)(sizeof(array) / sizeof((array)[0])))

void call_sysvipc_sem(struct call *call)
{
	/* nsems; otime, ctime */
	static const int places[] = { 3, 8, 9 };

	list(call, SEMAPHORES, 4, places, COUNT(places));
}

void call_sysvipc_msg(struct call *call)
{
	/* qnum, cbytes; stime, rtime, ctime */
	static const int places[] = { 4, 3, 11, 12, 13 };

	list(call, QUEUE, 7, places, COUNT(places));
}

void call_sysvipc_shm(struct call *call)
{
	/* segsz, nattch; atime, dtime, ctime */
	static const int places[] = { 3, 6, 11, 12, 13 };

	list(call, SEGMENT, 7, places, COUNT(places));
}
