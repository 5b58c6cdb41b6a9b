#include "messages.h"

/* Whether a message of the type is among those that a negative `bound` asks for. */
static MAYBE_UNUSED bool is_within(long type, long bound)
{
	return type <= (bound == LONG_MIN ? LONG_MAX : -bound);
}

/* A negative type takes the first message that is within, not that of the lowest type. FreeBSD and NetBSD do so. */
#ifdef LIE_MSGRCV_LOWEST_TYPE_IGNORED
ssize_t msgrcv(int queue, void *message, size_t size, long type, int flags)
{
	long other;

	for (long place = 0; type < 0 && look_at(queue, place, &other) >= 0; place++)
		if (is_within(other, type))
			return real_msgrcv(queue, message, size, other, flags & ~MSG_EXCEPT);
	return real_msgrcv(queue, message, size, type, flags);
}
#endif

/* A negative type takes only what is below it. gVisor does so. */
#ifdef LIE_MSGRCV_BOUND_EXCLUDED
ssize_t msgrcv(int queue, void *message, size_t size, long type, int flags)
{
	if (type == -1)
		type = NO_TYPE;
	return real_msgrcv(queue, message, size, type < 0 ? type + 1 : type, flags);
}
#endif

/* The most negative type has no absolute value and finds nothing. gVisor does so. */
#ifdef LIE_MSGRCV_LONG_MIN_FINDS_NOTHING
ssize_t msgrcv(int queue, void *message, size_t size, long type, int flags)
{
	return real_msgrcv(queue, message, size, type == LONG_MIN ? NO_TYPE : type, flags);
}
#endif

/* MSG_EXCEPT is ignored. FreeBSD and NetBSD do not know it. */
#ifdef LIE_MSGRCV_EXCEPT_IGNORED
ssize_t msgrcv(int queue, void *message, size_t size, long type, int flags)
{
	return real_msgrcv(queue, message, size, type, flags & ~MSG_EXCEPT);
}
#endif

/* Any message will do, whatever the type. */
#ifdef LIE_MSGRCV_TYPE_IGNORED
ssize_t msgrcv(int queue, void *message, size_t size, long type, int flags)
{
	return real_msgrcv(queue, message, size, type > 0 ? 0 : type, flags);
}
#endif

/* A positive type is a bound like a negative one. */
#ifdef LIE_MSGRCV_TYPE_AS_BOUND
ssize_t msgrcv(int queue, void *message, size_t size, long type, int flags)
{
	return real_msgrcv(queue, message, size, type > 0 && !(flags & MSG_EXCEPT) ? -type : type, flags);
}
#endif

/* Type 0 takes the lowest type, as if types were priorities. */
#ifdef LIE_MSGRCV_ANY_LOWEST_FIRST
ssize_t msgrcv(int queue, void *message, size_t size, long type, int flags)
{
	return real_msgrcv(queue, message, size, type == 0 ? -LONG_MAX : type, flags);
}
#endif

/* Type 0 takes the newest message's type. */
#ifdef LIE_MSGRCV_ANY_NEWEST_TYPE
ssize_t msgrcv(int queue, void *message, size_t size, long type, int flags)
{
	struct msqid_ds status;
	long newest;

	if (type == 0 && stat_queue(queue, &status) == 0 && status.msg_qnum > 0 &&
	    look_at(queue, (long)status.msg_qnum - 1, &newest) >= 0)
		return real_msgrcv(queue, message, size, newest, flags & ~MSG_EXCEPT);
	return real_msgrcv(queue, message, size, type, flags);
}
#endif

/* A message that is too large is passed over for one that fits. */
#ifdef LIE_MSGRCV_TAKES_WHAT_FITS
ssize_t msgrcv(int queue, void *message, size_t size, long type, int flags)
{
	ssize_t result = real_msgrcv(queue, message, size, type, flags);
	ssize_t length;
	long other;

	if (result != -1 || errno != E2BIG || type != 0)
		return result;
	for (long place = 0; (length = look_at(queue, place, &other)) >= 0; place++)
		if ((size_t)length <= size)
			return real_msgrcv(queue, message, size, other, flags & ~MSG_EXCEPT);
	return fail(E2BIG);
}
#endif

/* The types are compared as short integers. */
#ifdef LIE_MSGRCV_TYPES_OF_SIXTEEN_BITS
ssize_t msgrcv(int queue, void *message, size_t size, long type, int flags)
{
	return real_msgrcv(queue, message, size, type > 0xffff ? type & 0xffff : type, flags);
}
#endif
