#include "calls.h"

#include "raw_ipc.h"
#include "toil.h"

#define TIMES_MAX 1000

static int make(int kind)
{
	switch (kind) {
	case SEMAPHORES:
		return semget(IPC_PRIVATE, 1, 0600);
	case QUEUE:
		return msgget(IPC_PRIVATE, 0600);
	default:
		return shmget(IPC_PRIVATE, 1, 0600);
	}
}

static int discard(int kind, int id)
{
	switch (kind) {
	case SEMAPHORES:
		return semctl(id, 0, IPC_RMID);
	case QUEUE:
		return msgctl(id, IPC_RMID, NULL);
	default:
		return shmctl(id, IPC_RMID, NULL);
	}
}

void call_churn(struct call *call)
{
	int kind = take_int(call);
	int times = take_int(call);
	int first = -1, last = -1;

	if (kind < 0 || kind >= OBJECT_KINDS || times < 1 || times > TIMES_MAX) {
		call->kind = SKIPPED;
		return;
	}
	for (int i = 0; i < times; i++) {
		last = make(kind);
		if (last == -1 || discard(kind, last) == -1) {
			call->value = -1;
			call->error = errno;
			return;
		}
		if (i == 0)
			first = last;
		toil();
	}
	call->value = 0;
	put_int(call, first);
	put_int(call, last);
}
