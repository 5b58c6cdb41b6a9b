// The child finds its values where its parent put them
// expects: seen
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
	volatile int on_stack = 7;
	volatile int *on_heap = malloc(sizeof(*on_heap));
	volatile int *stack_before = &on_stack, *heap_before = on_heap;
	pid_t child;
	int status;

	if (on_heap == NULL)
		return 1;
	*on_heap = 9;
	child = fork();
	if (child == 0)
		_exit(&on_stack == stack_before && on_heap == heap_before && *stack_before == 7 && *heap_before == 9);
	if (child == -1 || waitpid(child, &status, 0) != child || !WIFEXITED(status))
		return 1;
	puts(WEXITSTATUS(status) == 1 ? "seen" : "not seen");
	return 0;
}
