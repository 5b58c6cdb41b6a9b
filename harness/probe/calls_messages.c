#include "calls.h"

#include "actor.h"
#include "message.h"
#include "poison.h"
#include "raw_ipc.h"

/* Of what a msgrcv must leave alone, this much is looked at. */
#define LOOKED_AT_MAX 8192
#define LOOKED_AT_BEYOND 64

static _Thread_local struct {
	unsigned char guard[GUARD_BYTES];
	struct message message;
	unsigned char guard_behind[GUARD_BYTES];
} buffer;

void call_msgget(struct call *call)
{
	int key = take_key(call);
	int flags = take_int(call);

	RETURNS(call, msgget(key, flags), raw_msgget(key, flags));
	put_register(call);
	note_made(call, QUEUE, key, flags);
}

void call_msgsnd(struct call *call)
{
	int id = take_id(call);
	int64_t type = take_long(call);
	int64_t size = take_long(call);
	int fill = take_int(call);
	int flags = take_int(call);
	struct message *message = &actor_slot()->message;

	fill_message(message, type, size, fill);
	RETURNS(call, msgsnd(id, message, as_size(size), flags), raw_msgsnd(id, message, as_size(size), flags));
}

void call_msgrcv(struct call *call)
{
	int id = take_id(call);
	int64_t size = take_long(call);
	int64_t type = take_long(call);
	int flags = take_int(call);
	const unsigned char *body = buffer.message.body;
	int64_t end = (size < 0 || size > LOOKED_AT_MAX ? LOOKED_AT_MAX : size) + LOOKED_AT_BEYOND;
	int64_t length, matched = 0, beyond = 0;

	set_guard(buffer.guard);
	set_guard(buffer.guard_behind);
	poison(&buffer.message.type, sizeof(buffer.message.type));
	poison(buffer.message.body, (size_t)end);
	RETURNS(call, msgrcv(id, &buffer.message, as_size(size), as_long(type), flags),
		raw_msgrcv(id, &buffer.message, as_size(size), as_long(type), flags));
	call->clobbered = !guard_is_whole(buffer.guard) || !guard_is_whole(buffer.guard_behind);

	length = call->value < 0 ? 0 : call->value;
	if (length < end && !is_poison(body + length, (size_t)(end - length)))
		for (int64_t i = length; i < end; i++)
			beyond += body[i] != POISON_BYTE;
	if (call_failed(call) && beyond == 0 && is_poison(&buffer.message.type, sizeof(buffer.message.type)))
		return;
	while (matched < length && matched < BODY_MAX && body[matched] == (unsigned char)(body[0] + matched))
		matched++;
	put_long(call, buffer.message.type);
	put_int(call, length == 0 ? -1 : body[0]);
	put_int(call, (int32_t)matched);
	put_int(call, (int32_t)beyond);
}

static void look(struct call *call, int id, int command)
{
	struct msqid_ds *status = poisoned(sizeof(*status));

	RETURNS(call, msgctl(id, command, status), raw_msgctl(id, command, status));
	check_guards(call);
	if (call_failed(call) && !was_written())
		return;
	put_permissions(call, &status->msg_perm);
	put_long(call, (int64_t)status->msg_qnum);
	put_long(call, (int64_t)status->msg_cbytes);
	put_long(call, (int64_t)status->msg_qbytes);
	put_int(call, status->msg_lspid);
	put_int(call, status->msg_lrpid);
	put_long(call, status->msg_stime);
	put_long(call, status->msg_rtime);
	put_long(call, status->msg_ctime);
}

void call_msgctl_stat(struct call *call)
{
	look(call, take_id(call), IPC_STAT);
}

void call_msgctl_msg_stat(struct call *call)
{
	look(call, take_slot(call), MSG_STAT);
}

void call_msgctl_msg_stat_any(struct call *call)
{
	look(call, take_slot(call), MSG_STAT_ANY);
}

static void inform(struct call *call, int command)
{
	int id = take_id(call);
	struct msginfo *info = poisoned(sizeof(*info));

	RETURNS(call, msgctl(id, command, (struct msqid_ds *)info), raw_msgctl(id, command, info));
	check_guards(call);
	if (call_failed(call) && !was_written())
		return;
	put_int(call, info->msgpool);
	put_int(call, info->msgmap);
	put_int(call, info->msgmax);
	put_int(call, info->msgmnb);
	put_int(call, info->msgmni);
	put_int(call, info->msgssz);
	put_int(call, info->msgtql);
	put_int(call, info->msgseg);
}

void call_msgctl_ipc_info(struct call *call)
{
	inform(call, IPC_INFO);
}

void call_msgctl_msg_info(struct call *call)
{
	inform(call, MSG_INFO);
}

void call_msgctl_set(struct call *call)
{
	int id = take_id(call);
	struct msqid_ds status;

	memset(&status, 0, sizeof(status));
	take_permissions(call, &status.msg_perm);
	status.msg_qbytes = (msglen_t)as_size(take_long(call));
	RETURNS(call, msgctl(id, IPC_SET, &status), raw_msgctl(id, IPC_SET, &status));
}

void call_msgctl_remove(struct call *call)
{
	int id = take_id(call);

	RETURNS(call, msgctl(id, IPC_RMID, NULL), raw_msgctl(id, IPC_RMID, NULL));
}

void call_msgctl_other(struct call *call)
{
	int id = take_id(call);
	int command = take_int(call);
	void *argument = poisoned(SMALL_BYTES_MAX);

	RETURNS(call, msgctl(id, command, argument), raw_msgctl(id, command, argument));
	check_guards(call);
}
