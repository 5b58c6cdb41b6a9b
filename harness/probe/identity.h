/* Who an actor is: user, groups, capabilities. Actors can do nothing by privilege until they become somebody else. */
#ifndef IDENTITY_H
#define IDENTITY_H

#include "probe.h"

enum identities { IDENTITIES_NONE, IDENTITIES_CAPABILITIES, IDENTITIES_USERS, IDENTITIES_ALL };

#define GROUPS_MAX 32

/* CAP_SYS_ADMIN, as `capabilities` below has it. */
#define CAPABLE_OF_ADMINISTRATION (1u << 21)

struct identity {
	uint32_t uid, real_uid, gid, fs_gid;
	int group_count;
	uint32_t groups[GROUPS_MAX];
	/* Effective ones, as 1 << number. */
	uint32_t capabilities;
};

/* What actors can become here: a child tries it. */
enum identities try_identities(bool maps_others);
const char *identities_name(void);

/* From now on no call succeeds by privilege; what `become` needs stays at hand. For every actor, and after an exec. */
void give_up_privileges(void);
void give_up_privileges_again(void);

/* False: that is not possible here. */
bool become(const struct identity *who);

/* Whether the actor is somebody else than it was, and what makes it the same again. */
bool is_somebody_else(void);
void become_oneself(void);

#endif
