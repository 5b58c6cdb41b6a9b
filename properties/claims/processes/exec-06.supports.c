// The new program reads from a pipe what was written to it before
// expects: seen
#define _GNU_SOURCE
#include <unistd.h>

int main(void)
{
	int ends[2];

	if (pipe(ends) != 0 || write(ends[1], "seen\n", 5) != 5 || dup2(ends[0], 0) != 0)
		return 1;
	alarm(15);
	execl("/bin/sh", "sh", "-c", "read word || word='not seen'; echo $word", (char *)NULL);
	return 1;
}
