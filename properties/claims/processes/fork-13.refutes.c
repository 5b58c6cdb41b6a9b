// What pthread_atfork asks for is done by fork, and not by system
// expects: seen
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static int forks;

static void count(void) { forks++; }

int main(void)
{
	pid_t child;
	int before;

	alarm(15);
	if (pthread_atfork(count, NULL, NULL) != 0 || system("exit 3") != 3 << 8)
		return 1;
	before = forks;
	child = fork();
	if (child == 0)
		_exit(0);
	if (child == -1 || waitpid(child, NULL, 0) != child || forks != before + 1)
		return 1;
	puts(before == 0 ? "seen" : "not seen");
	return 0;
}
