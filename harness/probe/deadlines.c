#include "deadlines.h"

#include "call.h"
#include "forms.h"
#include "request.h"
#include "shared.h"

/* Nanoseconds up to which a time is but a moment. */
#define MOMENT 1000000

struct timeout {
	bool given;
	int64_t seconds, nanoseconds;
};

static struct timeout read_timeout(int slot)
{
	struct timeout timeout = { false, 0, 0 };
	int step = shared->slots[slot].begun - 1;
	struct call call;

	if (form_of_step(step) != FORM_SEMTIMEDOP)
		return timeout;
	call.words = step_words(step) + STEP_ARGUMENTS;
	skip(&call, ID_WORDS);
	skip(&call, OPERATION_WORDS * take_int(&call));
	timeout.given = take_int(&call) != 0;
	timeout.seconds = take_long(&call);
	timeout.nanoseconds = take_long(&call);
	return timeout;
}

int64_t timeout_of(int slot)
{
	struct timeout timeout = read_timeout(slot);

	if (!timeout.given)
		return 0;
	return timeout.seconds < 0 || timeout.seconds > EXPIRY_LIMIT / 1000000 ? EXPIRY_LIMIT
									       : (timeout.seconds + 1) * 1000000;
}

bool is_momentary(int slot)
{
	struct timeout timeout = read_timeout(slot);

	return timeout.given && timeout.seconds == 0 && timeout.nanoseconds >= 0 && timeout.nanoseconds <= MOMENT;
}
