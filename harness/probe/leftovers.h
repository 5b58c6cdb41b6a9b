/* What an actor holds besides IPC objects: attachments and descriptors, to be given back when the scenario is over. */
#ifndef LEFTOVERS_H
#define LEFTOVERS_H

#include "probe.h"

void note_attachment(void *address);
void forget_attachment(const void *address);
/* Something was put into the arena that no shmdt takes away. */
void note_mapping(void);
void note_descriptor(int fd);

/* Detaches and closes everything; the driver proves afterwards that no segment is left. */
void release_leftovers(void);

/* A forked child holds what its parent held, an executed image nothing. The driver reads this from the slot. */
int count_leftovers(void);

#endif
