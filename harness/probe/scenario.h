/* Running one scenario, step by step, and writing down what happened. */
#ifndef SCENARIO_H
#define SCENARIO_H

#include "request.h"

/* In the result. */
enum status { DONE, RESTLESS, GAVE_UP };

void run_scenario(const struct request *request);

/* The same for one whose calls overlap; as often as it is to be repeated. */
void run_overlapping(const struct request *request);

/* Seats the actors, and forgets what the last scenario left in the shared memory. */
void prepare(const struct request *request);

/*
 * However much there is to do: a driver of the same priority, of another probe, does not run as long as this one does neither sleep nor
 * yield; and the kernel kills one that runs for seconds without any sleep.
 */
void give_way(void);

/* The reader must not have to wait for several scenarios that take their time. */
void flush_if_late(bool is_late);

#endif
