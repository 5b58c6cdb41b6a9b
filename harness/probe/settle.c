#include "settle.h"

#include "forms.h"
#include "privileges.h"
#include "progress.h"
#include "raw.h"
#include "request.h"
#include "restless.h"
#include "seats.h"

#include <stdlib.h>

/* Microseconds. */
#define REST_LIMIT 5000000
/* Passes in a row that must find all at rest where only /proc/PID/stat can be read; between the later ones, PAUSE. */
#define PATIENT_PASSES 20
#define PATIENT_YIELDS 10
#define EAGER_YIELDS 2000
#define PAUSE 50

enum detection detection;
bool calls_are_visible;

const char *detection_name(void)
{
	static const char *const names[] = {
		[DETECTION_FIFO] = "fifo", [DETECTION_PROC] = "proc", [DETECTION_PATIENT] = "patient"
	};

	return names[detection];
}

/* The offset is 0, and in as many words as any architecture takes for it. */
static long read_anew(int file, char *text, size_t bytes)
{
	return syscall(SYS_pread64, file, text, bytes, 0L, 0L, 0L);
}

/* No process state: the process has been released. 'X' is one that is dead and about to be, and so still busy. */
#define GONE 'g'

/* The state letter, or GONE. */
static char state_of(const struct seat *seat)
{
	char text[128];
	long length = read_anew(seat->stat_file, text, sizeof(text));

	if (length <= 0)
		return GONE;
	for (long at = length - 3; at >= 0; at--)
		if (text[at] == ')')
			return text[at + 2];
	return 'R';
}

/* The system call that the process sleeps in; -1: it runs, or that cannot be seen. */
static long call_of(const struct seat *seat)
{
	char text[64];
	long length = read_anew(seat->syscall_file, text, sizeof(text) - 1);

	if (length <= 0 || text[0] < '0' || text[0] > '9')
		return -1;
	text[length] = '\0';
	return atol(text);
}

/* Whether a call of the form sleeps in system calls of this number. Wrappers differ in which of them they use. */
static bool sleeps_in(int form, long number)
{
	switch (form) {
	case FORM_SEMOP:
	case FORM_SEMTIMEDOP:
	case FORM_MSGSND:
	case FORM_MSGRCV:
		switch (number) {
#ifdef SYS_semop
		case SYS_semop:
#endif
#ifdef SYS_semtimedop
		case SYS_semtimedop:
#endif
#ifdef SYS_semtimedop_time64
		case SYS_semtimedop_time64:
#endif
#ifdef SYS_ipc
		case SYS_ipc:
#endif
		case SYS_msgsnd:
		case SYS_msgrcv:
			return true;
		}
		return false;
	case FORM_WAIT:
	case FORM_WAITPID:
	case FORM_WAIT4:
	case FORM_WAITID:
		switch (number) {
#ifdef SYS_waitpid
		case SYS_waitpid:
#endif
		case SYS_wait4:
		case SYS_waitid:
			return true;
		}
		return false;
	default:
		return false;
	}
}

static int form_of_call(int slot)
{
	return form_of_step(shared->slots[slot].begun - 1);
}

/* Order matters: stat alone is wrong for waits that return at once, syscall alone for sleepers already woken. */
static enum condition look_in_proc(int slot, bool must_be_in_futex)
{
	const struct seat *seat = &seats[slot];
	const struct slot *place = &shared->slots[slot];
	bool rested = is_rested(slot);

	switch (state_of(seat)) {
	case 'Z':
	case GONE:
		return EMPTY;
	case 'T':
		return rested ? STOPPED_IDLE : STOPPED_IN_CALL;
	case 'S':
		break;
	default:
		return BUSY;
	}
	if (rested)
		return !must_be_in_futex || call_of(seat) == SYS_futex ? IDLE : BUSY;
	if (calls_are_visible && !sleeps_in(form_of_call(slot), call_of(seat)))
		return BUSY;
	return load_acquire(&place->done) == place->begun ? BUSY : ASLEEP;
}

static enum condition look(int slot, bool processes)
{
	/* Nobody is signalled: the marks tell who is idle. */
	if (!processes && is_rested(slot))
		return IDLE;
	if (!processes && detection == DETECTION_FIFO) {
		/* Who slept before and has not rested sleeps on. One look confirms that a new sleeper is one. */
		if (seats[slot].condition == ASLEEP || sleeps_in(form_of_call(slot), call_of(&seats[slot])))
			return ASLEEP;
	}
	return look_in_proc(slot, processes && calls_are_visible && detection != DETECTION_FIFO);
}

/* A fork has returned, but its child has not taken its seat yet. */
static bool is_expecting(const struct unrest *unrest)
{
	const struct slot *parent;
	int32_t pid, high;

	if (unrest->child < 0 || seats[unrest->child].pid != 0)
		return false;
	parent = &shared->slots[unrest->stepper];
	if (load_acquire(&parent->used) == 0)
		return false;
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

/*
 * A process that is gone may still have to release the zombies that went with it. The kernel made them dead (X) before,
 * so that a pass after the one that found the process gone sees them.
 */
static bool is_being_released(int slot)
{
	if (seats[slot].stat_file < 0)
		return false;
	switch (state_of(&seats[slot])) {
	case 'X':
		return true;
	case GONE:
		seat_released(slot);
		return false;
	default:
		return false;
	}
}

/* What a pass over all actors found. */
struct pass {
	bool rest, others_moved, has_sleepers, has_deaths;
};

static void look_at(int slot, const struct unrest *unrest, struct pass *pass)
{
	struct seat *seat = &seats[slot];

	seat->now = look(slot, unrest->processes);
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

static int64_t elapsed(const struct unrest *unrest)
{
	return monotonic_microseconds() - unrest->since;
}

bool settle(const struct unrest *unrest)
{
	bool others_moved = false;
	int quiet = 0;

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
			return !pass.has_deaths || elapsed(unrest) < SPIN_SECONDS_MAX * INT64_C(1000000);
		if (elapsed(unrest) > REST_LIMIT || have_run_too_long(elapsed(unrest)))
			return false;
		if (detection == DETECTION_FIFO || passes > EAGER_YIELDS || quiet > PATIENT_YIELDS)
			rest_for(PAUSE);
		else
			raw_yield();
	}
}

void look_for_calls(int idle_slot)
{
	for (int tries = 0; tries < EAGER_YIELDS && !calls_are_visible; tries++) {
		if (state_of(&seats[idle_slot]) == 'S')
			calls_are_visible = call_of(&seats[idle_slot]) == SYS_futex;
		if (!calls_are_visible)
			pause_microseconds(PAUSE);
	}
}
