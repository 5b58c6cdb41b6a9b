#include "scenario.h"

#include "call.h"
#include "cleanup.h"
#include "deadlines.h"
#include "events.h"
#include "forms.h"
#include "message.h"
#include "progress.h"
#include "raw.h"
#include "restless.h"
#include "safety.h"
#include "seats.h"
#include "settle.h"

/* Microseconds: how late a deadline may come, and how often `expires` looks. */
#define EXPIRY_GRACE 3000000
#define EXPIRY_PAUSE 100
/* Long enough not to be over before it has begun. */
#define NAP 200
/* How long the processor may be kept from drivers of other probes; from all else; from probes without such a priority, which get half. */
#define TO_EQUALS 5000
#define TO_ALL 1000000
#define TO_ORDINARY 10000
/* How long one scenario, or cleaning up behind it, may take until its result goes out on its own. */
#define LATE 200000

static struct unrest unrest_of(const struct request *request)
{
	struct unrest unrest = { request->roots, request->processes, -1, -1, monotonic_microseconds() };

	return unrest;
}

static bool someone_sleeps(void)
{
	for (int slot = 0; slot < SLOTS; slot++)
		if (seats[slot].condition == ASLEEP || seats[slot].condition == STOPPED_IN_CALL)
			return true;
	return false;
}

/*
 * The last step that the actor may take without coming back to the driver: while nobody else is in a call, its own
 * calls can wake nobody, and only their results count.
 */
static int end_of_run(const struct request *request, int first)
{
	int slot = step_words(first)[STEP_SLOT];
	int last = first;

	if (reach_of(first) == REACH_PROCESSES || someone_sleeps())
		return first;
	while (last + 1 < request->steps && step_words(last + 1)[STEP_SLOT] == slot &&
	       reach_of(last + 1) != REACH_PROCESSES && !is_pseudo(step_words(last + 1)[STEP_FORM]) &&
	       !must_be_watched(last + 1))
		last++;
	return last;
}

static void wait_for_tick(void)
{
	int64_t now = coarse_seconds();

	while (coarse_seconds() == now && !is_lifted())
		rest_for(500);
}

static void wait_for_expiry(int slot)
{
	int64_t limit = timeout_of(slot) + EXPIRY_GRACE;
	int64_t began = monotonic_microseconds();

	if (limit > EXPIRY_LIMIT)
		limit = EXPIRY_LIMIT;
	while (seats[slot].condition == ASLEEP && !is_rested(slot) && !is_lifted() &&
	       monotonic_microseconds() - began < limit)
		rest_for(EXPIRY_PAUSE);
}

/* Writes over the message of the msgsnd that the actor is in. */
static void overwrite(int slot, int step)
{
	struct call call = { .words = step_words(step) + STEP_ARGUMENTS };
	struct call sending;
	int begun = shared->slots[slot].begun - 1;
	int64_t type = take_long(&call);

	if (seats[slot].condition != ASLEEP && seats[slot].condition != STOPPED_IN_CALL)
		return;
	if (form_of_step(begun) != FORM_MSGSND)
		return;
	sending.words = step_words(begun) + STEP_ARGUMENTS;
	skip(&sending, ID_WORDS);
	take_long(&sending);
	fill_message(&shared->slots[slot].message, type, take_long(&sending), take_int(&call));
}

static enum status take_pseudo_step(const struct request *request, int step)
{
	int form = step_words(step)[STEP_FORM];
	int slot = step_words(step)[STEP_SLOT];
	struct unrest unrest;

	if (form == FORM_TICK)
		wait_for_tick();
	else if (form == FORM_EXPIRES)
		wait_for_expiry(slot);
	else
		overwrite(slot, step);
	unrest = unrest_of(request);
	if (!settle(&unrest))
		return RESTLESS;
	begin_step();
	collect_events(request);
	end_step(coarse_seconds());
	return DONE;
}

/* Gives the actor the step at `*next`, and the ones behind it that it may take alone. */
static enum status take_steps(const struct request *request, int *next)
{
	const int32_t *words = step_words(*next);
	int slot = words[STEP_SLOT];
	struct unrest unrest = unrest_of(request);
	int last;
	bool rests;

	if (seats[slot].condition != IDLE) {
		begin_step();
		put_event(slot, SKIPPED);
		rests = settle(&unrest);
		collect_events(request);
		end_step(coarse_seconds());
		*next += 1;
		return rests ? DONE : RESTLESS;
	}
	run->turn_began = unrest.since;
	last = end_of_run(request, *next);
	unrest.stepper = slot;
	if (makes_process(words[STEP_FORM]))
		unrest.child = words[STEP_REGISTER];
	give_turn(slot, *next, last);
	rests = settle(&unrest);
	if (request->processes)
		run->busy += monotonic_microseconds() - unrest.since;
	*next = put_run(request, slot, *next, last);
	return rests ? DONE : RESTLESS;
}

void give_way(void)
{
	static int64_t slept, yielded;
	int64_t now = monotonic_microseconds();

	if (now - slept > (run->beside_ordinary ? TO_ORDINARY : TO_ALL)) {
		rest_for(run->beside_ordinary ? TO_ORDINARY : NAP);
		slept = yielded = monotonic_microseconds();
	} else if (now - yielded > TO_EQUALS) {
		raw_yield();
		yielded = now;
	}
}

void flush_if_late(bool is_late)
{
	static int64_t last;
	int64_t now = monotonic_microseconds();

	if (is_late || now - last > LATE)
		wire_flush();
	last = now;
}

void prepare(const struct request *request)
{
	for (int slot = request->roots; request->processes && slot < SLOTS; slot++) {
		/* Children sit where an earlier scenario had roots. */
		if (seats[slot].condition != EMPTY) {
			seats_clear();
			break;
		}
	}
	run->busy = 0;
	run->turn_began = monotonic_microseconds();
	shared->burned = 0;
	shared->bytes_besides = 0;
	for (int i = 0; i < REGISTERS; i++)
		shared->registers[i] = i < SLOTS ? NOBODY : -1;
	for (int slot = 0; slot < request->roots; slot++) {
		const char *problem = seats[slot].condition == EMPTY ? seat_start(slot) : NULL;

		if (problem != NULL)
			fail("%s", problem);
		shared->registers[slot] = seats[slot].pid;
		forget_records(slot);
	}
	shared->made_count = 0;
	shared->largest_set = 0;
}

void run_scenario(const struct request *request)
{
	enum status status = DONE;
	uint32_t status_at, steps_at;
	int next = 0;

	give_way();
	prepare(request);
	wire_begin(FRAME_RESULT);
	wire_put(request->number);
	status_at = wire_position();
	wire_put(DONE);
	wire_put((int32_t)coarse_seconds());
	steps_at = wire_position();
	wire_put(0);
	begin_events();
	while (next < request->steps && status == DONE) {
		if (!has_room_for_step() || has_lost_events() || !is_safe(next)) {
			status = GAVE_UP;
		} else if (is_pseudo(step_words(next)[STEP_FORM])) {
			status = take_pseudo_step(request, next);
			next++;
		} else {
			status = take_steps(request, &next);
		}
	}
	if (status == DONE && has_lost_events())
		status = GAVE_UP;
	wire_patch(status_at, status);
	wire_patch(steps_at, steps_put());
	wire_end();
	flush_if_late(status != DONE);
	clean_up(request, status != DONE || has_seen_clobbering());
	flush_if_late(false);
	if (is_lifted())
		step_down();
}
