#include "calls.h"

#include "bad_pointer.h"
#include "raw_ipc.h"

/* Past the libc in any case, which may look at what it is given. */
#define RETURNS_RAW(call, by_syscall) RETURNS(call, by_syscall, by_syscall)

void call_bad_semop(struct call *call)
{
	int id = take_id(call);
	int count = take_int(call);

	RETURNS_RAW(call, raw_semop(id, bad_pointer(), (size_t)count));
}

void call_bad_semtimedop(struct call *call)
{
	int id = take_id(call);
	size_t count = take_operations(call);

#ifdef SYS_semtimedop
	RETURNS_RAW(call, syscall(SYS_semtimedop, id, operations, count, bad_pointer()));
#else
	RETURNS_RAW(call, syscall(SYS_semtimedop_time64, id, operations, count, bad_pointer()));
#endif
}

void call_wide_semop(struct call *call)
{
	int id = take_id(call);
	size_t count = take_operations(call) + (size_t)(UINT64_C(1) << 32);

	RETURNS(call, semop(id, operations, count), raw_semop(id, operations, count));
}

void call_bad_semctl(struct call *call)
{
	int id = take_id(call);
	int command = take_int(call);

	RETURNS_RAW(call, raw_semctl(id, 0, command, bad_pointer()));
}

void call_bad_msgctl(struct call *call)
{
	int id = take_id(call);
	int command = take_int(call);

	RETURNS_RAW(call, raw_msgctl(id, command, bad_pointer()));
}

void call_bad_shmctl(struct call *call)
{
	int id = take_id(call);
	int command = take_int(call);

	RETURNS_RAW(call, raw_shmctl(id, command, bad_pointer()));
}

enum { PART_BODY, PART_TYPE };

void call_bad_msgsnd(struct call *call)
{
	int id = take_id(call);
	bool has_type = take_int(call) == PART_BODY;
	int64_t size = take_long(call);
	long type = as_long(take_long(call));
	void *message = before_the_edge(has_type ? sizeof(type) : 0);

	if (has_type)
		memcpy(message, &type, sizeof(type));
	RETURNS_RAW(call, raw_msgsnd(id, message, as_size(size), IPC_NOWAIT));
}

void call_bad_msgrcv(struct call *call)
{
	int id = take_id(call);
	int64_t size = take_long(call);
	int64_t type = take_long(call);
	int flags = take_int(call);

	RETURNS_RAW(call, raw_msgrcv(id, bad_pointer(), as_size(size), as_long(type), flags));
}
