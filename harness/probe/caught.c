#include "caught.h"

#include "raw_signals.h"

static struct caught caught[SIGNALS_MAX + 1];

void note_caught(int signal, siginfo_t *info, void *context)
{
	(void)context;
	if (!is_signal(signal))
		return;
	caught[signal].times++;
	caught[signal].code = info->si_code;
	caught[signal].status = info->si_status;
	caught[signal].pid = info->si_pid;
	caught[signal].uid = (int32_t)info->si_uid;
}

struct caught take_caught(int signal)
{
	struct caught taken = { 0, 0, 0, 0, 0 };

	if (is_signal(signal)) {
		struct caught none = { 0, 0, 0, 0, 0 };

		taken = caught[signal];
		caught[signal] = none;
	}
	return taken;
}

void forget_caught(void)
{
	for (int signal = 1; signal <= SIGNALS_MAX; signal++)
		take_caught(signal);
}
