/* Threads make threads at the same time; all fork, wait, set undo entries; one that is not the first runs a new program. */
#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/wait.h>
#include <unistd.h>

enum { THREADS = 4, ROUNDS = 5 };

static int set;

static void *act(void *given)
{
	struct sigaction old;
	struct sembuf add = {0, 1, SEM_UNDO}, take = {0, -1, SEM_UNDO};
	sigaction(SIGUSR1, NULL, &old);
	pid_t child = fork();
	if (child == 0)
		_exit(getppid() == getpid());
	waitpid(child, NULL, 0);
	semop(set, &add, 1);
	semop(set, &take, 1);
	return given;
}

static void *many(void *given)
{
	pthread_t threads[THREADS];
	void *(*start)(void *) = given == NULL ? act : many;
	for (int i = 0; i < THREADS; i++)
		pthread_create(threads + i, NULL, start, NULL);
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	return given;
}

static void *program(void *given)
{
	execl("/bin/sh", "sh", "-c", "true | true; exit 4", (char *)NULL);
	return given;
}

int main(void)
{
	set = semget(IPC_PRIVATE, 1, IPC_CREAT | 0600);
	for (int i = 0; i < ROUNDS; i++)
		many(&set);
	if (fork() == 0) {
		pthread_t thread;
		pthread_create(&thread, NULL, program, NULL);
		pause();
	}
	wait(NULL);
	return semctl(set, 0, GETVAL) != 0 || semctl(set, 0, IPC_RMID) == -1;
}
