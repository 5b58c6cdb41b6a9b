// It is found in the folder that PATH names
// expects: seen
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(void)
{
	if (chdir("/") != 0 || access("/bin/sh", X_OK) != 0 || setenv("PATH", "/ipc-oracle:/bin", 1) != 0)
		return 1;
	alarm(15);
	execlp("sh", "sh", "-c", "echo seen", (char *)NULL);
	puts("not seen");
	return 0;
}
