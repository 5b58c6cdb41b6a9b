#include "thread.h"

#include "actor.h"
#include "raw.h"
#include "shared.h"

#include <pthread.h>
#include <sched.h>

/* Bytes: a turn needs little, but the libc takes the thread-local buffers from the same memory. */
#define STACK_BYTES ((size_t)1 << 20)
#define CLONED_STACK_BYTES ((size_t)1 << 18)
/* Microseconds that a thread may take until it is in its slot. */
#define START_MICROSECONDS_MAX 5000000

#define THREAD_FLAGS (CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD)

struct beginning {
	int slot;
	unsigned long flags;
	/* errno of a thread that could not be made. */
	int error;
	/* Who made the thread, and ends at once. */
	pid_t donor;
};

static void *begin(void *argument)
{
	const struct beginning *beginning = argument;

	actor_run_thread(beginning->slot);
}

static int begin_cloned(void *argument)
{
	const struct beginning *beginning = argument;

	while (syscall(SYS_tgkill, raw_getpid(), beginning->donor, 0) == 0)
		raw_yield();
	actor_run_thread(beginning->slot);
}

/*
 * A thread that the libc does not know would have no errno of its own: one that the libc made clones it, leaves it what
 * the libc set up (but for the stack, of which it keeps a part) and ends. A libc whose clone() makes no threads gets one
 * that shares its adjustments no longer.
 */
static void *begin_donor(void *argument)
{
	_Alignas(16) char stack[CLONED_STACK_BYTES];
	struct beginning *beginning = argument;
	struct beginning own = *beginning;
	int flags = (int)(THREAD_FLAGS | own.flags);

	own.donor = raw_gettid();
	if (clone(begin_cloned, stack + sizeof(stack), flags, &own) >= 0)
		thread_end(0);
	if (errno == EINVAL && (own.flags & CLONE_SYSVSEM || syscall(SYS_unshare, CLONE_SYSVSEM) == 0))
		actor_run_thread(own.slot);
	store_release(&beginning->error, errno);
	thread_end(0);
	return NULL;
}

static int wait_for(const struct beginning *beginning)
{
	int64_t began = monotonic_microseconds();

	for (;;) {
		int32_t id = load_acquire(&shared->slots[beginning->slot].pid);

		if (id > 0)
			return id;
		errno = load_acquire(&beginning->error);
		if (errno == 0 && monotonic_microseconds() - began > START_MICROSECONDS_MAX)
			errno = EAGAIN;
		if (errno != 0)
			return -1;
		raw_yield();
	}
}

static int start(void *(*routine)(void *), struct beginning *beginning)
{
	pthread_attr_t attributes;
	pthread_t thread;
	int error;

	pthread_attr_init(&attributes);
	pthread_attr_setstacksize(&attributes, STACK_BYTES);
	error = pthread_create(&thread, &attributes, routine, beginning);
	pthread_attr_destroy(&attributes);
	if (error == 0)
		return wait_for(beginning);
	errno = error;
	return -1;
}

int thread_start(int slot)
{
	struct beginning beginning = { slot, 0, 0, 0 };

	return start(begin, &beginning);
}

int thread_start_cloned(int slot, unsigned long flags)
{
	struct beginning beginning = { slot, flags, 0, 0 };

	return start(begin_donor, &beginning);
}

void thread_end(int status)
{
	syscall(SYS_exit, status);
}
