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
