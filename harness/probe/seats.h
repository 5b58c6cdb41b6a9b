/* The driver's view of the slots: which process sits in each, and what it was doing when all were at rest. */
#ifndef SEATS_H
#define SEATS_H

#include "probe.h"
#include "shared.h"

enum condition {
	/* No process, or a dead one. */
	EMPTY,
	/* Waits for its next turn. */
	IDLE,
	/* Asleep inside the call under test. */
	ASLEEP,
	STOPPED_IDLE,
	STOPPED_IN_CALL,
	/* Anything else: not at rest. */
	BUSY,
};

struct seat {
	/* At the last rest, and as `settle` finds it now. */
	enum condition condition, now;
	int pid;
	/* /proc/PID/stat, until the process is released, and /proc/PID/syscall, until it is dead; or -1. */
	int stat_file, syscall_file;
	/* Words of the slot's log that were handed on. */
	uint32_t taken;
};

extern struct seat seats[SLOTS];

/* Makes the seats empty; once, at the start. */
void seats_prepare(void);

/* Starts a root actor and waits until it is idle; if it does not come, answers what happened, else NULL. */
const char *seat_start(int slot);

/* Takes notice of the process that a fork put into the slot; false: there is none yet. */
bool seat_child(int slot);

/* The process of this slot is dead: forgets it, but for the file that tells when it is released. */
void seat_leave(int slot);

/* The process of this slot was released. */
void seat_released(int slot);

/* The slot of a live actor with this pid, or -1. */
int seat_of(int pid);

/* Whether the process is that of a live actor: its first thread, another actor, may have ended. */
bool is_of_actor(int pid);

/* Kills all actors and everything that descends from them, and waits until nothing is left of them. */
void seats_clear(void);

static inline bool is_rested(int slot)
{
	return load_acquire(&shared->slots[slot].rested) == shared->slots[slot].turn;
}

/* What came of a call that the last scenario left open is not of this one. The actor is idle. */
void forget_records(int slot);

/* Gives an idle actor its next steps. */
void give_turn(int slot, int first, int last);

#endif
