/* Removing the IPC objects that a scenario left. */
#ifndef OBJECTS_H
#define OBJECTS_H

#include "probe.h"

/* Removes what was noted as made, and so wakes whoever sleeps on it. */
void remove_made(void);

/* In a namespace of our own: whether any object of these kinds (bits of enum object_kind) is left. */
bool objects_are_left(unsigned kinds);

/* In a namespace of our own: removes whatever there is of these kinds. */
void remove_all(unsigned kinds);

/* In a namespace that others use: whether the id is that of an object that no step of the scenario made. */
bool is_foreign(int kind, int id);

/* All kinds. */
#define ALL_KINDS ((1u << OBJECT_KINDS) - 1)

#endif
