/* Message queues as lies see them. */
#ifndef MESSAGES_H
#define MESSAGES_H

#include "lie.h"

#include <sys/ipc.h>
#include <sys/msg.h>

#define MSGMAX 8192
/* A type that nobody sends. */
#define NO_TYPE (LONG_MAX - 4711)

struct message {
	long type;
	unsigned char body[MSGMAX + 1];
};

static inline ssize_t real_msgrcv(int queue, void *message, size_t size, long type, int flags)
{
	return REAL(msgrcv)(queue, message, size, type, flags);
}

static inline int real_msgsnd(int queue, const void *message, size_t size, int flags)
{
	return REAL(msgsnd)(queue, message, size, flags);
}

static inline int stat_queue(int queue, struct msqid_ds *status)
{
	return REAL(msgctl)(queue, IPC_STAT, status);
}

/* The length of the message at a place in the queue, and its type; -1 if there is none. */
static inline ssize_t look_at(int queue, long place, long *type)
{
	static struct message copy;
	ssize_t length = real_msgrcv(queue, &copy, MSGMAX, place, MSG_COPY | IPC_NOWAIT);

	*type = copy.type;
	return length;
}

/* Sleeps as a receiver of what never comes, until the queue is removed or a signal comes. */
static inline long sleep_on_queue(int queue)
{
	struct message nothing;

	return real_msgrcv(queue, &nothing, MSGMAX, NO_TYPE, 0);
}

/* Defines msgctl() with an IPC_STAT that tells `status` after it was filled. */
#define MSGCTL_STAT(queue, status) \
	static void retell(int, struct msqid_ds *); \
	int msgctl(int id, int command, struct msqid_ds *filled) \
	{ \
		int result = REAL(msgctl)(id, command, filled); \
\
		if (command == IPC_STAT && result == 0) \
			retell(id, filled); \
		return result; \
	} \
	static void retell(MAYBE_UNUSED int queue, struct msqid_ds *status)

#endif
