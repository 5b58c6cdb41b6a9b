/*
 * System calls without the libc's wrappers. The plumbing uses nothing else: a wrapper may be the very thing that is
 * broken. All answer as the kernel wrappers do (-1 and errno).
 */
#ifndef RAW_H
#define RAW_H

#include "probe.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif
#ifndef SYS_close_range
#define SYS_close_range 436
#endif
#ifndef SYS_futex
#define SYS_futex SYS_futex_time64
#endif


/* The time that these calls take: the one of the kernel's first ABI, where there is one. */
#ifdef SYS_nanosleep
#ifdef __x86_64__
typedef long long kernel_word;
#else
typedef long kernel_word;
#endif
#else
typedef int64_t kernel_word;
#define SYS_rt_sigtimedwait SYS_rt_sigtimedwait_time64
#define SYS_ppoll SYS_ppoll_time64
#endif

/* What the kernel calls __kernel_long_t. */
#if defined(__x86_64__)
typedef long long kernel_long;
#else
typedef long kernel_long;
#endif

struct kernel_time {
	kernel_word seconds, nanoseconds;
};

#define FUTEX_WAIT_SHARED 0
#define FUTEX_WAKE_SHARED 1

static inline void futex_wait(uint32_t *word, uint32_t while_it_is)
{
	syscall(SYS_futex, word, FUTEX_WAIT_SHARED, while_it_is, NULL, NULL, 0);
}

static inline void futex_wake(uint32_t *word)
{
	syscall(SYS_futex, word, FUTEX_WAKE_SHARED, 1, NULL, NULL, 0);
}

static inline void futex_wake_all(uint32_t *word)
{
	syscall(SYS_futex, word, FUTEX_WAKE_SHARED, INT32_MAX, NULL, NULL, 0);
}

static inline pid_t raw_getpid(void)
{
	return (pid_t)syscall(SYS_getpid);
}

static inline pid_t raw_gettid(void)
{
	return (pid_t)syscall(SYS_gettid);
}

static inline unsigned raw_geteuid(void)
{
#ifdef SYS_geteuid32
	return (unsigned)syscall(SYS_geteuid32);
#else
	return (unsigned)syscall(SYS_geteuid);
#endif
}

static inline unsigned raw_getegid(void)
{
#ifdef SYS_getegid32
	return (unsigned)syscall(SYS_getegid32);
#else
	return (unsigned)syscall(SYS_getegid);
#endif
}

/* A child as fork makes it (with SIGCHLD), but the libc does not hear of it: neither side may use threads or raise(). */
static inline pid_t raw_clone(unsigned long flags)
{
#if defined(__s390__) || defined(__s390x__)
	return (pid_t)syscall(SYS_clone, 0, flags, 0, 0, 0);
#else
	return (pid_t)syscall(SYS_clone, flags, 0, 0, 0, 0);
#endif
}

static inline int raw_kill(pid_t pid, int signal)
{
	return (int)syscall(SYS_kill, pid, signal);
}

static inline pid_t raw_wait(pid_t pid, int *status, int options)
{
	return (pid_t)syscall(SYS_wait4, pid, status, options, NULL);
}

static inline _Noreturn void raw_exit(int status)
{
	for (;;)
		syscall(SYS_exit_group, status);
}

static inline long raw_read(int fd, void *to, size_t bytes)
{
	return syscall(SYS_read, fd, to, bytes);
}

static inline long raw_write(int fd, const void *from, size_t bytes)
{
	return syscall(SYS_write, fd, from, bytes);
}

static inline int raw_open(const char *path, int flags)
{
	return (int)syscall(SYS_openat, AT_FDCWD, path, flags, 0);
}

static inline void raw_close(int fd)
{
	syscall(SYS_close, fd);
}

static inline int raw_prctl(int option, unsigned long value)
{
	return (int)syscall(SYS_prctl, option, value, 0UL, 0UL, 0UL);
}

static inline void raw_yield(void)
{
	syscall(SYS_sched_yield);
}

/*
 * clock_gettime is not a call under test, and through the libc it costs no system call. time_t is read as it is:
 * the probe compares stamps, it does not outlive 2038 on a 32-bit time_t any better than its target.
 */
static inline int64_t coarse_seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME_COARSE, &now);
	return now.tv_sec;
}

static inline int64_t monotonic_microseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static inline int64_t monotonic_nanoseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static inline struct kernel_time kernel_time(long microseconds)
{
	struct kernel_time time = { microseconds / 1000000, microseconds % 1000000 * 1000 };

	return time;
}

static inline void pause_microseconds(long microseconds)
{
	struct kernel_time time = kernel_time(microseconds);

#ifdef SYS_nanosleep
	syscall(SYS_nanosleep, &time, NULL);
#else
	syscall(SYS_clock_nanosleep_time64, CLOCK_MONOTONIC, 0, &time, NULL);
#endif
}

#endif
