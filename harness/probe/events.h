/* Steps and their events, as they are written into the result. */
#ifndef EVENTS_H
#define EVENTS_H

#include "request.h"

void begin_events(void);

/* A record in a slot's log. */
struct record {
	int step;
	int seconds;
	/* Where calls overlap: the clock before and after, two words each. */
	const int32_t *stamps;
	/* The event, without the slot in front of it. */
	const int32_t *event;
	uint32_t words;
};

/* Takes the next record of the slot's log. The actor wrote it: its bounds are checked, and read once. */
bool take_record(int slot, struct record *record);

/* Steps that were written since. */
int steps_put(void);

/* Whether some result is missing, and whether a call wrote outside its out-buffer, since `begin_events`. */
bool has_lost_events(void);
bool has_seen_clobbering(void);

/* Whether the reply has room for whatever one step may bring. */
bool has_room_for_step(void);

void begin_step(void);
void put_event(int slot, enum event_kind kind);

/* Everything that is new since the last rest, of all actors. Reaps the driver's own dead children. */
void collect_events(const struct request *request);

void end_step(int64_t seconds);

/* The steps that the actor with the turn has begun, of `first` to `last`; returns the step that comes next. */
int put_run(const struct request *request, int slot, int first, int last);

#endif
