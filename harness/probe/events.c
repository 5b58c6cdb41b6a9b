#include "events.h"

#include "raw.h"
#include "seats.h"

#include <sys/wait.h>

#ifndef __WALL
#define __WALL 0x40000000
#endif

static int steps;
static int events;
static uint32_t step_at;
static bool lost, clobbered;

void begin_events(void)
{
	steps = 0;
	lost = clobbered = false;
}

bool has_lost_events(void)
{
	return lost;
}

bool has_seen_clobbering(void)
{
	return clobbered;
}

int steps_put(void)
{
	return steps;
}

/* A run of steps stays within its log, which was empty before; sleepers can each bring one record on top. */
bool has_room_for_step(void)
{
	return wire_room() > 2 * LOG_WORDS;
}

void begin_step(void)
{
	step_at = wire_position();
	wire_put(0);
	wire_put(0);
	events = 0;
	steps++;
}

void put_event(int slot, enum event_kind kind)
{
	wire_put(slot);
	wire_put((int32_t)kind);
	events++;
}

void end_step(int64_t seconds)
{
	wire_patch(step_at, events);
	wire_patch(step_at + 1, (int32_t)seconds);
}

bool take_record(int slot, struct record *record)
{
	const struct slot *place = &shared->slots[slot];
	uint32_t used = load_acquire(&place->used);
	uint32_t at = seats[slot].taken;
	const int32_t *head = place->log + at;
	int32_t words;

	if (used > LOG_WORDS || at + RECORD_HEAD > used)
		return false;
	words = *(const volatile int32_t *)&head[2];
	if (words < 2 || words > EVENT_WORDS_MAX || at + RECORD_HEAD + (uint32_t)words > used)
		return false;
	record->step = head[0];
	record->seconds = head[1];
	record->stamps = head + 3;
	record->event = head + RECORD_HEAD + 1;
	record->words = (uint32_t)words - 1;
	seats[slot].taken = at + RECORD_HEAD + (uint32_t)words;
	return true;
}

static void put_record(int slot, const struct record *record)
{
	if (wire_room() < record->words + EVENT_WORDS_MAX)
		fail("a result of more than %d words", REPLY_WORDS_MAX);
	clobbered |= (record->event[0] >> 8 & 0xff) != 0;
	wire_put(slot);
	wire_put_all(record->event, record->words);
	events++;
}

static bool is_stopped(enum condition condition)
{
	return condition == STOPPED_IDLE || condition == STOPPED_IN_CALL;
}

static bool is_in_call(enum condition condition)
{
	return condition == ASLEEP || condition == STOPPED_IN_CALL;
}

static void collect_slot(int slot, enum condition now)
{
	struct seat *seat = &seats[slot];
	enum condition before = seat->condition;
	bool returned = false;
	struct record record;

	if (is_stopped(before) && !is_stopped(now) && now != EMPTY)
		put_event(slot, CONTINUED);
	while (take_record(slot, &record)) {
		put_record(slot, &record);
		returned = true;
	}
	/* Idle again, but there is no result: the actor's memory is not what it was. */
	lost |= is_in_call(before) && (now == IDLE || now == STOPPED_IDLE) && !returned;
	if (is_stopped(now) && !is_stopped(before))
		put_event(slot, STOPPED);
	seat->condition = now;
	if (now == EMPTY) {
		put_event(slot, ENDED);
		seat_leave(slot);
	}
}

/* Roots and adopted orphans: they are gone at the same point in every run. */
static void reap(void)
{
	pid_t pid;

	while ((pid = raw_wait(-1, NULL, WNOHANG | __WALL)) > 0) {
		int slot = seat_of(pid);

		if (slot >= 0)
			collect_slot(slot, EMPTY);
	}
}

void collect_events(const struct request *request)
{
	bool deaths = request->processes;

	for (int slot = 0; slot < SLOTS; slot++) {
		if (slot >= request->roots && !request->processes)
			break;
		if (seats[slot].condition == EMPTY)
			continue;
		deaths |= seats[slot].now == EMPTY;
		collect_slot(slot, seats[slot].now);
	}
	if (deaths)
		reap();
}

int put_run(const struct request *request, int slot, int first, int last)
{
	int begun = load_acquire(&shared->slots[slot].begun) - 1;

	/* An actor that is still on its way to its first step has begun it all the same. */
	if (begun < first || begun > last)
		begun = first;
	for (int step = first; step < begun; step++) {
		struct record record;

		begin_step();
		if (take_record(slot, &record)) {
			put_record(slot, &record);
			end_step(record.seconds);
		} else {
			end_step(coarse_seconds());
		}
	}
	begin_step();
	/* It is in its call, or was until now. */
	seats[slot].condition = ASLEEP;
	collect_events(request);
	end_step(coarse_seconds());
	return begun + 1;
}
