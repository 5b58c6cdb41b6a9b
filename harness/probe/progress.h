/* What moves while a scenario does. It is how the guard sees that the driver is kept from running. */
#ifndef PROGRESS_H
#define PROGRESS_H

#include "raw.h"
#include "shared.h"

/* The driver is here, and does something. */
static inline void make_progress(void)
{
	__atomic_store_n(&run->pulse, run->pulse + 1, __ATOMIC_RELAXED);
}

/* How the driver waits in a loop: it never spins, and each round is progress. */
static inline void rest_for(long microseconds)
{
	make_progress();
	pause_microseconds(microseconds);
}

/* Moves with the driver, and with actors that take several steps by themselves. */
static inline uint32_t progress(void)
{
	uint32_t sum = load_acquire(&run->pulse);

	for (int slot = 0; slot < SLOTS; slot++) {
		const struct slot *place = &shared->slots[slot];

		sum += (uint32_t)load_acquire(&place->begun) + (uint32_t)load_acquire(&place->done);
		sum += load_acquire(&place->rested) + load_acquire(&place->toil);
	}
	return sum;
}

#endif
