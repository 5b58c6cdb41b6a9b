/* Where actors wait for each other, so that their turns begin together; and what disturbs them on their way. */
#ifndef GATE_H
#define GATE_H

#include "probe.h"

/* An actor waits until the driver opens the gate. */
void wait_at_gate(void);

/* Before a call behind the gate: perhaps a moment of work, perhaps a yield, as the run asks for. */
void disturb(int slot, int step);

/* What disturbs calls, if not by work and yields: actors of different priorities, which wait asleep. */
#define JITTER_BY_PRIORITY 3
/* These, in real time, are below those of all others, who never wait for actors. */
#define PRIORITIES 3

/* The driver shuts the gate before it gives the turns, and opens it when so many actors are there (false: they did not come). */
void shut_gate(uint32_t seed, int jitter);
bool are_at_gate(int actors);
void open_gate(void);

/* The priority that an actor is to have behind the gate; 0: an ordinary one. */
int priority_of(int slot);

/* From now on turns begin when they are given. */
void leave_gate(void);

#endif
