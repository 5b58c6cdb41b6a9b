#include "objects.h"

#include "raw_ipc.h"
#include "shared.h"

/* Room for every structure that a *ctl command of the plumbing fills, on any architecture. */
union anything {
	struct semid_ds set;
	struct msqid_ds queue;
	struct shmid_ds segment;
	struct seminfo set_info;
	struct msginfo queue_info;
	struct shm_info segment_info;
	unsigned char bytes[512];
};

static long control(int kind, int id, int command, union anything *buffer)
{
	switch (kind) {
	case SEMAPHORES:
		return raw_semctl(id, 0, command, buffer);
	case QUEUE:
		return raw_msgctl(id, command, buffer);
	default:
		return raw_shmctl(id, command, buffer);
	}
}

static const struct ipc_perm *permissions(int kind, const union anything *status)
{
	switch (kind) {
	case SEMAPHORES:
		return &status->set.sem_perm;
	case QUEUE:
		return &status->queue.msg_perm;
	default:
		return &status->segment.shm_perm;
	}
}

/* Among others' objects: made by us, with a key of ours or none. */
static bool is_ours(int kind, int id)
{
	union anything status;
	const struct ipc_perm *found = permissions(kind, &status);
	uint32_t key;

	memset(&status, 0, sizeof(status));
	if (control(kind, id, IPC_STAT, &status) < 0)
		return errno == EACCES;
	key = (uint32_t)found->__key - (uint32_t)run->key_base;
	return found->cuid == run->uid && (found->__key == IPC_PRIVATE || key <= KEYS_MAX);
}

void remove_made(void)
{
	for (int i = 0; i < shared->made_count && i < MADE_MAX; i++) {
		const struct made *made = &shared->made[i];

		if (made->kind < 0 || made->kind >= OBJECT_KINDS)
			continue;
		if (run->ipc_namespace || is_ours(made->kind, made->id))
			control(made->kind, made->id, IPC_RMID, NULL);
	}
	shared->made_count = 0;
}

/* The highest index in use and, in `used`, how many objects there are; -1: the kernel does not tell. */
static long survey(int kind, long *used)
{
	union anything info;
	long highest;

	memset(&info, 0, sizeof(info));
	switch (kind) {
	case SEMAPHORES:
		highest = control(kind, 0, SEM_INFO, &info);
		*used = info.set_info.semusz;
		break;
	case QUEUE:
		highest = control(kind, 0, MSG_INFO, &info);
		*used = info.queue_info.msgpool;
		break;
	default:
		highest = control(kind, 0, SHM_INFO, &info);
		/* Either tells: gVisor counts removed segments for ever. */
		*used = info.segment_info.shm_tot == 0 ? 0 : info.segment_info.used_ids;
		break;
	}
	return highest;
}

bool objects_are_left(unsigned kinds)
{
	long used;

	for (int kind = 0; kind < OBJECT_KINDS; kind++)
		if ((kinds >> kind & 1) && survey(kind, &used) >= 0 && used > 0)
			return true;
	return false;
}

void remove_all(unsigned kinds)
{
	static const int commands[] = { [SEMAPHORES] = SEM_STAT, [QUEUE] = MSG_STAT, [SEGMENT] = SHM_STAT };

	for (int kind = 0; kind < OBJECT_KINDS; kind++) {
		long used, highest = kinds >> kind & 1 ? survey(kind, &used) : -1;

		for (int index = 0; index <= highest; index++) {
			union anything status;
			long id = control(kind, index, commands[kind], &status);

			if (id >= 0)
				control(kind, (int)id, IPC_RMID, NULL);
		}
	}
}

bool is_foreign(int kind, int id)
{
	union anything status;

	for (int i = 0; i < shared->made_count && i < MADE_MAX; i++)
		if (shared->made[i].kind == kind && shared->made[i].id == id)
			return false;
	return control(kind, id, IPC_STAT, &status) == 0 || errno == EACCES;
}
