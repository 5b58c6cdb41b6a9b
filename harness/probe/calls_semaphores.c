#include "calls.h"

#include "poison.h"
#include "raw_ipc.h"

void call_semget(struct call *call)
{
	int key = take_key(call);
	int count = take_int(call);
	int flags = take_int(call);

	RETURNS(call, semget(key, count, flags), raw_semget(key, count, flags));
	put_register(call);
	note_made(call, SEMAPHORES, key, flags);
	if (!call_failed(call) && count > shared->largest_set)
		shared->largest_set = count;
}

_Thread_local struct sembuf operations[OPERATIONS_MAX];

size_t take_operations(struct call *call)
{
	int count = take_int(call);

	for (int i = 0; i < count; i++) {
		operations[i].sem_num = (unsigned short)take_int(call);
		operations[i].sem_op = (short)take_int(call);
		operations[i].sem_flg = (short)take_int(call);
	}
	return (size_t)count;
}

/* Whether the array is what it was, as `given` has it: the call may only read it. */
static bool operations_are_whole(const int32_t *given, size_t count)
{
	for (size_t i = 0; i < count; i++, given += OPERATION_WORDS)
		if (operations[i].sem_num != (unsigned short)given[0] || operations[i].sem_op != (short)given[1] ||
		    operations[i].sem_flg != (short)given[2])
			return false;
	return true;
}

void call_semop(struct call *call)
{
	int id = take_id(call);
	const int32_t *given = call->words + 1;
	size_t count = take_operations(call);

	RETURNS(call, semop(id, operations, count), raw_semop(id, operations, count));
	call->clobbered = !operations_are_whole(given, count);
}

void call_semtimedop(struct call *call)
{
	int id = take_id(call);
	const int32_t *words = call->words + 1;
	size_t count = take_operations(call);
	int given = take_int(call);
	struct timespec time;
	struct timespec *timeout = given ? &time : NULL;
	int64_t began;

	time.tv_sec = as_time(take_long(call));
	time.tv_nsec = as_long(take_long(call));
	began = monotonic_microseconds();
	RETURNS(call, semtimedop(id, operations, count, timeout), raw_semtimedop(id, operations, count, timeout));
	call->clobbered = !operations_are_whole(words, count);
	put_long(call, monotonic_microseconds() - began);
}

static void look(struct call *call, int id, int number, int command)
{
	struct semid_ds *status = poisoned(sizeof(*status));
	union semun argument = { .buf = status };

	RETURNS(call, semctl(id, number, command, argument), raw_semctl(id, number, command, status));
	check_guards(call);
	if (call_failed(call) && !was_written())
		return;
	put_permissions(call, &status->sem_perm);
	put_long(call, (int64_t)status->sem_nsems);
	put_long(call, status->sem_otime);
	put_long(call, status->sem_ctime);
}

void call_semctl_stat(struct call *call)
{
	int id = take_id(call);
	int number = take_int(call);

	look(call, id, number, IPC_STAT);
}

void call_semctl_sem_stat(struct call *call)
{
	look(call, take_slot(call), 0, SEM_STAT);
}

void call_semctl_sem_stat_any(struct call *call)
{
	look(call, take_slot(call), 0, SEM_STAT_ANY);
}

static void inform(struct call *call, int command)
{
	int id = take_id(call);
	struct seminfo *info = poisoned(sizeof(*info));
	union semun argument = { .info = info };

	RETURNS(call, semctl(id, 0, command, argument), raw_semctl(id, 0, command, info));
	check_guards(call);
	if (call_failed(call) && !was_written())
		return;
	put_int(call, info->semmap);
	put_int(call, info->semmni);
	put_int(call, info->semmns);
	put_int(call, info->semmnu);
	put_int(call, info->semmsl);
	put_int(call, info->semopm);
	put_int(call, info->semume);
	put_int(call, info->semusz);
	put_int(call, info->semvmx);
	put_int(call, info->semaem);
}

void call_semctl_ipc_info(struct call *call)
{
	inform(call, IPC_INFO);
}

void call_semctl_sem_info(struct call *call)
{
	inform(call, SEM_INFO);
}

void call_semctl_set(struct call *call)
{
	int id = take_id(call);
	struct semid_ds status;
	union semun argument = { .buf = &status };

	memset(&status, 0, sizeof(status));
	take_permissions(call, &status.sem_perm);
	RETURNS(call, semctl(id, 0, IPC_SET, argument), raw_semctl(id, 0, IPC_SET, &status));
}

void call_semctl_remove(struct call *call)
{
	int id = take_id(call);
	int number = take_int(call);

	RETURNS(call, semctl(id, number, IPC_RMID), raw_semctl(id, number, IPC_RMID, NULL));
}

/* More than any kernel allows in one set. */
#define SET_MAX 65536
/* Values that are poisoned and looked at behind the largest set of the scenario. */
#define VALUES_BEYOND 64

static struct {
	unsigned char guard[GUARD_BYTES];
	unsigned short values[SET_MAX + VALUES_BEYOND];
} all;

void call_semctl_getall(struct call *call)
{
	int id = take_id(call);
	int number = take_int(call);
	int room = (shared->largest_set < SET_MAX ? shared->largest_set : SET_MAX) + VALUES_BEYOND;
	union semun argument = { .array = all.values };
	unsigned short poisoned_value;
	int count = room < VALUES_MAX ? room : VALUES_MAX;

	set_guard(all.guard);
	poison(all.values, (size_t)room * sizeof(all.values[0]));
	poison(&poisoned_value, sizeof(poisoned_value));
	RETURNS(call, semctl(id, number, GETALL, argument), raw_semctl(id, number, GETALL, all.values));
	call->clobbered = !guard_is_whole(all.guard);
	/* From behind: a semaphore may well have the value of the poison. */
	while (count > 0 && all.values[count - 1] == poisoned_value)
		count--;
	if (call_failed(call) && count == 0)
		return;
	put_int(call, count);
	for (int i = 0; i < count; i++)
		put_int(call, all.values[i]);
}

void call_semctl_setall(struct call *call)
{
	int id = take_id(call);
	int count = take_int(call);
	union semun argument = { .array = all.values };
	int number;

	for (int i = 0; i < count; i++)
		all.values[i] = (unsigned short)take_int(call);
	/* Values that the scenario does not give are 0. */
	for (int i = count; i < SET_MAX && i < shared->largest_set; i++)
		all.values[i] = 0;
	number = take_int(call);
	RETURNS(call, semctl(id, number, SETALL, argument), raw_semctl(id, number, SETALL, all.values));
}

static void ask_semaphore(struct call *call, int command)
{
	int id = take_id(call);
	int number = take_int(call);

	RETURNS(call, semctl(id, number, command), raw_semctl(id, number, command, NULL));
}

void call_semctl_getval(struct call *call)
{
	ask_semaphore(call, GETVAL);
}

void call_semctl_getpid(struct call *call)
{
	ask_semaphore(call, GETPID);
}

void call_semctl_getncnt(struct call *call)
{
	ask_semaphore(call, GETNCNT);
}

void call_semctl_getzcnt(struct call *call)
{
	ask_semaphore(call, GETZCNT);
}

void call_semctl_setval(struct call *call)
{
	int id = take_id(call);
	int number = take_int(call);
	int value = take_int(call);
	union semun argument;

	memset(&argument, 0, sizeof(argument));
	argument.val = value;
	/* The raw call takes the whole union, whichever half of it the value is in. */
	RETURNS(call, semctl(id, number, SETVAL, argument), raw_semctl(id, number, SETVAL, argument.buf));
}

void call_semctl_other(struct call *call)
{
	int id = take_id(call);
	int command = take_int(call);
	union semun argument = { .buf = poisoned(SMALL_BYTES_MAX) };

	RETURNS(call, semctl(id, 0, command, argument), raw_semctl(id, 0, command, argument.buf));
	check_guards(call);
}
