/* Namespaces of our own for pids and IPC objects, where the machine allows them. */
#ifndef NAMESPACES_H
#define NAMESPACES_H

#include "probe.h"

/* As root; in a user namespace of our own; or none at all. */
enum isolation { ISOLATION_ROOT, ISOLATION_USER, ISOLATION_NONE };

/*
 * Enters the best namespaces that are possible, or those that `wish` ("root", "user", "none") asks for; NULL: any.
 * The next process that this one makes is the first of the pid namespace. False: what was asked for is not possible.
 */
bool enter_namespaces(const char *wish, enum isolation *entered);

/* Leaves the IPC namespace for a new one, in which processes are that this one makes after that. False: it may not. */
bool change_ipc_namespace(void);

/* Whether more ids exist in this user namespace than our own. */
bool maps_other_users(void);

#endif
