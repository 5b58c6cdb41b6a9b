#include "messages.h"

/* The first page that the kernel keeps a body in has room for so much of it; the rest is in further pages. */
#define FIRST_PAGE 4048

static MAYBE_UNUSED unsigned char *body_of(void *message)
{
	return (unsigned char *)message + sizeof(long);
}

/* The last byte of a body is lost. */
#ifdef LIE_MSGRCV_LAST_BYTE_WRONG
ssize_t msgrcv(int queue, void *message, size_t size, long type, int flags)
{
	ssize_t length = real_msgrcv(queue, message, size, type, flags);

	if (length > 1)
		body_of(message)[length - 1] = 0;
	return length;
}
#endif

/* What does not fit into the first page of a body is lost. */
#ifdef LIE_MSGRCV_SECOND_PAGE_LOST
ssize_t msgrcv(int queue, void *message, size_t size, long type, int flags)
{
	ssize_t length = real_msgrcv(queue, message, size, type, flags);

	if (length > FIRST_PAGE)
		memset(body_of(message) + FIRST_PAGE, 0, (size_t)length - FIRST_PAGE);
	return length;
}
#endif

/* A body gets a terminating zero. */
#ifdef LIE_MSGRCV_WRITES_BEYOND
ssize_t msgrcv(int queue, void *message, size_t size, long type, int flags)
{
	ssize_t length = real_msgrcv(queue, message, size, type, flags);

	if (length >= 0)
		body_of(message)[length] = 0;
	return length;
}
#endif

/* A message that is cut is announced with its full length. */
#ifdef LIE_MSGRCV_FULL_LENGTH_TOLD
ssize_t msgrcv(int queue, void *message, size_t size, long type, int flags)
{
	struct msqid_ds before, after;
	bool known = stat_queue(queue, &before) == 0;
	ssize_t length = real_msgrcv(queue, message, size, type, flags);

	if (known && length >= 0 && stat_queue(queue, &after) == 0 && after.msg_qnum + 1 == before.msg_qnum)
		return (ssize_t)(before.__msg_cbytes - after.__msg_cbytes);
	return length;
}
#endif

/* MSG_NOERROR is ignored. */
#ifdef LIE_MSGRCV_NOERROR_IGNORED
ssize_t msgrcv(int queue, void *message, size_t size, long type, int flags)
{
	return real_msgrcv(queue, message, size, type, flags & ~MSG_NOERROR);
}
#endif

/* Messages are always cut to the buffer. OpenBSD does so. */
#ifdef LIE_MSGRCV_ALWAYS_CUTS
ssize_t msgrcv(int queue, void *message, size_t size, long type, int flags)
{
	return real_msgrcv(queue, message, size, type, flags | MSG_NOERROR);
}
#endif

/* A message that is too large for the buffer is lost. */
#ifdef LIE_MSGRCV_TOO_LARGE_LOST
ssize_t msgrcv(int queue, void *message, size_t size, long type, int flags)
{
	ssize_t length = real_msgrcv(queue, message, size, type, flags);
	struct message lost;

	if (length == -1 && errno == E2BIG) {
		real_msgrcv(queue, &lost, MSGMAX, type, flags | IPC_NOWAIT);
		return fail(E2BIG);
	}
	return length;
}
#endif

/* The type is told as it was asked for. */
#ifdef LIE_MSGRCV_TYPE_AS_ASKED
ssize_t msgrcv(int queue, void *message, size_t size, long type, int flags)
{
	ssize_t length = real_msgrcv(queue, message, size, type, flags);

	if (length >= 0 && type != 0 && !(flags & MSG_EXCEPT)) {
		type = type > 0 ? type : -type;
		memcpy(message, &type, sizeof(type));
	}
	return length;
}
#endif

/* The type is not stored where the body is empty. */
#ifdef LIE_MSGRCV_EMPTY_WITHOUT_TYPE
ssize_t msgrcv(int queue, void *message, size_t size, long type, int flags)
{
	struct message copy;
	ssize_t length;

	if (size > MSGMAX)
		return real_msgrcv(queue, message, size, type, flags);
	length = real_msgrcv(queue, &copy, size, type, flags);
	if (length > 0)
		memcpy(message, &copy, sizeof(long) + (size_t)length);
	return length;
}
#endif

/* One byte less is sent than was asked for. */
#ifdef LIE_MSGSND_ONE_BYTE_SHORT
int msgsnd(int queue, const void *message, size_t size, int flags)
{
	return real_msgsnd(queue, message, size > 0 && size <= MSGMAX ? size - 1 : size, flags);
}
#endif

/* msgsnd returns the length, as write does. */
#ifdef LIE_MSGSND_RETURNS_LENGTH
int msgsnd(int queue, const void *message, size_t size, int flags)
{
	int result = real_msgsnd(queue, message, size, flags);

	return result == 0 ? (int)size : result;
}
#endif
