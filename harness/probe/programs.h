/* The programs of the system that scenarios run. */
#ifndef PROGRAMS_H
#define PROGRAMS_H

#include "probe.h"

enum program { PROGRAM_IPCS, PROGRAM_IPCRM, PROGRAMS };

/* Where the program is; NULL: it is not installed. */
const char *program_path(enum program program);

/* Whether all of them are installed, and can be run. */
bool has_programs(void);

#endif
