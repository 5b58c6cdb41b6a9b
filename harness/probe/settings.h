/* What the IPC namespace is set to beside its limits. What a scenario changes is as before when it is over. */
#ifndef SETTINGS_H
#define SETTINGS_H

#include "probe.h"

/* The three last in the order of the kinds of objects. */
enum setting { SETTING_FORCED, SETTING_NEXT_ID, SETTINGS = SETTING_NEXT_ID + 3 };

/* For actors: 0, or -1 and errno. */
int setting_write(enum setting setting, int value);

/* False: it cannot be read. */
bool setting_read(enum setting setting, int *value);

/* For actors: the next process of their pid namespace has this pid, or the next one that is free. */
int next_pid_write(int pid);

/* For the driver. */
void settings_restore(void);
bool next_pid_try(void);

#endif
