/* An actor: a process, or a further thread of one, that makes the calls of one slot, a turn at a time. */
#ifndef ACTOR_H
#define ACTOR_H

#include "probe.h"

/* The life of a root actor, in the process that the driver cloned for it. */
_Noreturn void actor_run(int slot);

/* The life of an actor that executed the probe's own image: `text` is its slot. */
_Noreturn void actor_run_again(const char *text);

/* The life of an actor that is a further thread of the process of another one. */
_Noreturn void actor_run_thread(int slot);

/* The slot of the process that asks, an actor. */
struct slot *actor_slot(void);

/* The argument vector that makes a new image go on as this actor. */
char **actor_arguments(void);

/*
 * The life of a child in the memory of its parent, as the actor of `slot`; and that of the parent when it has its memory
 * to itself again.
 */
_Noreturn void actor_run_on_loan(int slot);
void actor_resume(int slot);
int actor_number(void);

/* The slot of this actor. */
struct slot *actor_slot(void);

#endif
