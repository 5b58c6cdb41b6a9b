#include "settle.h"

#include "deadlines.h"
#include "forms.h"
#include "look.h"
#include "privileges.h"
#include "progress.h"
#include "raw.h"
#include "request.h"
#include "restless.h"
#include "seats.h"

/* Microseconds. */
#define REST_LIMIT 5000000
/* Passes in a row that must find all at rest where only /proc/PID/stat can be read; between the later ones, PAUSE. */
#define PATIENT_PASSES 20
#define PATIENT_YIELDS 10
#define EAGER_YIELDS 2000
#define PAUSE 50
/* Until a call that wants to be back at once counts as asleep. */
#define MOMENT_LIMIT 1000000

static int64_t elapsed(int64_t since)
{
	return monotonic_microseconds() - since;
}

/* A fork has returned, but its child has not taken its seat yet. */
static bool is_expecting(const struct unrest *unrest)
{
	const struct slot *parent;
	int32_t pid, high;

	if (unrest->child < 0 || seats[unrest->child].pid != 0)
		return false;
	parent = &shared->slots[unrest->stepper];
	/* One that has the memory of its parent comes before the call returns. */
	if (load_acquire(&parent->used) == 0)
		return form_of_step(parent->begun - 1) == FORM_VFORK && seats[unrest->stepper].now != EMPTY;
	/* The record of the fork: see shared.h. Its value is the pid, if a child there is. */
	pid = parent->log[RECORD_HEAD + 3];
	high = parent->log[RECORD_HEAD + 4];
	return high == 0 && pid > 0 && seat_of(pid) < 0 && raw_kill(pid, 0) == 0;
}

/*
 * An actor that fell asleep before the end of its run must not go on with it, since time passes for the others. It
 * reads how far it may go after each call, so a second look that finds it asleep proves that it will see this.
 */
static enum condition end_run(int slot, const struct unrest *unrest)
{
	struct slot *place = &shared->slots[slot];

	if (place->last < place->begun)
		return ASLEEP;
	store_release(&place->last, place->begun - 1);
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	return look(slot, unrest->processes);
}

/* What a pass over all actors found. */
struct pass {
	bool rest, others_moved, has_sleepers, has_deaths;
};

static void look_at(int slot, const struct unrest *unrest, struct pass *pass)
{
	struct seat *seat = &seats[slot];

	seat->now = look(slot, unrest->processes);
	if (seat->now == ASLEEP && seat->condition != ASLEEP && is_momentary(slot) && elapsed(unrest->since) < MOMENT_LIMIT)
		seat->now = BUSY;
	if (seat->now == ASLEEP)
		seat->now = end_run(slot, unrest);
	if (seat->now == BUSY) {
		pass->rest = false;
		pass->others_moved |= slot != unrest->stepper;
	} else if (seat->now == EMPTY) {
		pass->has_deaths = true;
	} else if (seat->now != IDLE) {
		pass->has_sleepers = true;
	}
}

/* The actor with the turn comes first: what the others do before its call is over says nothing. */
static struct pass look_at_all(const struct unrest *unrest)
{
	struct pass pass = { true, false, false, false };

	if (unrest->stepper >= 0)
		look_at(unrest->stepper, unrest, &pass);
	for (int slot = 0; slot < SLOTS && pass.rest; slot++) {
		struct seat *seat = &seats[slot];

		if (slot >= unrest->roots) {
			if (!unrest->processes)
				break;
			if (seat->pid == 0)
				seat_child(slot);
		}
		if (seat->condition == EMPTY)
			pass.rest = !unrest->processes || !is_being_released(slot);
		else if (slot != unrest->stepper)
			look_at(slot, unrest, &pass);
	}
	if (is_expecting(unrest))
		pass.rest = false;
	return pass;
}

/* How many passes in a row must find all at rest: an actor seen asleep may have been woken by one seen later. */
static int passes_needed(const struct unrest *unrest, const struct pass *pass, bool others_moved)
{
	switch (detection) {
	case DETECTION_FIFO:
		return others_moved ? 2 : 1;
	case DETECTION_PROC:
		return unrest->processes || (pass->has_sleepers && others_moved) ? 2 : 1;
	default:
		return unrest->processes || pass->has_sleepers ? PATIENT_PASSES : 1;
	}
}

/* A call that is many gets on: what has gone before says nothing about how long it may take from here. */
static bool toils_on(const struct unrest *unrest, uint32_t *toil)
{
	uint32_t before = *toil;

	if (unrest->stepper >= 0)
		*toil = load_acquire(&shared->slots[unrest->stepper].toil);
	return *toil != before;
}

bool settle(const struct unrest *unrest)
{
	bool others_moved = false;
	int quiet = 0;
	int64_t since = unrest->since;
	uint32_t toil = 0;

	toils_on(unrest, &toil);
	forget_restlessness();
	for (int passes = 0;; passes++) {
		struct pass pass = look_at_all(unrest);

		if (is_lifted()) {
			if (never_rest())
				return false;
			quiet = 0;
			continue;
		}
		others_moved |= pass.others_moved;
		quiet = pass.rest ? quiet + 1 : 0;
		if (quiet >= passes_needed(unrest, &pass, others_moved))
			/* A death after that long was the kernel's, which ended an actor that did not sleep. */
			return !pass.has_deaths || elapsed(since) < SPIN_SECONDS_MAX * INT64_C(1000000);
		if (toils_on(unrest, &toil)) {
			since = monotonic_microseconds();
			forget_restlessness();
		}
		if (elapsed(since) > REST_LIMIT || have_run_too_long(elapsed(since)))
			return false;
		if (detection == DETECTION_FIFO || passes > EAGER_YIELDS || quiet > PATIENT_YIELDS)
			rest_for(PAUSE);
		else
			raw_yield();
	}
}
