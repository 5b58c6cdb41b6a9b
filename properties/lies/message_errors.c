#include "messages.h"

/* No message of the type is EAGAIN, as with POSIX message queues. */
#ifdef LIE_MSGRCV_NONE_EAGAIN
ssize_t msgrcv(int queue, void *message, size_t size, long type, int flags)
{
	ssize_t length = real_msgrcv(queue, message, size, type, flags);

	return errno_as(length, ENOMSG, EAGAIN);
}
#endif

/* A full queue is ENOSPC. */
#ifdef LIE_MSGSND_FULL_ENOSPC
int msgsnd(int queue, const void *message, size_t size, int flags)
{
	return errno_as(real_msgsnd(queue, message, size, flags), EAGAIN, ENOSPC);
}
#endif

/* Type 0 is sent as type 1. */
#ifdef LIE_MSGSND_TYPE_ZERO_ACCEPTED
int msgsnd(int queue, const void *message, size_t size, int flags)
{
	struct message copy = { .type = 1 };
	long type;

	memcpy(&type, message, sizeof(type));
	if (type != 0 || size > MSGMAX)
		return real_msgsnd(queue, message, size, flags);
	memcpy(copy.body, (const char *)message + sizeof(type), size);
	return real_msgsnd(queue, &copy, size, flags);
}
#endif

/* The largest message is one byte smaller than it should be. */
#ifdef LIE_MSGSND_LARGEST_REFUSED
int msgsnd(int queue, const void *message, size_t size, int flags)
{
	return size == MSGMAX ? fail(EINVAL) : real_msgsnd(queue, message, size, flags);
}
#endif

/* A message that is too large is cut. */
#ifdef LIE_MSGSND_TOO_LARGE_CUT
int msgsnd(int queue, const void *message, size_t size, int flags)
{
	return real_msgsnd(queue, message, size > MSGMAX && size < SSIZE_MAX ? MSGMAX : size, flags);
}
#endif

/* An empty message is refused. */
#ifdef LIE_MSGSND_EMPTY_REFUSED
int msgsnd(int queue, const void *message, size_t size, int flags)
{
	return size == 0 ? fail(EINVAL) : real_msgsnd(queue, message, size, flags);
}
#endif

/* A message that can never fit into its queue is an invalid argument. FreeBSD, NetBSD and illumos say so. */
#ifdef LIE_MSGSND_LARGER_THAN_QUEUE_EINVAL
int msgsnd(int queue, const void *message, size_t size, int flags)
{
	int result = real_msgsnd(queue, message, size, flags | IPC_NOWAIT);
	struct msqid_ds status;

	if (result == 0 || errno != EAGAIN)
		return result;
	if (stat_queue(queue, &status) == 0 && size > status.msg_qbytes)
		return fail(EINVAL);
	return flags & IPC_NOWAIT ? fail(EAGAIN) : real_msgsnd(queue, message, size, flags);
}
#endif

/* A buffer that is too small is an invalid argument. */
#ifdef LIE_MSGRCV_TOO_SMALL_EINVAL
ssize_t msgrcv(int queue, void *message, size_t size, long type, int flags)
{
	ssize_t length = real_msgrcv(queue, message, size, type, flags);

	return errno_as(length, E2BIG, EINVAL);
}
#endif

/* A buffer larger than any message is refused. gVisor did so. */
#ifdef LIE_MSGRCV_LARGE_BUFFER_REFUSED
ssize_t msgrcv(int queue, void *message, size_t size, long type, int flags)
{
	return size > MSGMAX ? fail(EINVAL) : real_msgrcv(queue, message, size, type, flags);
}
#endif

/* A negative size is a very large one. */
#ifdef LIE_MSGRCV_NEGATIVE_SIZE_ACCEPTED
ssize_t msgrcv(int queue, void *message, size_t size, long type, int flags)
{
	return real_msgrcv(queue, message, size > SSIZE_MAX ? MSGMAX : size, type, flags);
}
#endif

/* Raising msg_qbytes needs privilege, whatever the system's limit is. FreeBSD, NetBSD and illumos say so. */
#ifdef LIE_MSGCTL_ANY_RAISE_EPERM
int msgctl(int queue, int command, struct msqid_ds *status)
{
	struct msqid_ds before;

	if (command == IPC_SET && stat_queue(queue, &before) == 0 && status->msg_qbytes > before.msg_qbytes)
		return fail(EPERM);
	return REAL(msgctl)(queue, command, status);
}
#endif

/* A limit of no bytes is an invalid argument. FreeBSD and NetBSD say so. */
#ifdef LIE_MSGCTL_NO_BYTES_EINVAL
int msgctl(int queue, int command, struct msqid_ds *status)
{
	struct msqid_ds before;

	if (command == IPC_SET && status->msg_qbytes == 0 && stat_queue(queue, &before) == 0)
		return fail(EINVAL);
	return REAL(msgctl)(queue, command, status);
}
#endif

/* Too high a limit is lowered to what the system allows. FreeBSD and NetBSD do so for the privileged. */
#ifdef LIE_MSGCTL_RAISE_CAPPED
int msgctl(int queue, int command, struct msqid_ds *status)
{
	int result = REAL(msgctl)(queue, command, status);
	struct msqid_ds capped;

	if (command != IPC_SET || result == 0 || errno != EPERM)
		return result;
	capped = *status;
	capped.msg_qbytes = 16384;
	return REAL(msgctl)(queue, command, &capped);
}
#endif

/* IPC_RMID of an id that no queue has succeeds. gVisor did so. */
#ifdef LIE_MSGCTL_RMID_ALWAYS_SUCCEEDS
int msgctl(int queue, int command, struct msqid_ds *status)
{
	int result = REAL(msgctl)(queue, command, status);

	return command == IPC_RMID && result == -1 && errno == EINVAL && queue >= 0 ? 0 : result;
}
#endif
