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

/* The instruction that returns from a function. */
#if defined(__x86_64__) || defined(__i386__)
static const unsigned char return_code[] = { 0xc3 };
#elif defined(__aarch64__)
static const unsigned char return_code[] = { 0xc0, 0x03, 0x5f, 0xd6 };
#elif defined(__arm__)
static const unsigned char return_code[] = { 0x1e, 0xff, 0x2f, 0xe1 };
#elif defined(__riscv)
static const unsigned char return_code[] = { 0x67, 0x80, 0, 0 };
#elif defined(__s390x__)
static const unsigned char return_code[] = { 0x07, 0xfe };
#elif defined(__powerpc64__) && defined(_CALL_ELF) && _CALL_ELF == 2 && defined(__LITTLE_ENDIAN__)
static const unsigned char return_code[] = { 0x20, 0, 0x80, 0x4e };
#elif defined(__powerpc64__) && !(defined(_CALL_ELF) && _CALL_ELF == 2) && !defined(__LITTLE_ENDIAN__)
static const unsigned char return_code[] = { 0x4e, 0x80, 0, 0x20 };
#define POINTS_TO_DESCRIPTOR
#elif defined(__powerpc__) && !defined(__powerpc64__)
static const unsigned char return_code[] = { 0x4e, 0x80, 0, 0x20 };
#elif defined(__m68k__)
static const unsigned char return_code[] = { 0x4e, 0x75 };
#elif defined(__sh__) && defined(__LITTLE_ENDIAN__)
static const unsigned char return_code[] = { 0x0b, 0, 0x09, 0 };
#elif defined(__mips__) && defined(__MIPSEB__)
static const unsigned char return_code[] = { 0x03, 0xe0, 0, 0x08, 0, 0, 0, 0 };
#elif defined(__mips__)
static const unsigned char return_code[] = { 0x08, 0, 0xe0, 0x03, 0, 0, 0, 0 };
#else
#define IS_UNKNOWN_MACHINE
#endif

bool guarded_run(void *address, struct fault *fault)
{
#ifdef IS_UNKNOWN_MACHINE
	(void)address;
	(void)fault;
	return false;
#else
	unsigned char before[sizeof(return_code)];
	volatile bool is_put = false;
	void *address_of_code = address;
	void (*code)(void);

#ifdef POINTS_TO_DESCRIPTOR
	/* Address, table of contents, environment: the last two are of no use to a mere return. */
	uintptr_t descriptor[3];
	bool (*self)(void *, struct fault *) = guarded_run;
	const void *own;

	memcpy(&own, &self, sizeof(own));
	memcpy(descriptor, own, sizeof(descriptor));
	descriptor[0] = (uintptr_t)address;
	address_of_code = descriptor;
#endif
	memcpy(&code, &address_of_code, sizeof(code));
	expect_faults();
	if (sigsetjmp(way_out, 0) == 0) {
		for (size_t i = 0; i < sizeof(return_code); i++)
			before[i] = load_byte((unsigned char *)address + i);
		is_put = true;
		for (size_t i = 0; i < sizeof(return_code); i++)
			store_byte((unsigned char *)address + i, return_code[i]);
		__builtin___clear_cache((char *)address, (char *)address + sizeof(return_code));
		code();
	}
	if (is_put && sigsetjmp(way_out, 0) == 0)
		for (size_t i = 0; i < sizeof(return_code); i++)
			store_byte((unsigned char *)address + i, before[i]);
	expect_none(fault);
	return true;
#endif
}
