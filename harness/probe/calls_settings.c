#include "calls.h"

#include "settings.h"

void call_setforced(struct call *call)
{
	int on = take_int(call);

	if (!run->changes_limits) {
		call->kind = SKIPPED;
		return;
	}
	call->value = setting_write(SETTING_FORCED, on);
	call->error = call->value == -1 ? errno : 0;
}

/* Among objects of others no identifier can be foretold. */
static bool take_kind(struct call *call, int *kind)
{
	*kind = take_int(call);
	if (run->changes_limits && *kind >= 0 && *kind < OBJECT_KINDS)
		return true;
	call->kind = SKIPPED;
	return false;
}

void call_setnextid(struct call *call)
{
	int kind;

	if (!take_kind(call, &kind))
		return;
	call->value = setting_write((enum setting)(SETTING_NEXT_ID + kind), take_int(call));
	call->error = call->value == -1 ? errno : 0;
}

void call_getnextid(struct call *call)
{
	int kind, value;

	if (!take_kind(call, &kind))
		return;
	if (setting_read((enum setting)(SETTING_NEXT_ID + kind), &value))
		call->value = value;
	else
		call->kind = SKIPPED;
}

void call_setnextpid(struct call *call)
{
	int pid = take_process(call);

	if (!run->changes_pids || pid < 1 || pid == NOBODY) {
		call->kind = SKIPPED;
		return;
	}
	call->value = next_pid_write(pid);
	call->error = call->value == -1 ? errno : 0;
}
