// Looking at the pages costs the child few faults, writing to them one each
// expects: seen
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define PAGES 500
#define FEW 50

static long faults(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return usage.ru_minflt;
}

static long writing(volatile char *pages, long size)
{
	long before = faults();

	for (int i = 0; i < PAGES; i++)
		pages[i * size] = 2;
	return faults() - before;
}

static long reading(volatile char *pages, long size)
{
	long before = faults();

	for (int i = 0; i < PAGES; i++)
		(void)pages[i * size];
	return faults() - before;
}

int main(void)
{
	long size = sysconf(_SC_PAGESIZE);
	volatile char *pages =
		mmap(NULL, PAGES * size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	pid_t child;
	int status;

	if (pages == MAP_FAILED)
		return 1;
	madvise((void *)pages, PAGES * size, MADV_NOHUGEPAGE);
	writing(pages, size);
	child = fork();
	if (child == 0)
		_exit((reading(pages, size) > FEW) + 2 * (writing(pages, size) < PAGES));
	if (child == -1 || waitpid(child, &status, 0) != child || !WIFEXITED(status))
		return 1;
	puts(status == 0 ? "seen" : WEXITSTATUS(status) == 1 ? "not seen" : "too few faults are counted");
	return 0;
}
