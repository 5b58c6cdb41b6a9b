#include "calls.h"

#include "caught.h"
#include "raw_signals.h"

enum { DISPOSITION_DEFAULT, DISPOSITION_IGNORE, DISPOSITION_HANDLER };

/* The handler gets everything in the libc's action as well: SA_SIGINFO is always set for it. */
void call_sigaction(struct call *call)
{
	int signal = take_signal(call);
	int disposition = take_int(call);
	int flags = native_action_flags(take_int(call));
	struct sigaction action;
	struct signal_action raw;

	memset(&action, 0, sizeof(action));
	sigemptyset(&action.sa_mask);
	if (disposition == DISPOSITION_HANDLER) {
		flags |= SA_SIGINFO;
		action.sa_sigaction = note_caught;
		raw = signal_action(note_caught, (unsigned long)(unsigned)flags);
	} else {
		action.sa_handler = disposition == DISPOSITION_IGNORE ? SIG_IGN : SIG_DFL;
		raw = signal_action((signal_handler)(void (*)(void))action.sa_handler, (unsigned long)(unsigned)flags);
	}
	action.sa_flags = flags;
	RETURNS(call, sigaction(signal, &action, NULL), raw_sigaction(signal, &raw, NULL));
}

static void change_mask(struct call *call, int how)
{
	int signal = take_signal(call);
	signal_mask raw = only(signal);
	sigset_t set;

	sigemptyset(&set);
	if (is_signal(signal))
		sigaddset(&set, signal);
	RETURNS(call, sigprocmask(how, &set, NULL), raw_sigprocmask(how, &raw, NULL));
}

void call_sigprocmask_block(struct call *call)
{
	change_mask(call, SIG_BLOCK);
}

void call_sigprocmask_unblock(struct call *call)
{
	change_mask(call, SIG_UNBLOCK);
}

void call_sigpending(struct call *call)
{
	int signal = take_signal(call);
	signal_mask raw = only(0);
	sigset_t set;

	sigemptyset(&set);
	RETURNS(call, sigpending(&set), syscall(SYS_rt_sigpending, &raw, (size_t)KERNEL_SIGSET_SIZE));
	if (call_failed(call))
		return;
	if (run->entry_is_syscall)
		call->value = includes(&raw, signal);
	else
		call->value = is_signal(signal) && sigismember(&set, signal) == 1;
}

void call_caught(struct call *call)
{
	int signal = take_signal(call);
	struct caught caught = take_caught(signal);

	call->value = caught.times;
	put_int(call, caught.code);
	put_int(call, generic_child_status(caught.code, caught.status));
	put_int(call, caught.pid);
	put_int(call, caught.uid);
}
