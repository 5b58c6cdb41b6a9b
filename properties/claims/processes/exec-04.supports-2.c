// It is not found where PATH names no folder with it
// expects: seen
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(void)
{
	if (chdir("/bin") != 0 || access("/bin/sh", X_OK) != 0 || setenv("PATH", "/ipc-oracle", 1) != 0)
		return 1;
	alarm(15);
	execlp("sh", "sh", "-c", "echo not seen", (char *)NULL);
	puts(errno == ENOENT ? "seen" : "strange");
	return 0;
}
