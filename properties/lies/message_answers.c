#include "messages.h"

/* msg_lspid and msg_lrpid are mixed up. */
#ifdef LIE_MSG_PIDS_SWAPPED
MSGCTL_STAT(queue, status)
{
	pid_t sender = status->msg_lspid;

	status->msg_lspid = status->msg_lrpid;
	status->msg_lrpid = sender;
}
#endif

/* msg_lrpid is that of the last sender, who handed the message over. */
#ifdef LIE_MSG_RECEIVER_IS_SENDER
MSGCTL_STAT(queue, status)
{
	if (status->msg_lrpid != 0)
		status->msg_lrpid = status->msg_lspid;
}
#endif

/* msg_stime and msg_rtime are mixed up. */
#ifdef LIE_MSG_TIMES_SWAPPED
MSGCTL_STAT(queue, status)
{
	time_t sent = status->msg_stime;

	status->msg_stime = status->msg_rtime;
	status->msg_rtime = sent;
}
#endif

/* msg_rtime is never set. */
#ifdef LIE_MSG_RTIME_NEVER_SET
MSGCTL_STAT(queue, status)
{
	status->msg_rtime = 0;
}
#endif

/* Sending moves msg_ctime too. */
#ifdef LIE_MSG_CTIME_BY_MSGSND
MSGCTL_STAT(queue, status)
{
	if (status->msg_ctime < status->msg_stime)
		status->msg_ctime = status->msg_stime;
}
#endif

/* msg_cbytes counts the types with the bodies. */
#ifdef LIE_MSG_CBYTES_WITH_TYPES
MSGCTL_STAT(queue, status)
{
	status->__msg_cbytes += status->msg_qnum * sizeof(long);
}
#endif

/* Empty messages are not counted. */
#ifdef LIE_MSG_QNUM_WITHOUT_EMPTY
MSGCTL_STAT(queue, status)
{
	long type;

	for (long place = (long)status->msg_qnum - 1; place >= 0; place--)
		if (look_at(queue, place, &type) == 0)
			status->msg_qnum--;
}
#endif

/* A message that was cut goes on taking the room of what was cut off. gVisor did so. */
#ifdef LIE_MSG_CUT_LEAKS_ROOM
static struct {
	int queue;
	msglen_t bytes;
} leak = { -1, 0 };

ssize_t msgrcv(int queue, void *message, size_t size, long type, int flags)
{
	struct msqid_ds before, after;
	bool known = flags & MSG_NOERROR && stat_queue(queue, &before) == 0;
	ssize_t length = real_msgrcv(queue, message, size, type, flags);
	msglen_t freed;

	if (!known || length < 0 || stat_queue(queue, &after) != 0 || after.msg_qnum + 1 != before.msg_qnum)
		return length;
	freed = before.__msg_cbytes - after.__msg_cbytes;
	leak.bytes = (leak.queue == queue ? leak.bytes : 0) + freed - (msglen_t)length;
	leak.queue = queue;
	return length;
}

MSGCTL_STAT(queue, status)
{
	if (leak.queue == queue)
		status->__msg_cbytes += leak.bytes;
}
#endif

/* IPC_SET does not change msg_qbytes. */
#ifdef LIE_MSG_SET_KEEPS_QBYTES
int msgctl(int queue, int command, struct msqid_ds *status)
{
	struct msqid_ds before, changed;

	if (command != IPC_SET || stat_queue(queue, &before) != 0)
		return REAL(msgctl)(queue, command, status);
	changed = *status;
	changed.msg_qbytes = before.msg_qbytes;
	return REAL(msgctl)(queue, command, &changed);
}
#endif

/* A new queue has half of the bytes that it should have. */
#ifdef LIE_MSGGET_HALF_QBYTES
int msgget(key_t key, int flags)
{
	int queue = REAL(msgget)(key, flags);
	struct msqid_ds status;

	if (queue >= 0 && stat_queue(queue, &status) == 0 && status.msg_qbytes == 16384 && status.msg_stime == 0) {
		status.msg_qbytes = 8192;
		REAL(msgctl)(queue, IPC_SET, &status);
	}
	return queue;
}
#endif
