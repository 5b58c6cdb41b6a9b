// Two processes add to a number in turn, by means of an atomic_flag of C11, and nothing is lost
// expects: seen
#define _GNU_SOURCE
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define TIMES 20000

struct shared {
	atomic_flag taken;
	volatile int count;
};

static void add(struct shared *shared)
{
	for (int i = 0; i < TIMES; i++) {
		while (atomic_flag_test_and_set(&shared->taken))
			sched_yield();
		shared->count++;
		atomic_flag_clear(&shared->taken);
	}
}

int main(void)
{
	struct shared *shared =
		mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pid_t child;
	int status;

	alarm(15);
	if (shared == MAP_FAILED)
		return 1;
	atomic_flag_clear(&shared->taken);
	child = fork();
	if (child == -1)
		return 1;
	alarm(15);
	add(shared);
	if (child == 0)
		_exit(0);
	if (waitpid(child, &status, 0) != child || status != 0)
		return 1;
	puts(shared->count == 2 * TIMES ? "seen" : "not seen");
	return 0;
}
