#include "calls.h"

#include "guarded_access.h"
#include "leftovers.h"
#include "poison.h"
#include "raw_ipc.h"

void call_shmget(struct call *call)
{
	int key = take_key(call);
	int64_t size = take_long(call);
	int flags = take_int(call);

	RETURNS(call, shmget(key, as_size(size), flags), raw_shmget(key, as_size(size), flags));
	put_register(call);
	note_made(call, SEGMENT, key, flags);
}

void call_shmat(struct call *call)
{
	int id = take_id(call);
	void *address = take_address(call);
	int flags = take_int(call);

	RETURNS(call, (intptr_t)shmat(id, address, flags), raw_shmat(id, address, flags));
	if (!call_failed(call)) {
		/* An address is not negative, even where it has 32 bits. */
		call->value = (int64_t)(uintptr_t)call->value;
		note_attachment((void *)(uintptr_t)call->value);
	}
	put_register(call);
}

void call_shmdt(struct call *call)
{
	void *address = take_address(call);

	RETURNS(call, shmdt(address), raw_shmdt(address));
	if (!call_failed(call))
		forget_attachment(address);
}

/* The outcome of an access that `value` came from, or that faulted. */
static void put_access(struct call *call, int value, const struct fault *fault)
{
	call->value = value;
	if (fault->signal == 0)
		return;
	call->kind = FAULTED;
	call->error = fault->signal;
	call->code = fault->code;
}

void call_load(struct call *call)
{
	void *address = take_address(call);
	struct fault fault;
	int value = guarded_load(address, &fault);

	put_access(call, value, &fault);
}

void call_store(struct call *call)
{
	void *address = take_address(call);
	int byte = take_int(call);
	struct fault fault;

	guarded_store(address, (unsigned char)byte, &fault);
	put_access(call, 0, &fault);
}

static void look(struct call *call, int id, int command)
{
	struct shmid_ds *status = poisoned(sizeof(*status));

	RETURNS(call, shmctl(id, command, status), raw_shmctl(id, command, status));
	check_guards(call);
	if (call_failed(call) && !was_written())
		return;
	put_permissions(call, &status->shm_perm);
	put_long(call, (int64_t)status->shm_segsz);
	put_int(call, status->shm_cpid);
	put_int(call, status->shm_lpid);
	put_long(call, (int64_t)status->shm_nattch);
	put_long(call, status->shm_atime);
	put_long(call, status->shm_dtime);
	put_long(call, status->shm_ctime);
}

void call_shmctl_stat(struct call *call)
{
	look(call, take_id(call), IPC_STAT);
}

void call_shmctl_shm_stat(struct call *call)
{
	look(call, take_slot(call), SHM_STAT);
}

void call_shmctl_shm_stat_any(struct call *call)
{
	look(call, take_slot(call), SHM_STAT_ANY);
}

void call_shmctl_ipc_info(struct call *call)
{
	int id = take_id(call);
	struct shminfo *info = poisoned(sizeof(*info));

	RETURNS(call, shmctl(id, IPC_INFO, (struct shmid_ds *)info), raw_shmctl(id, IPC_INFO, info));
	check_guards(call);
	if (call_failed(call) && !was_written())
		return;
	put_long(call, (int64_t)info->shmmax);
	put_long(call, (int64_t)info->shmmin);
	put_long(call, (int64_t)info->shmmni);
	put_long(call, (int64_t)info->shmseg);
	put_long(call, (int64_t)info->shmall);
}

void call_shmctl_shm_info(struct call *call)
{
	int id = take_id(call);
	struct shm_info *info = poisoned(sizeof(*info));

	RETURNS(call, shmctl(id, SHM_INFO, (struct shmid_ds *)info), raw_shmctl(id, SHM_INFO, info));
	check_guards(call);
	if (call_failed(call) && !was_written())
		return;
	put_int(call, info->used_ids);
	put_long(call, (int64_t)info->shm_tot);
	put_long(call, (int64_t)info->shm_rss);
	put_long(call, (int64_t)info->shm_swp);
}

void call_shmctl_set(struct call *call)
{
	int id = take_id(call);
	struct shmid_ds status;

	memset(&status, 0, sizeof(status));
	take_permissions(call, &status.shm_perm);
	RETURNS(call, shmctl(id, IPC_SET, &status), raw_shmctl(id, IPC_SET, &status));
}

static void tell_segment(struct call *call, int command)
{
	int id = take_id(call);

	RETURNS(call, shmctl(id, command, NULL), raw_shmctl(id, command, NULL));
}

void call_shmctl_remove(struct call *call)
{
	tell_segment(call, IPC_RMID);
}

void call_shmctl_lock(struct call *call)
{
	tell_segment(call, SHM_LOCK);
}

void call_shmctl_unlock(struct call *call)
{
	tell_segment(call, SHM_UNLOCK);
}

void call_shmctl_other(struct call *call)
{
	int id = take_id(call);
	int command = take_int(call);
	void *argument = poisoned(SMALL_BYTES_MAX);

	RETURNS(call, shmctl(id, command, argument), raw_shmctl(id, command, argument));
	check_guards(call);
}
