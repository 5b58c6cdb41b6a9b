#include "huge_pages.h"

#include "identity.h"
#include "raw.h"
#include "shared.h"
#include "text_file.h"

#include <stdio.h>
#include <sys/utsname.h>

/* Of <linux/proc_ns.h>: the user namespace that the kernel starts with. */
#define INITIAL_USERS "user:[4026531837]"
#define TEXT_BYTES 8192
#define GROUPS_LOOKED_AT 1024
/* Older kernels let everybody have as many as may be locked. */
#define FIRST_MAJOR 5
#define FIRST_MINOR 16

static bool is_known;
static uint32_t group;
static bool is_group, is_other_group;

static bool read_number(const char *path, long long *number)
{
	char text[TEXT_BYTES];

	return read_text(path, text, sizeof(text)) > 0 && sscanf(text, "%lld", number) == 1;
}

static bool is_in_initial_users(void)
{
	char text[64];
	long length = syscall(SYS_readlinkat, AT_FDCWD, "/proc/self/ns/user", text, sizeof(text) - 1);

	text[length < 0 ? 0 : length] = '\0';
	return strcmp(text, INITIAL_USERS) == 0;
}

static bool is_young_enough(void)
{
	struct utsname system;
	int major, minor;

	memset(&system, 0, sizeof(system));
	uname(&system);
	return sscanf(system.release, "%d.%d", &major, &minor) == 2 &&
	       (major > FIRST_MAJOR || (major == FIRST_MAJOR && minor >= FIRST_MINOR));
}

void look_for_page_users(void)
{
	uint32_t groups[GROUPS_LOOKED_AT];
	long long number;
#ifdef SYS_getgroups32
	long count = syscall(SYS_getgroups32, GROUPS_LOOKED_AT, groups);
#else
	long count = syscall(SYS_getgroups, GROUPS_LOOKED_AT, groups);
#endif

	if (count < 0 || !is_young_enough() || !is_in_initial_users() ||
	    !read_number("/proc/sys/vm/hugetlb_shm_group", &number))
		return;
	group = (uint32_t)number;
	is_group = raw_getegid() == group;
	for (long i = 0; i < count; i++)
		is_other_group = is_other_group || groups[i] == group;
	is_known = true;
}

/* A capability counts only in the user namespace that the kernel starts with; groups that are kept are not known. */
static enum page_users users(enum isolation isolation)
{
	if (!is_known)
		return PAGE_USERS_UNKNOWN;
	if (isolation == ISOLATION_USER)
		return is_group || is_other_group ? PAGE_USERS_UNKNOWN : PAGE_USERS_NOBODY;
	return is_other_group && run->identities != IDENTITIES_ALL ? PAGE_USERS_UNKNOWN : PAGE_USERS_GROUP;
}

static bool find_number(const char *text, const char *name, long long *number)
{
	const char *line = strstr(text, name);

	return line != NULL && sscanf(line + strlen(name), " %lld", number) == 1;
}

struct huge_pages huge_pages_here(enum isolation isolation)
{
	struct huge_pages found = { .users = (int32_t)users(isolation), .group = group };
	char text[TEXT_BYTES];
	long long kilobytes, total, beyond;

	if (read_text("/proc/meminfo", text, sizeof(text)) <= 0 || !find_number(text, "Hugepagesize:", &kilobytes) ||
	    !find_number(text, "HugePages_Total:", &total) ||
	    !read_number("/proc/sys/vm/nr_overcommit_hugepages", &beyond))
		return found;
	found.size = kilobytes * 1024;
	found.available = total + beyond;
	return found;
}
