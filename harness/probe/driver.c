#include "driver.h"

#include "allowed.h"
#include "arena.h"
#include "descendants.h"
#include "hello.h"
#include "huge_pages.h"
#include "identity.h"
#include "look.h"
#include "objects.h"
#include "privileges.h"
#include "processors.h"
#include "raw_signals.h"
#include "scenario.h"
#include "seats.h"
#include "settings.h"

#include <poll.h>
#include <stdlib.h>
#include <sys/prctl.h>

/* In a namespace of our own nobody else has keys. */
#define KEY_BASE 0x10c00000
/* Among others: a base at random, with room for KEYS_MAX above it. */
#define KEY_BASE_LEAST 0x20000000
#define KEY_BASE_MASK 0x1ffff000

/* Without namespaces, what the driver leaves behind when it must end has to be removed by itself. */
static void end(int signal)
{
	(void)signal;
	seats_clear();
	remove_made();
	leave(STATUS_DIED);
}

/* When the process outside dies, so does everything here. */
static void die_with_parent(enum isolation isolation, int lifeline)
{
	struct pollfd file = { .fd = lifeline, .events = POLLIN };

	if (isolation == ISOLATION_NONE) {
		raw_set_disposition(SIGTERM, end);
		raw_prctl(PR_SET_CHILD_SUBREAPER, 1);
	}
	raw_prctl(PR_SET_PDEATHSIG, isolation == ISOLATION_NONE ? SIGTERM : SIGKILL);
	/* It may be dead already. */
	if (poll(&file, 1, 0) > 0)
		raw_exit(STATUS_DIED);
}

static int random_key_base(void)
{
	uint32_t number = 0;

	if (syscall(SYS_getrandom, &number, sizeof(number), 0) != sizeof(number))
		number = (uint32_t)monotonic_microseconds() * 2654435761u;
	return (int)(number & KEY_BASE_MASK) + KEY_BASE_LEAST;
}

static void start_first_actor(void)
{
	const char *problem = seat_start(0);

	if (problem != NULL)
		fail("%s", problem);
	if (seats[0].stat_file < 0)
		fail("/proc is not mounted, or does not show the probe's own processes");
	look_for_calls(0);
}

/* The best detection that works here, or the one that IPC_ORACLE_DETECTION names. */
static void choose_detection(void)
{
	const char *wish = getenv("IPC_ORACLE_DETECTION");
	bool any = wish == NULL || *wish == '\0';

	detection = DETECTION_PATIENT;
	/* Not before: with ordinary priority it would wait there for all that others do with a higher one. */
	pin(run->processor);
	/* The guard has found out whether it may. The actors have the same privileges at that point. */
	if (run->fifo)
		run->fifo = use_fifo(0, ACTOR_PRIORITY) && use_fifo(0, DRIVER_PRIORITY);
	if (run->fifo)
		detection = DETECTION_FIFO;
	else
		use_ordinary_scheduling(0);
	start_first_actor();
	if (!run->fifo && calls_are_visible && (any || strcmp(wish, "proc") == 0))
		detection = DETECTION_PROC;
	if (!any && strcmp(wish, detection_name()) != 0)
		fail("IPC_ORACLE_DETECTION=%s is not possible here", wish);
	if (detection == DETECTION_PATIENT)
		calls_are_visible = false;
}

_Noreturn void driver_run(enum isolation isolation, int lifeline)
{
	struct frame frame;
	struct request request;
	bool maps_others;
	signal_mask none = only(0);
	const char *entry = getenv("IPC_ORACLE_ENTRY");

	/* What the actors do not inherit lies below the fence, where it leaves no hole. */
	raise_fence();
	if (!wire_prepare())
		raw_exit(STATUS_CANNOT_RUN);
	raw_sigprocmask(SIG_SETMASK, &none, NULL);
	die_with_parent(isolation, lifeline);
	syscall(SYS_setsid);
	run->driver_pid = raw_getpid();
	run->uid = raw_geteuid();
	run->gid = raw_getegid();
	run->key_base = run->ipc_namespace ? KEY_BASE : random_key_base();
	run->entry_is_syscall = entry != NULL && strcmp(entry, "syscall") == 0;
	run->arena = find_arena();
	if (run->arena == 0)
		fail("there is no room for attachments in the address space");
	forbid_core_dumps();
	sharpen_timers();
	seats_prepare();
	maps_others = maps_other_users();
	/* Where others have objects, too, those of other users would not be known as ours. */
	run->identities = run->ipc_namespace ? try_identities(maps_others) : IDENTITIES_NONE;
	run->changes_limits = limits_try();
	run->changes_pids = next_pid_try();
	choose_detection();
	say_hello(maps_others, huge_pages_here(isolation));
	while (wire_read(&frame)) {
		read_request(&frame, &request);
		if (request.repetitions > 0)
			run_overlapping(&request);
		else
			run_scenario(&request);
	}
	seats_clear();
	remove_made();
	leave(STATUS_DONE);
}
