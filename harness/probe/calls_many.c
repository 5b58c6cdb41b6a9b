#include "calls.h"

#include "raw_ipc.h"
#include "toil.h"

#include <stdint.h>

#define TIMES_MAX 8192

static int attach(int id, int times, void **at)
{
	for (int i = 0; i < times; i++) {
		intptr_t got = run->entry_is_syscall ? (intptr_t)raw_shmat(id, NULL, 0) : (intptr_t)shmat(id, NULL, 0);

		if (got == -1)
			return i;
		at[i] = (void *)got;
		toil();
	}
	return times;
}

static bool detach(void *const *at, int times)
{
	bool all = true;

	for (int i = 0; i < times; i++) {
		all = (run->entry_is_syscall ? (int)raw_shmdt(at[i]) : shmdt(at[i])) == 0 && all;
		toil();
	}
	return all;
}

void call_many_shmat(struct call *call)
{
	static void *at[TIMES_MAX];
	int id = take_id(call);
	int times = take_int(call);
	struct shmid_ds status;
	int attached;

	if (times < 1 || times > TIMES_MAX) {
		call->kind = SKIPPED;
		return;
	}
	memset(&status, 0, sizeof(status));
	attached = attach(id, times, at);
	if (attached < times) {
		call->value = -1;
		call->error = errno;
		detach(at, attached);
		return;
	}
	call->value = run->entry_is_syscall ? (int64_t)raw_shmctl(id, IPC_STAT, &status) : shmctl(id, IPC_STAT, &status);
	call->error = call->value == -1 ? errno : 0;
	if (!detach(at, attached) && call->value == 0) {
		call->value = -1;
		call->error = errno;
	}
	if (call_failed(call))
		return;
	put_int(call, attached);
	put_long(call, (int64_t)status.shm_nattch);
}
