/* After the example of wait(2): the parent tells every change of its child. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
	static const int sent[] = { SIGSTOP, SIGCONT, SIGSTOP, SIGCONT, SIGTERM };
	int status;
	pid_t pid = fork();

	if (pid == 0)
		for (;;)
			pause();
	for (unsigned i = 0; i < sizeof(sent) / sizeof(*sent); i++) {
		kill(pid, sent[i]);
		if (waitpid(pid, &status, WUNTRACED | WCONTINUED) != pid)
			exit(1);
		if (WIFEXITED(status))
			printf("exited, status=%d\n", WEXITSTATUS(status));
		else if (WIFSIGNALED(status))
			printf("killed by signal %d\n", WTERMSIG(status));
		else if (WIFSTOPPED(status))
			printf("stopped by signal %d\n", WSTOPSIG(status));
		else if (WIFCONTINUED(status))
			printf("continued\n");
	}
	exit(0);
}
