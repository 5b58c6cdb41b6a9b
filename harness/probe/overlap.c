#include "call.h"
#include "cleanup.h"
#include "deadlines.h"
#include "events.h"
#include "gate.h"
#include "look.h"
#include "privileges.h"
#include "progress.h"
#include "raw.h"
#include "request.h"
#include "safety.h"
#include "restless.h"
#include "scenario.h"
#include "seats.h"

#include <sys/wait.h>

/* Microseconds until the actors must be quiet. */
#define QUIET_LIMIT 5000000
#define YIELDS 300
#define PAUSE 30
/* Passes in a row that must find everybody where the one before did. */
#define PASSES 3
#define PASSES_PATIENT 20
/* Words of a repetition in front of its calls. */
#define CALL_HEAD 10
/* A reply that has less room left takes no further repetition. */
#define ROOM_LEAST (2 * LOG_WORDS + STEPS_MAX * CALL_HEAD)

/* What is known of a call: flags. */
enum { CALL_RETURNED = 1, CALL_WAS_ASLEEP = 2, CALL_ENDED = 4 };

/* The calls of this repetition that were seen asleep: the step of each slot, or -1, and when that was (nanoseconds). */
static int asleep_in[SLOTS];
static int64_t asleep_at[SLOTS];
/* The last step of each slot that is known to be over, or -1. */
static int over_in[SLOTS];
/* Who has died in this repetition, as bits by slot. */
static uint32_t dead;
static int calls_put;
static bool suspect;

static void put_time(int64_t time)
{
	wire_put((int32_t)(uint32_t)(uint64_t)time);
	wire_put((int32_t)(uint32_t)((uint64_t)time >> 32));
}

/* Where actors make processes these sit behind them. */
static int slots_of(const struct request *request)
{
	return request->processes ? SLOTS : request->roots;
}

static void put_call(int slot, int step, int flags)
{
	bool was_asleep = asleep_in[slot] == step;

	wire_put(step);
	wire_put(slot);
	wire_put(flags | (was_asleep ? CALL_WAS_ASLEEP : 0));
	calls_put++;
}

/* The calls that have come back since the last time. */
static void put_returned(const struct request *request)
{
	struct record record;

	for (int slot = 0; slot < slots_of(request); slot++)
		while (seats[slot].condition != EMPTY && take_record(slot, &record)) {
			bool was_asleep = asleep_in[slot] == record.step;

			suspect |= (record.event[0] >> 8 & 0xff) != 0;
			over_in[slot] = record.step;
			put_call(slot, record.step, CALL_RETURNED);
			wire_put_all(record.stamps, 4);
			put_time(was_asleep ? asleep_at[slot] : 0);
			wire_put((int32_t)record.words);
			wire_put_all(record.event, record.words);
			if (was_asleep)
				asleep_in[slot] = -1;
		}
}

static void falls_asleep(int slot, int step, int64_t now)
{
	asleep_in[slot] = step;
	asleep_at[slot] = now;
}

/* The call that an actor has begun in its turn and that is not over; -1: none. What it did not write down is not over. */
static int call_in(int slot)
{
	const struct slot *place = &shared->slots[slot];
	int step = place->begun - 1;

	return place->begun > place->first && step != over_in[slot] && step_words(step)[STEP_SLOT] == slot ? step : -1;
}

/* Those that are dead now, with the call in which they ended, if that was in one; when that was is only known to be over. */
static void put_dead(const struct request *request, int64_t now)
{
	for (int slot = 0; slot < slots_of(request); slot++) {
		int step;

		if (seats[slot].condition == EMPTY || seats[slot].now != EMPTY)
			continue;
		step = call_in(slot);
		if (step >= 0) {
			put_call(slot, step, CALL_ENDED);
			put_time(shared->slots[slot].call_began);
			put_time(now);
			put_time(asleep_in[slot] == step ? asleep_at[slot] : 0);
			wire_put(0);
		}
		asleep_in[slot] = -1;
		dead |= UINT32_C(1) << slot;
		seats[slot].condition = EMPTY;
		seat_leave(slot);
	}
}

/* Who sleeps in a call in the end, or is stopped in one: how far that has got nobody knows. */
static void put_sleepers(const struct request *request)
{
	for (int slot = 0; slot < slots_of(request); slot++) {
		int step = asleep_in[slot];

		if (step < 0 && seats[slot].condition == STOPPED_IN_CALL)
			step = call_in(slot);
		if (step < 0)
			continue;
		put_call(slot, step, 0);
		put_time(shared->slots[slot].call_began);
		put_time(0);
		put_time(asleep_in[slot] < 0 ? 0 : asleep_at[slot]);
		wire_put(0);
	}
}

static uint32_t stopped(void)
{
	uint32_t bits = 0;

	for (int slot = 0; slot < SLOTS; slot++)
		if (seats[slot].condition == STOPPED_IDLE || seats[slot].condition == STOPPED_IN_CALL)
			bits |= UINT32_C(1) << slot;
	return bits;
}

/*
 * A dead child may be seen before its parent was woken: Linux does both under one lock (kernel/exit.c, exit_notify), which
 * any wait takes (do_wait). Behind this, who was dead before has woken whom it wakes.
 */
static void let_ends_be_told(void)
{
	syscall(SYS_waitid, P_ALL, 0, NULL, WEXITED | WNOHANG | WNOWAIT, NULL);
}

/* What has become of the actors; the sum of all that they have done in `done`. False: some are still at it. */
static bool look_at_all(const struct request *request, uint32_t *done)
{
	bool rest = true;

	*done = 0;
	if (request->processes)
		let_ends_be_told();
	for (int slot = 0; slot < slots_of(request); slot++) {
		const struct slot *place = &shared->slots[slot];
		int64_t timeout;

		if (slot >= request->roots && seats[slot].pid == 0)
			seat_child(slot);
		if (seats[slot].condition == EMPTY)
			continue;
		seats[slot].now = look(slot, request->processes);
		timeout = seats[slot].now == ASLEEP ? timeout_of(slot) : 0;
		rest &= seats[slot].now != BUSY;
		rest &= timeout == 0 || timeout >= EXPIRY_LIMIT;
		*done += (uint32_t)load_acquire(&place->begun) + (uint32_t)load_acquire(&place->done) +
			 load_acquire(&place->rested);
	}
	return rest;
}

/* Nobody goes on by himself: several looks in a row find the same. `child`: who is to be there then; -1: nobody new. */
static bool wait_for_quiet(const struct request *request, int child)
{
	int64_t began = monotonic_microseconds();
	int needed = detection == DETECTION_PATIENT ? PASSES_PATIENT : PASSES;
	uint32_t before = 0, done = 0;
	int quiet = 0;

	for (int passes = 0; quiet < needed; passes++) {
		bool rest = look_at_all(request, &done) && (child < 0 || seats[child].condition != EMPTY);

		quiet = !rest ? 0 : done == before ? quiet + 1 : 1;
		before = done;
		if (monotonic_microseconds() - began > QUIET_LIMIT)
			return false;
		if (passes > YIELDS)
			rest_for(PAUSE);
		else
			raw_yield();
	}
	return true;
}

/* A step by itself, before or behind those that overlap. A look is taken by whoever is not asleep. */
static enum status take_alone(const struct request *request, int step, bool by_anybody)
{
	int slot = step_words(step)[STEP_SLOT];

	for (int other = 0; by_anybody && seats[slot].condition != IDLE && other < request->roots; other++)
		slot = seats[other].condition == IDLE ? other : slot;
	if (seats[slot].condition != IDLE)
		return DONE;
	if (!is_safe(step))
		return GAVE_UP;
	give_turn(slot, step, step);
	/* Not `settle`: it knows actors that share a processor. */
	if (!wait_for_quiet(request, makes_process(form_of_step(step)) ? step_words(step)[STEP_REGISTER] : -1))
		return RESTLESS;
	put_returned(request);
	put_dead(request, monotonic_nanoseconds());
	for (int other = 0; other < slots_of(request); other++)
		if (seats[other].condition != EMPTY)
			seats[other].condition = seats[other].now;
	if (seats[slot].condition == ASLEEP)
		falls_asleep(slot, step, monotonic_nanoseconds());
	return seats[slot].condition == BUSY ? GAVE_UP : DONE;
}

/* Gives each actor all its steps at once. */
static int give_turns(const struct request *request)
{
	int actors = 0;

	for (int step = request->first; step < request->last;) {
		int slot = step_words(step)[STEP_SLOT];
		int last = step;

		while (last + 1 < request->last && step_words(last + 1)[STEP_SLOT] == slot)
			last++;
		give_turn(slot, step, last);
		actors++;
		step = last + 1;
	}
	return actors;
}

static int no_priority(int slot)
{
	(void)slot;
	return 0;
}

/* Where the calls are to be disturbed so, and the driver may do that. Nobody spins with such a priority. */
static void prioritise(const struct request *request, int (*priority)(int slot))
{
	if (request->jitter != JITTER_BY_PRIORITY)
		return;
	for (int slot = 0; slot < slots_of(request); slot++) {
		if (seats[slot].condition == EMPTY)
			continue;
		if (priority(slot) > 0)
			use_fifo(seats[slot].pid, priority(slot));
		else
			use_ordinary_scheduling(seats[slot].pid);
	}
}

static enum status take_together(const struct request *request, int repetition)
{
	enum status status = DONE;
	int64_t now;
	int actors;

	for (int step = request->first; step < request->last; step++)
		if (!is_safe(step) || seats[step_words(step)[STEP_SLOT]].condition != IDLE)
			return GAVE_UP;
	shut_gate(request->seed + (uint32_t)repetition * 0x9e3779b9u, request->jitter);
	actors = give_turns(request);
	if (!are_at_gate(actors))
		status = RESTLESS;
	prioritise(request, priority_of);
	open_gate();
	if (status == DONE && !wait_for_quiet(request, -1))
		status = RESTLESS;
	prioritise(request, no_priority);
	leave_gate();
	if (status != DONE)
		return status;
	/* The same for all: who of them slept first is not known. */
	now = monotonic_nanoseconds();
	put_returned(request);
	put_dead(request, now);
	for (int slot = 0; slot < slots_of(request); slot++) {
		struct slot *place = &shared->slots[slot];

		if (seats[slot].condition == EMPTY)
			continue;
		bool slept = asleep_in[slot] >= 0 && asleep_in[slot] == place->begun - 1;

		seats[slot].condition = seats[slot].now;
		if (seats[slot].now != ASLEEP || slept)
			continue;
		/* Who is woken later must not go on by himself. */
		store_release(&place->last, place->begun - 1);
		falls_asleep(slot, place->begun - 1, now);
	}
	return DONE;
}

static enum status repeat(const struct request *request, int repetition)
{
	enum status status = DONE;

	for (int step = 0; step < request->first && status == DONE; step++)
		status = take_alone(request, step, false);
	if (status == DONE)
		status = take_together(request, repetition);
	for (int step = request->last; step < request->steps && status == DONE; step++)
		status = take_alone(request, step, true);
	if (status == DONE)
		put_sleepers(request);
	return status;
}

void run_overlapping(const struct request *request)
{
	enum status status = DONE;
	uint32_t status_at, count_at;
	int repetition = 0;

	wire_begin(FRAME_RESULT);
	wire_put(request->number);
	status_at = wire_position();
	wire_put(DONE);
	count_at = wire_position();
	wire_put(0);
	run->stamps = 1;
	while (repetition < request->repetitions && status == DONE && wire_room() > ROOM_LEAST) {
		uint32_t head;

		give_way();
		prepare(request);
		for (int slot = 0; slot < SLOTS; slot++)
			asleep_in[slot] = over_in[slot] = -1;
		calls_put = 0;
		dead = 0;
		suspect = false;
		wire_put((int32_t)coarse_seconds());
		head = wire_position();
		for (int word = 0; word < 4; word++)
			wire_put(0);
		status = repeat(request, repetition);
		wire_patch(head, (int32_t)coarse_seconds());
		wire_patch(head + 1, (int32_t)dead);
		wire_patch(head + 2, (int32_t)stopped());
		wire_patch(head + 3, calls_put);
		repetition++;
		clean_up(request, status != DONE || suspect);
	}
	run->stamps = 0;
	wire_patch(status_at, status);
	wire_patch(count_at, repetition);
	wire_end();
	flush_if_late(status != DONE);
	if (is_lifted())
		step_down();
}
