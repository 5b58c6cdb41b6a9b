/* Calls of the probe that are many of the kernel's: they take long where these are slow, and yet come to an end. */
#ifndef TOIL_H
#define TOIL_H

/*
 * Between two of the many: tells the driver that this actor gets on, and sleeps for a moment now and then, lest the kernel take it
 * for one that spins. One that never comes back from one of the many is found out as usual.
 */
void toil(void);

#endif
