#include "guarded_access.h"

#include "raw_signals.h"

#include <setjmp.h>

static sigjmp_buf way_out;
static struct fault caught_fault;

static void escape(int signal, siginfo_t *info, void *context)
{
	(void)context;
	caught_fault.signal = signal;
	caught_fault.code = info->si_code;
	siglongjmp(way_out, 1);
}

static struct signal_action old_segv, old_bus;

static void expect_faults(void)
{
	struct signal_action action = signal_action(escape, SA_SIGINFO | SA_NODEFER);

	caught_fault.signal = 0;
	raw_sigaction(SIGSEGV, &action, &old_segv);
	raw_sigaction(SIGBUS, &action, &old_bus);
}

static void expect_none(struct fault *fault)
{
	raw_sigaction(SIGSEGV, &old_segv, NULL);
	raw_sigaction(SIGBUS, &old_bus, NULL);
	*fault = caught_fault;
}

__attribute__((no_sanitize("address", "undefined")))
static unsigned char load_byte(const volatile void *address)
{
	return *(const volatile unsigned char *)address;
}

__attribute__((no_sanitize("address", "undefined")))
static void store_byte(volatile void *address, unsigned char byte)
{
	*(volatile unsigned char *)address = byte;
}

int guarded_load(const volatile void *address, struct fault *fault)
{
	volatile int value = 0;

	expect_faults();
	if (sigsetjmp(way_out, 0) == 0)
		value = load_byte(address);
	expect_none(fault);
	return value;
}

void guarded_store(volatile void *address, unsigned char byte, struct fault *fault)
{
	expect_faults();
	if (sigsetjmp(way_out, 0) == 0)
		store_byte(address, byte);
	expect_none(fault);
}
