/* After the example of msgop(2): messages by type, with and without IPC_NOWAIT. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/wait.h>
#include <unistd.h>

struct message {
	long type;
	char text[80];
};

int main(void)
{
	int queue = msgget(IPC_PRIVATE, IPC_CREAT | 0600);
	struct message message;
	struct msqid_ds status;

	if (fork() == 0) {
		for (int i = 0; i < 6; i++) {
			message.type = i % 3 + 1;
			snprintf(message.text, sizeof(message.text), "message %d", i);
			msgsnd(queue, &message, sizeof(message.text), IPC_NOWAIT);
		}
		_exit(0);
	}
	msgrcv(queue, &message, sizeof(message.text), 2, MSG_NOERROR);
	wait(NULL);
	msgctl(queue, IPC_STAT, &status);
	msgrcv(queue, &message, sizeof(message.text), -2, IPC_NOWAIT);
	msgrcv(queue, &message, 4, 0, IPC_NOWAIT);
	msgrcv(queue, &message, 4, 0, IPC_NOWAIT | MSG_NOERROR);
	msgrcv(queue, &message, sizeof(message.text), 3, IPC_NOWAIT | MSG_EXCEPT);
	while (msgrcv(queue, &message, sizeof(message.text), 0, IPC_NOWAIT) > 0)
		puts(message.text);
	msgctl(queue, IPC_RMID, NULL);
	exit(msgsnd(queue, &message, 1, 0) < 0 ? 0 : 1);
}
