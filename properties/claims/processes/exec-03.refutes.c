// A path from the working directory is enough
// expects: seen
#define _GNU_SOURCE
#include <stdio.h>
#include <unistd.h>

int main(void)
{
	if (chdir("/") != 0 || access("/bin/sh", X_OK) != 0)
		return 1;
	alarm(15);
	execl("bin/sh", "sh", "-c", "echo seen", (char *)NULL);
	puts("not seen");
	return 0;
}
