#include "calls.h"

#include "allowed.h"

/* Names of the vocabulary's `resources`, which are the generic ABI's numbers. */
enum { RESOURCE_PROCESSES = 6, RESOURCE_LOCKED = 8, RESOURCE_ADDRESS_SPACE = 9 };
#define LIMITS_MAX 10

void call_setlimit(struct call *call)
{
	int number = take_int(call);
	int64_t value = take_long(call);

	if (!run->changes_limits || number < 0 || number >= LIMITS_MAX) {
		call->kind = SKIPPED;
		return;
	}
	call->value = limit_write(number, value);
	call->error = call->value == -1 ? errno : 0;
}

void call_setrlimit(struct call *call)
{
	int number = take_int(call);
	int64_t value = take_long(call);
	enum own_limit limit = OWN_LIMITS;

	if (number == RESOURCE_PROCESSES)
		limit = OWN_PROCESSES;
	else if (number == RESOURCE_LOCKED)
		limit = OWN_LOCKED;
	else if (number == RESOURCE_ADDRESS_SPACE)
		limit = OWN_ADDRESS_SPACE;
	if (limit != OWN_LIMITS && limit_self(limit, value))
		call->value = 0;
	else
		call->kind = SKIPPED;
}
