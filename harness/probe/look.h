/* What a process is doing, as far as the kernel tells. */
#ifndef LOOK_H
#define LOOK_H

#include "probe.h"
#include "seats.h"

/* Best first. */
enum detection {
	/* Actors come before the driver on the one processor: when the driver runs, they all sleep. */
	DETECTION_FIFO,
	/* /proc/PID/stat says S, and then /proc/PID/syscall names the call. */
	DETECTION_PROC,
	/* /proc/PID/stat says S many times in a row. */
	DETECTION_PATIENT,
};

extern enum detection detection;

const char *detection_name(void);

/* Whether /proc/PID/syscall can be read, and numbers calls as this program does. */
extern bool calls_are_visible;

/* Finds that out with the help of an idle actor. */
void look_for_calls(int idle_slot);

/* What the process of the slot does now. `processes`: signals, births and ends may have changed more than its marks tell. */
enum condition look(int slot, bool processes);

/*
 * Whether the dead process of the slot is about to be released. A process that is gone may still have to release the
 * zombies that went with it: the kernel made them dead (X) before, so that a pass after the one that found the process
 * gone sees them.
 */
bool is_being_released(int slot);

#endif
