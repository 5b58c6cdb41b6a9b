import type { Part } from './part.ts'

/** Identities, limits and listings. */
export const objectParts: readonly Part[] = [
  {
    defines: 'raw_semop()',
    text: `static long raw_semop(int id, void *operations, unsigned count)
{
#ifdef SYS_semop
	return syscall(SYS_semop, id, operations, count);
#else
	return syscall(SYS_semtimedop_time64, id, operations, count, NULL);
#endif
}
`,
  },
  {
    defines: 'raw_semtimedop()',
    text: `static long raw_semtimedop(int id, struct sembuf *operations, unsigned count, void *timeout)
{
#ifdef SYS_semtimedop
	return syscall(SYS_semtimedop, id, operations, count, timeout);
#else
	return syscall(SYS_semtimedop_time64, id, operations, count, timeout);
#endif
}
`,
  },
  {
    defines: 'set_capabilities() CAP_KILL CAP_IPC_LOCK CAP_IPC_OWNER CAP_SYS_ADMIN',
    text: `enum { CAP_KILL = 1 << 5, CAP_IPC_LOCK = 1 << 14, CAP_IPC_OWNER = 1 << 15, CAP_SYS_ADMIN = 1 << 21 };
enum { TO_CHANGE = 1 << 6 | 1 << 7 | 1 << 8, TO_KEEP = TO_CHANGE | CAP_KILL | CAP_IPC_LOCK | CAP_IPC_OWNER | CAP_SYS_ADMIN };

/* These have effect; the others that a scenario may want are kept for later. */
static int set_capabilities(unsigned effective)
{
	unsigned header[2] = { 0x20080522, 0 };
	unsigned sets[6] = { effective, TO_KEEP, TO_KEEP, 0, 0, 0 };

	return (int)syscall(SYS_capset, header, sets);
}
`,
  },
  {
    defines: 'become()',
    text: `/* Another user, in other groups, more or less capable. */
static int become(uid_t real, uid_t uid, gid_t gid, gid_t fsgid, int count, const gid_t *groups, unsigned capable)
{
	if (set_capabilities(TO_CHANGE) != 0 || setgroups((size_t)count, groups) != 0 || setresgid(gid, gid, gid) != 0)
		return -1;
	setfsgid(fsgid);
	return setresuid(real, uid, uid) != 0 ? -1 : set_capabilities(capable);
}
`,
  },
  {
    defines: 'write_text()',
    text: `static int write_text(const char *path, const char *text)
{
	int file = open(path, O_WRONLY | O_CLOEXEC);
	int error = 0;

	if (file < 0)
		return -1;
	if (write(file, text, strlen(text)) < 0)
		error = errno;
	close(file);
	errno = error;
	return error == 0 ? 0 : -1;
}
`,
  },
  {
    defines: 'write_field()',
    text: `/* The other numbers of the file stay as they are. */
static int write_field(const char *path, int field, long long value)
{
	long long fields[4];
	char text[128];
	FILE *file = fopen(path, "r");

	if (file == NULL)
		return -1;
	if (fscanf(file, "%lld %lld %lld %lld", &fields[0], &fields[1], &fields[2], &fields[3]) != 4)
		abort();
	fclose(file);
	fields[field] = value;
	snprintf(text, sizeof(text), "%lld %lld %lld %lld\\n", fields[0], fields[1], fields[2], fields[3]);
	return write_text(path, text);
}
`,
  },
  {
    defines: 'write_number()',
    text: `static int write_number(const char *path, long long value)
{
	char text[32];

	snprintf(text, sizeof(text), "%lld\\n", value);
	return write_text(path, text);
}
`,
  },
  {
    defines: 'write_size()',
    text: `static int write_size(const char *path, unsigned long long value)
{
	char text[32];

	snprintf(text, sizeof(text), "%llu\\n", value);
	return write_text(path, text);
}
`,
  },
  {
    defines: 'read_number()',
    text: `static long long read_number(const char *path)
{
	long long value;
	FILE *file = fopen(path, "r");

	if (file == NULL)
		return -1;
	if (fscanf(file, "%lld", &value) != 1)
		abort();
	fclose(file);
	return value;
}
`,
  },
  {
    defines: 'listed()',
    text: `/* The numbers in the line of an object; 0: it has none. The third is octal. */
static int listed(const char *path, int id, long long numbers[16])
{
	char line[512];
	FILE *file = fopen(path, "r");
	int found = 0;

	if (file == NULL)
		return -1;
	while (!found && fgets(line, sizeof(line), file) != NULL) {
		char *at = line, *end;
		int count = 0;

		for (; count < 16; at = end) {
			numbers[count] = strtoll(at, &end, count == 2 ? 8 : 10);
			if (end == at)
				break;
			count++;
		}
		found = count > 2 && numbers[1] == id;
	}
	fclose(file);
	return found;
}
`,
  },
  {
    defines: 'key_of()',
    text: `/* ftok, and which parts of the key are those of the file and the project. */
static int key_of(const char *path, int project_id, int *inode, int *device, int *project)
{
	struct stat status;
	key_t key = ftok(path, project_id);
	int error = errno;

	if (stat(path, &status) == 0) {
		*inode = ((unsigned)key & 0xffff) == ((unsigned)status.st_ino & 0xffff);
		*device = ((unsigned)key >> 16 & 0xff) == ((unsigned)status.st_dev & 0xff);
		*project = (unsigned)key >> 24 == ((unsigned)project_id & 0xff);
	}
	errno = error;
	return key;
}
`,
  },
]
