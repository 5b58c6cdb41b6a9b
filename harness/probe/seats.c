#include "seats.h"

#include "actor.h"
#include "descendants.h"
#include "progress.h"
#include "raw.h"

#include <stdio.h>
#include <sys/wait.h>

/* Microseconds that a new actor may take until it is idle. */
#define START_MICROSECONDS_MAX 5000000
/* Yields before the driver sleeps between looks. */
#define EAGER_YIELDS 1000

struct seat seats[SLOTS];

static int open_proc(int number, const char *file)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/%s", number, file);
	return raw_open(path, O_RDONLY | O_CLOEXEC);
}

static void sit_down(int slot, int pid)
{
	struct seat *seat = &seats[slot];
	int number = shared->slots[slot].number;

	seat->pid = pid;
	seat->condition = seat->now = IDLE;
	seat->taken = 0;
	seat->stat_file = open_proc(number, "stat");
	seat->syscall_file = open_proc(number, "syscall");
}

static void close_file(int *file)
{
	if (*file >= 0)
		raw_close(*file);
	*file = -1;
}

void seat_leave(int slot)
{
	struct seat *seat = &seats[slot];
	struct slot *place = &shared->slots[slot];

	close_file(&seat->syscall_file);
	seat->condition = seat->now = EMPTY;
	seat->pid = 0;
	place->pid = SLOT_LEFT;
	place->number = 0;
	place->turn = place->rested = 0;
	place->begun = place->done = 0;
	place->used = 0;
	place->leftovers = 0;
}

void seat_released(int slot)
{
	close_file(&seats[slot].stat_file);
}

static void clear(int slot)
{
	seat_leave(slot);
	seat_released(slot);
	shared->slots[slot].pid = SLOT_FREE;
}

void seats_prepare(void)
{
	for (int slot = 0; slot < SLOTS; slot++) {
		seats[slot].stat_file = seats[slot].syscall_file = -1;
		clear(slot);
	}
}

const char *seat_start(int slot)
{
	int64_t began = monotonic_microseconds();
	pid_t pid;

	clear(slot);
	pid = raw_clone(SIGCHLD);
	if (pid == 0)
		actor_run(slot);
	if (pid < 0)
		return "no process can be made for a new actor";
	for (int yields = 0; load_acquire(&shared->slots[slot].pid) != pid; yields++) {
		if (yields > EAGER_YIELDS)
			rest_for(100);
		else
			raw_yield();
		if (raw_wait(pid, NULL, WNOHANG) == pid)
			return "a new actor died";
		if (monotonic_microseconds() - began > START_MICROSECONDS_MAX) {
			raw_kill(pid, SIGKILL);
			raw_wait(pid, NULL, 0);
			return "a new actor did not start within 5 s";
		}
	}
	sit_down(slot, pid);
	return NULL;
}

bool is_of_actor(int pid)
{
	if (seat_of(pid) >= 0)
		return true;
	for (int slot = 0; slot < SLOTS && pid > 0; slot++)
		if (seats[slot].condition != EMPTY && syscall(SYS_tgkill, pid, seats[slot].pid, 0) == 0)
			return true;
	return false;
}

/* Of the driver's children one that came by CLONE_PARENT may be new. */
static bool is_in_family(int parent)
{
	return is_of_actor(parent) || parent == raw_getpid();
}

bool seat_child(int slot)
{
	int pid = load_acquire(&shared->slots[slot].pid);

	/* Where others' pids exist, a broken actor must not make the driver kill one of them. */
	if (pid <= 0 || (!run->pid_namespace && !is_in_family(parent_of(pid))))
		return false;
	sit_down(slot, pid);
	return true;
}

int seat_of(int pid)
{
	for (int slot = 0; slot < SLOTS; slot++)
		if (seats[slot].condition != EMPTY && seats[slot].pid == pid)
			return slot;
	return -1;
}

void seats_clear(void)
{
	for (int slot = 0; slot < SLOTS; slot++)
		if (seats[slot].condition != EMPTY)
			raw_kill(seats[slot].pid, SIGKILL);
	/* Those that are the driver's own children; then whoever else there may be. */
	for (int slot = 0; slot < SLOTS; slot++)
		if (seats[slot].condition != EMPTY)
			raw_wait(seats[slot].pid, NULL, 0);
	kill_descendants();
	for (int slot = 0; slot < SLOTS; slot++)
		clear(slot);
}

void forget_records(int slot)
{
	shared->slots[slot].used = 0;
	seats[slot].taken = 0;
}

void give_turn(int slot, int first, int last)
{
	struct slot *place = &shared->slots[slot];

	make_progress();
	forget_records(slot);
	place->first = first;
	place->last = last;
	place->begun = place->done = first;
	store_release(&place->turn, place->turn + 1);
	futex_wake(&place->turn);
}
