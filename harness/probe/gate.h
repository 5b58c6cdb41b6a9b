/* Where actors wait for each other, so that their turns begin together; and what disturbs them on their way. */
#ifndef GATE_H
#define GATE_H

#include "probe.h"

/* An actor waits until the driver opens the gate. */
void wait_at_gate(void);

/* Before a call behind the gate: perhaps a moment of work, perhaps a yield, as the run asks for. */
void disturb(int slot, int step);

/* The driver shuts the gate before it gives the turns; opens it when so many actors are there (false: they did not come). */
void shut_gate(uint32_t seed, int jitter);
bool open_gate(int actors);
/* From now on turns begin when they are given. */
void leave_gate(void);

#endif
