/* What the IPC namespace is set to beside its limits. What a scenario changes is as before when it is over. */
#ifndef SETTINGS_H
#define SETTINGS_H

#include "probe.h"

enum setting { SETTING_FORCED, SETTINGS };

/* For actors: 0, or -1 and errno. */
int setting_write(enum setting setting, int value);

/* For the driver. */
void settings_restore(void);

#endif
