/* After the example of shmop(2): a reader waits for a semaphore to become 0, a writer stores a string. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

union semun {
	int val;
	struct semid_ds *buf;
	unsigned short *array;
};

#define SIZE 4096

int main(void)
{
	int memory = shmget(IPC_PRIVATE, SIZE, IPC_CREAT | 0600);
	int lock = semget(IPC_PRIVATE, 1, IPC_CREAT | 0600);
	union semun argument = { .val = 1 };
	struct sembuf operation = { .sem_num = 0, .sem_op = 0, .sem_flg = 0 };
	char *text = shmat(memory, NULL, 0);
	struct shmid_ds status;

	if (memory < 0 || lock < 0 || text == (void *)-1 || semctl(lock, 0, SETVAL, argument) < 0)
		exit(1);
	if (fork() == 0) {
		strcpy(text, "hello, world");
		operation.sem_op = -1;
		_exit(semop(lock, &operation, 1) == 0 ? 0 : 1);
	}
	if (semop(lock, &operation, 1) < 0)
		exit(1);
	printf("%s\n", text);
	wait(NULL);
	shmctl(memory, IPC_STAT, &status);
	shmdt(text);
	shmctl(memory, IPC_RMID, NULL);
	shmctl(memory, IPC_STAT, &status);
	semctl(lock, 0, GETVAL);
	semctl(lock, 0, IPC_RMID);
	exit(0);
}
