// execl does not find sh by its bare name
// expects: seen
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(void)
{
	if (chdir("/") != 0 || setenv("PATH", "/bin", 1) != 0)
		return 1;
	alarm(15);
	execl("sh", "sh", "-c", "echo not seen", (char *)NULL);
	puts(errno == ENOENT ? "seen" : "strange");
	return 0;
}
