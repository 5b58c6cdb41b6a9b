#include "gate.h"

#include "progress.h"
#include "raw.h"
#include "shared.h"

/* Rounds of an actor at the gate before it lets others have the processor. */
#define SPINS 2000
/* Microseconds that actors may take to come to the gate. */
#define ARRIVAL_LIMIT 5000000
#define YIELDS 200
#define PAUSE 50
/* Rounds of work before a call, at most, by how much calls are to be disturbed. */
#define WORK_LITTLE 200
#define WORK_MUCH 4000
#define JITTER_MUCH 2

void wait_at_gate(void)
{
	__atomic_fetch_add(&shared->at_gate, 1, __ATOMIC_SEQ_CST);
	/* Who is to have a priority must not keep others waiting. */
	while (run->jitter == JITTER_BY_PRIORITY && !load_acquire(&run->open))
		futex_wait((uint32_t *)&run->open, 0);
	for (int spins = 0; !load_acquire(&run->open); spins++)
		if (spins > SPINS)
			raw_yield();
}

static uint32_t mixed(uint32_t number)
{
	number ^= number >> 16;
	number *= 0x7feb352du;
	number ^= number >> 15;
	number *= 0x846ca68bu;
	return number ^ number >> 16;
}

static void work(uint32_t rounds)
{
	for (volatile uint32_t round = 0; round < rounds; round++)
		;
}

void disturb(int slot, int step)
{
	uint32_t chance;

	if (run->jitter == 0)
		return;
	chance = mixed(run->seed + (uint32_t)slot * 0x9e3779b9u + (uint32_t)step * 0x85ebca6bu);
	switch (chance & 7) {
	case 0:
	case 1:
		work(chance / 8 % WORK_LITTLE);
		break;
	case 2:
		raw_yield();
		break;
	case 3:
		if (run->jitter == JITTER_MUCH)
			work(chance / 8 % WORK_MUCH);
		break;
	}
}

void shut_gate(uint32_t seed, int jitter)
{
	run->seed = seed;
	run->jitter = jitter;
	shared->at_gate = 0;
	run->open = 0;
	run->gated = 1;
}

bool are_at_gate(int actors)
{
	int64_t began = monotonic_microseconds();

	for (int yields = 0; load_acquire(&shared->at_gate) < actors; yields++) {
		if (monotonic_microseconds() - began > ARRIVAL_LIMIT)
			return false;
		if (yields > YIELDS)
			rest_for(PAUSE);
		else
			raw_yield();
	}
	return true;
}

int priority_of(int slot)
{
	if (run->jitter != JITTER_BY_PRIORITY)
		return 0;
	return (int)(mixed(run->seed ^ ((uint32_t)slot * 0xc2b2ae35u + 1)) % (PRIORITIES + 1));
}

void open_gate(void)
{
	store_release(&run->open, 1);
	futex_wake_all((uint32_t *)&run->open);
}

void leave_gate(void)
{
	run->gated = 0;
}
