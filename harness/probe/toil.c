#include "toil.h"

#include "actor.h"
#include "raw.h"
#include "shared.h"

/* Microseconds; far less than the kernel lets an actor run, and long enough not to be over before it has begun. */
#define BETWEEN_MOMENTS 250000
#define MOMENT 200

void toil(void)
{
	static _Thread_local int64_t slept;
	struct slot *me = actor_slot();
	int64_t now = monotonic_microseconds();

	store_release(&me->toil, me->toil + 1);
	if (now - slept < BETWEEN_MOMENTS)
		return;
	pause_microseconds(MOMENT);
	slept = monotonic_microseconds();
}
