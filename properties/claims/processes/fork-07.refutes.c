// The parent writes first, and has a fault for each page
// expects: seen
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define PAGES 500

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

int main(void)
{
	long size = sysconf(_SC_PAGESIZE);
	volatile char *pages =
		mmap(NULL, PAGES * size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int ends[2];
	pid_t child;
	long own;
	char word;

	if (pages == MAP_FAILED || pipe(ends) != 0)
		return 1;
	madvise((void *)pages, PAGES * size, MADV_NOHUGEPAGE);
	writing(pages, size);
	child = fork();
	if (child == 0) {
		close(ends[1]);
		_exit(read(ends[0], &word, 1) != 0);
	}
	own = writing(pages, size);
	close(ends[1]);
	if (child == -1 || waitpid(child, NULL, 0) != child)
		return 1;
	puts(own >= PAGES ? "seen" : "not seen");
	return 0;
}
