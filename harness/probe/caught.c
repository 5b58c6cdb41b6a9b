#include "caught.h"

#include "raw_signals.h"

/* What this process has seen; and what a child saw that has its memory. */
static struct caught own[SIGNALS_MAX + 1], on_loan[SIGNALS_MAX + 1];
/* The process that has lent its memory; 0: none has. */
static volatile pid_t lender;

static struct caught *table(void)
{
	return lender == 0 || raw_getpid() == lender ? own : on_loan;
}

void note_caught(int signal, siginfo_t *info, void *context)
{
	struct caught *caught = table() + signal;

	(void)context;
	if (!is_signal(signal))
		return;
	caught->times++;
	caught->code = info->si_code;
	caught->status = info->si_status;
	caught->pid = info->si_pid;
	caught->uid = (int32_t)info->si_uid;
}

static struct caught take(struct caught *caught)
{
	struct caught none = { 0, 0, 0, 0, 0 };
	struct caught taken = *caught;

	*caught = none;
	return taken;
}

struct caught take_caught(int signal)
{
	struct caught none = { 0, 0, 0, 0, 0 };

	return is_signal(signal) ? take(table() + signal) : none;
}

void forget_caught(void)
{
	lender = 0;
	for (int signal = 1; signal <= SIGNALS_MAX; signal++)
		take(own + signal);
}

void lend_caught(void)
{
	lender = raw_getpid();
	for (int signal = 1; signal <= SIGNALS_MAX; signal++)
		take(on_loan + signal);
}
