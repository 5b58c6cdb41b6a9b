// The new program sees what was put into environ
// expects: seen
#define _GNU_SOURCE
#include <stdlib.h>
#include <unistd.h>

extern char **environ;

int main(void)
{
	static char word[] = "WORD=seen";
	static char *words[] = { word, NULL };

	environ = words;
	alarm(15);
	execl("/bin/sh", "sh", "-c", "echo ${WORD:-not seen}", (char *)NULL);
	return 1;
}
