/* Signal actions and masks without the libc. */
#ifndef RAW_SIGNALS_H
#define RAW_SIGNALS_H

#include "raw.h"

#if defined(__mips__)
#define SIGNALS_MAX 128
#else
#define SIGNALS_MAX 64
#endif

/* Bytes of the kernel's signal set. */
#define KERNEL_SIGSET_SIZE (SIGNALS_MAX / 8)

#define MASK_BITS (8 * (int)sizeof(unsigned long))

/* The mask of the kernel: bit n - 1 is signal n. */
typedef struct {
	unsigned long words[SIGNALS_MAX / MASK_BITS];
} signal_mask;

typedef void (*signal_handler)(int signal, siginfo_t *info, void *context);

/* As the kernel takes it. */
#if defined(__mips__)
struct signal_action {
	unsigned int flags;
	signal_handler handler;
	signal_mask mask;
	/* Nothing to the kernel; emulators fill it. */
	void (*reserved[2])(void);
};
#else
struct signal_action {
	signal_handler handler;
	unsigned long flags;
#if !defined(__riscv) && !defined(__loongarch__) && !defined(__alpha__) && !defined(__hppa__)
	void (*restorer)(void);
#endif
	signal_mask mask;
};
#endif

/* An action that the kernel accepts and can return from. */
struct signal_action signal_action(signal_handler handler, unsigned long flags);

static inline int raw_sigaction(int signal, const struct signal_action *action, struct signal_action *old)
{
	return (int)syscall(SYS_rt_sigaction, signal, action, old, (size_t)KERNEL_SIGSET_SIZE);
}

static inline int raw_sigprocmask(int how, const signal_mask *mask, signal_mask *old)
{
	return (int)syscall(SYS_rt_sigprocmask, how, mask, old, (size_t)KERNEL_SIGSET_SIZE);
}

/* Returns when one of these signals, which are blocked, has come, or after that time. */
static inline void wait_for_signal(const signal_mask *mask, long microseconds)
{
	struct kernel_time time = kernel_time(microseconds);

	if (syscall(SYS_rt_sigtimedwait, mask, NULL, &time, (size_t)KERNEL_SIGSET_SIZE) < 0 && errno != EAGAIN)
		pause_microseconds(microseconds);
}

static inline void raw_set_disposition(int signal, void (*disposition)(int))
{
	struct signal_action action = signal_action((signal_handler)(void (*)(void))disposition, 0);

	raw_sigaction(signal, &action, NULL);
}

static inline bool is_signal(int number)
{
	return number >= 1 && number <= SIGNALS_MAX;
}

/* The set of this signal alone; the empty set for what is no signal. */
static inline signal_mask only(int signal)
{
	signal_mask mask;

	memset(&mask, 0, sizeof(mask));
	if (is_signal(signal))
		mask.words[(signal - 1) / MASK_BITS] = 1UL << (signal - 1) % MASK_BITS;
	return mask;
}

static inline bool includes(const signal_mask *mask, int signal)
{
	return is_signal(signal) && (mask->words[(signal - 1) / MASK_BITS] >> (signal - 1) % MASK_BITS & 1);
}

#endif
