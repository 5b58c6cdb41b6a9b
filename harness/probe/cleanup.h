/* Between scenarios everything is as it was before the first one. */
#ifndef CLEANUP_H
#define CLEANUP_H

#include "request.h"

/* Removes objects, gives back what the actors hold, and replaces the actors themselves where that is not enough. */
void clean_up(const struct request *request, bool is_suspect);

#endif
