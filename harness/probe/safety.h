/* Without namespaces of our own, some steps could reach others' processes and objects. They are not taken. */
#ifndef SAFETY_H
#define SAFETY_H

#include "probe.h"

/* Whether the step may be taken here, as things stand. */
bool is_safe(int step);

/* Whether the step must not be part of a run, because `is_safe` has to look at it right before. */
bool must_be_watched(int step);

#endif
