/* The message of a msgsnd: the actor writes it, and the driver may write another one over it. */
#ifndef MESSAGE_H
#define MESSAGE_H

#include "call.h"

/* A body of this size counts from `fill` on; a size that cannot be has none. */
static inline void fill_message(struct message *message, int64_t type, int64_t size, int fill)
{
	message->type = as_long(type);
	for (int64_t i = 0; i < size && i < BODY_MAX; i++)
		message->body[i] = (unsigned char)(fill + i);
}

#endif
