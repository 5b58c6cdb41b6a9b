#include "programs.h"

#include "helper.h"
#include "raw.h"

static const char *const places[PROGRAMS][2] = {
	[PROGRAM_IPCS] = { "/usr/bin/ipcs", "/bin/ipcs" },
	[PROGRAM_IPCRM] = { "/usr/bin/ipcrm", "/bin/ipcrm" },
};

const char *program_path(enum program program)
{
	for (int place = 0; place < 2; place++)
		if (syscall(SYS_faccessat, AT_FDCWD, places[program][place], X_OK) == 0)
			return places[program][place];
	return NULL;
}

static int do_nothing(void *unused)
{
	(void)unused;
	return 0;
}

bool has_programs(void)
{
	int status;

	/* An emulator may know no helpers, who run them. */
	return program_path(PROGRAM_IPCS) != NULL && program_path(PROGRAM_IPCRM) != NULL &&
	       run_helper(0, do_nothing, NULL, &status) > 0;
}
