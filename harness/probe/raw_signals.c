#include "raw_signals.h"

#if defined(__x86_64__)
/* x86-64 is the one architecture where the kernel has no way back of its own. */
#define SA_WITH_RESTORER 0x04000000
void probe_signal_return(void);
__asm__(".text\n"
	".globl probe_signal_return\n"
	".hidden probe_signal_return\n"
	".type probe_signal_return, @function\n"
	"probe_signal_return:\n"
#ifdef __ILP32__
	"\tmovl $0x40000201, %eax\n"
#else
	"\tmovl $15, %eax\n"
#endif
	"\tsyscall\n"
	".size probe_signal_return, . - probe_signal_return\n");
#endif

struct signal_action signal_action(signal_handler handler, unsigned long flags)
{
	struct signal_action action;

	memset(&action, 0, sizeof(action));
	action.handler = handler;
	action.flags = (__typeof__(action.flags))flags;
#if defined(__x86_64__)
	action.flags |= SA_WITH_RESTORER;
	action.restorer = probe_signal_return;
#endif
	return action;
}
