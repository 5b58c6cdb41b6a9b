/* A scenario as it arrives. Nothing in it is believed before it was checked. */
#ifndef REQUEST_H
#define REQUEST_H

#include "wire.h"

struct request {
	int32_t number;
	int roots;
	int steps;
	/* Some step can change the life and signals of processes; the caller in a lasting way. */
	bool processes, caller;
	/* Kinds of objects (bits of enum object_kind) that some step can make. */
	unsigned makes;
	/* Steps from `first` up to `last` overlap; the scenario is repeated so often. 0: it is stepped. */
	int first, last;
	int repetitions;
	uint32_t seed;
	int jitter;
};

/* Checks the frame and lays the script out in the shared memory. Does not return if the frame is wrong. */
void read_request(const struct frame *frame, struct request *request);

/* What a step can change: see forms.h. */
int reach_of(int step);

/* Whether a step of the form is the driver's own. */
bool is_pseudo(int form);

/* Whether a call of the form makes an actor, in the slot that its register names. */
bool makes_process(int form);

/* The step as it arrived: the script in the shared memory is the actors', and may be broken by what is tested. */
const int32_t *step_words(int step);

/* The form of a step by a number that an actor wrote; -1: there is no such step. */
int form_of_step(int step);

#endif
