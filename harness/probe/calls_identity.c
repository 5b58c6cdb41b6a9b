#include "calls.h"

#include "identity.h"

/* -1: the same as the other one. */
static uint32_t take_other_user(struct call *call, uint32_t own, uint32_t other)
{
	int mode = take_int(call);
	int32_t value = take_int(call);

	return mode == USER_OWN ? own : value == -1 ? other : (uint32_t)value;
}

void call_become(struct call *call)
{
	struct identity who;

	who.uid = take_user(call, run->uid);
	who.gid = take_user(call, run->gid);
	who.group_count = take_int(call);
	if (who.group_count > GROUPS_MAX) {
		call->kind = SKIPPED;
		return;
	}
	for (int i = 0; i < who.group_count; i++)
		who.groups[i] = (uint32_t)take_int(call);
	who.capabilities = (uint32_t)take_int(call);
	who.real_uid = take_other_user(call, run->uid, who.uid);
	who.fs_gid = take_other_user(call, run->gid, who.gid);
	if (become(&who))
		call->value = 0;
	else
		call->kind = SKIPPED;
}
