#include "messages.h"

/* A full queue makes the sender wait although it said IPC_NOWAIT. */
#ifdef LIE_MSGSND_NO_WAIT_IGNORED
int msgsnd(int queue, const void *message, size_t size, int flags)
{
	return real_msgsnd(queue, message, size, flags & ~IPC_NOWAIT);
}
#endif

/* A full queue is always an error. */
#ifdef LIE_MSGSND_NEVER_SLEEPS
int msgsnd(int queue, const void *message, size_t size, int flags)
{
	return real_msgsnd(queue, message, size, flags | IPC_NOWAIT);
}
#endif

/* A receiver waits although it said IPC_NOWAIT. */
#ifdef LIE_MSGRCV_NO_WAIT_IGNORED
ssize_t msgrcv(int queue, void *message, size_t size, long type, int flags)
{
	return real_msgrcv(queue, message, size, type, flags & ~IPC_NOWAIT);
}
#endif

/* A receiver never waits. */
#ifdef LIE_MSGRCV_NEVER_SLEEPS
ssize_t msgrcv(int queue, void *message, size_t size, long type, int flags)
{
	return real_msgrcv(queue, message, size, type, flags | IPC_NOWAIT);
}
#endif

/* A receiver that sleeps on a queue that is removed finds no message in it. */
#ifdef LIE_MSGRCV_REMOVED_ENOMSG
ssize_t msgrcv(int queue, void *message, size_t size, long type, int flags)
{
	ssize_t length = real_msgrcv(queue, message, size, type, flags);

	return errno_as(length, EIDRM, ENOMSG);
}
#endif

/* A sender that sleeps on a queue that is removed believes that it was interrupted. */
#ifdef LIE_MSGSND_REMOVED_EINTR
int msgsnd(int queue, const void *message, size_t size, int flags)
{
	return errno_as(real_msgsnd(queue, message, size, flags), EIDRM, EINTR);
}
#endif

/* A sleeping receiver goes on after a handler, as if every handler had SA_RESTART. */
#ifdef LIE_MSGRCV_RESTARTS
ssize_t msgrcv(int queue, void *message, size_t size, long type, int flags)
{
	ssize_t length;

	do
		length = real_msgrcv(queue, message, size, type, flags);
	while (length == -1 && errno == EINTR);
	return length;
}
#endif

/* An interrupted sender says that the queue is full. */
#ifdef LIE_MSGSND_INTERRUPTED_EAGAIN
int msgsnd(int queue, const void *message, size_t size, int flags)
{
	return errno_as(real_msgsnd(queue, message, size, flags), EINTR, EAGAIN);
}
#endif

/* A receiver that must sleep is never woken by a message. */
#ifdef LIE_MSGRCV_LOST_WAKE_UP
ssize_t msgrcv(int queue, void *message, size_t size, long type, int flags)
{
	ssize_t length = real_msgrcv(queue, message, size, type, flags | IPC_NOWAIT);

	return length == -1 && errno == ENOMSG && !(flags & IPC_NOWAIT) ? sleep_on_queue(queue) : length;
}
#endif

/* A receiver that sleeps for a bound is woken by the bound itself only. */
#ifdef LIE_MSGRCV_BOUND_LOST_ASLEEP
ssize_t msgrcv(int queue, void *message, size_t size, long type, int flags)
{
	ssize_t length = real_msgrcv(queue, message, size, type, flags | IPC_NOWAIT);

	if (length != -1 || errno != ENOMSG || flags & IPC_NOWAIT)
		return length;
	return real_msgrcv(queue, message, size, type < 0 && type > LONG_MIN ? -type : type, flags & ~MSG_EXCEPT);
}
#endif

/* A sender that must sleep is not woken when room appears. */
#ifdef LIE_MSGSND_LOST_WAKE_UP
int msgsnd(int queue, const void *message, size_t size, int flags)
{
	int result = real_msgsnd(queue, message, size, flags | IPC_NOWAIT);
	struct msqid_ds status;

	if (result == 0 || errno != EAGAIN || flags & IPC_NOWAIT)
		return result;
	/* To sleep as a receiver takes the permission of one. */
	return stat_queue(queue, &status) == 0 ? (int)sleep_on_queue(queue) : real_msgsnd(queue, message, size, flags);
}
#endif

/* A sender that was asleep sends its message twice. */
#ifdef LIE_MSGSND_WOKEN_SENDS_TWICE
int msgsnd(int queue, const void *message, size_t size, int flags)
{
	int result = real_msgsnd(queue, message, size, flags | IPC_NOWAIT);

	if (result == 0 || errno != EAGAIN || flags & IPC_NOWAIT)
		return result;
	result = real_msgsnd(queue, message, size, flags);
	if (result == 0)
		real_msgsnd(queue, message, size, flags | IPC_NOWAIT);
	return result;
}
#endif

/* A receiver that was asleep leaves the message in the queue. */
#ifdef LIE_MSGRCV_WOKEN_TAKES_NOTHING
ssize_t msgrcv(int queue, void *message, size_t size, long type, int flags)
{
	ssize_t length = real_msgrcv(queue, message, size, type, flags | IPC_NOWAIT);

	if (length >= 0 || errno != ENOMSG || flags & IPC_NOWAIT)
		return length;
	length = real_msgrcv(queue, message, size, type, flags);
	if (length >= 0)
		real_msgsnd(queue, message, (size_t)length, IPC_NOWAIT);
	return length;
}
#endif

/* What a sender sends that had to sleep is copied only when it goes. */
#ifdef LIE_MSGSND_COPIED_LATE
static void replace(int queue, const struct message *old, const struct message *new, size_t size)
{
	struct msqid_ds status;
	static struct message other;

	for (msgqnum_t left = stat_queue(queue, &status) == 0 ? status.msg_qnum : 0; left > 0; left--) {
		ssize_t length = real_msgrcv(queue, &other, MSGMAX, 0, IPC_NOWAIT);
		int is_it = length == (ssize_t)size && memcmp(&other, old, sizeof(long) + size) == 0;

		if (length >= 0)
			real_msgsnd(queue, is_it ? new : &other, (size_t)length, IPC_NOWAIT);
	}
}

int msgsnd(int queue, const void *message, size_t size, int flags)
{
	static struct message copy;
	int result;

	if (flags & IPC_NOWAIT || size > MSGMAX)
		return real_msgsnd(queue, message, size, flags);
	memcpy(&copy, message, sizeof(long) + size);
	result = real_msgsnd(queue, message, size, flags);
	if (result == 0 && memcmp(&copy, message, sizeof(long) + size) != 0)
		replace(queue, &copy, message, size);
	return result;
}
#endif
