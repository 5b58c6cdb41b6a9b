// A socket with SOCK_CLOEXEC is closed
// expects: seen
#define _GNU_SOURCE
#include <sys/socket.h>
#include <unistd.h>

int main(void)
{
	int ends[2];

	if (close(0) != 0 || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0 || ends[0] != 0)
		return 1;
	if (write(ends[1], "word\n", 5) != 5)
		return 1;
	alarm(15);
	execl("/bin/sh", "sh", "-c", "if read word; then echo not seen; else echo seen; fi 2>/dev/null", (char *)NULL);
	return 1;
}
