#include "actor.h"

#include "allowed.h"
#include "arena.h"
#include "call.h"
#include "caught.h"
#include "forms.h"
#include "gate.h"
#include "identity.h"
#include "leftovers.h"
#include "privileges.h"
#include "processors.h"
#include "raw_signals.h"
#include "request.h"
#include "usage.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>

/* Words of a return in front of its out data: slot, kind, errno, value. */
#define RETURN_HEAD 5
#define FAULT_WORDS 4
#define SKIPPED_WORDS 2

/* Exit status of a process that must not be here: a second child of one fork. */
#define STATUS_STRAY 77

/* An actor is a thread; most are the only one of their process. */
static _Thread_local struct slot *me;
static _Thread_local int my_slot;
static _Thread_local pid_t my_process;

static void sit(int slot)
{
	my_slot = slot;
	me = &shared->slots[slot];
	my_process = raw_getpid();
}

struct slot *actor_slot(void)
{
	return me;
}

char **actor_arguments(void)
{
	static char number[12];
	static char words[PATH_BYTES];
	static char *arguments[SELF_WORDS_MAX + 3];
	int count = 0;

	snprintf(number, sizeof(number), "%d", my_slot);
	strcpy(words, run->self);
	for (char *word = words; word != NULL && count < SELF_WORDS_MAX; count++) {
		char *end = strchr(word, '\n');

		if (end != NULL)
			*end++ = '\0';
		arguments[count] = word;
		word = end;
	}
	arguments[count] = "--actor";
	arguments[count + 1] = number;
	arguments[count + 2] = NULL;
	return arguments;
}

/* The id that /proc shows: it may be mounted for an outer pid namespace. */
static int number_in_proc(void)
{
	char text[64];
	const char *last;
	long length = syscall(SYS_readlinkat, AT_FDCWD, "/proc/thread-self", text, sizeof(text) - 1);

	if (length < 0)
		length = syscall(SYS_readlinkat, AT_FDCWD, "/proc/self", text, sizeof(text) - 1);
	text[length < 0 ? 0 : length] = '\0';
	last = strrchr(text, '/');
	return atoi(last == NULL ? text : last + 1);
}

/* From here on the driver knows this thread as the actor of its slot. */
static void arrive(void)
{
	me->number = number_in_proc();
	me->born = run->turn_began;
	me->burned_before = shared->burned;
	store_release(&me->pid, (int32_t)raw_gettid());
}

static void put_stamp(int32_t *words, int64_t stamp)
{
	words[0] = (int32_t)(uint32_t)(uint64_t)stamp;
	words[1] = (int32_t)(uint32_t)((uint64_t)stamp >> 32);
}

/* Writes the record of a step that is over. The out data is in place already: see `take_step`. */
static void record(int step, const struct call *call, int64_t ended)
{
	int32_t *record = me->log + me->used;
	int32_t *event = record + RECORD_HEAD;
	int words = call->kind == SKIPPED ? SKIPPED_WORDS : call->kind == FAULTED ? FAULT_WORDS : RETURN_HEAD + call->outputs;
	uint64_t value = (uint64_t)call->value;

	record[0] = step;
	record[1] = (int32_t)coarse_seconds();
	record[2] = words;
	if (run->stamps) {
		put_stamp(record + 3, me->call_began);
		put_stamp(record + 5, ended);
	}
	event[0] = my_slot;
	event[1] = call->kind | call->clobbered << 8 | (int32_t)((uint32_t)call->outputs << 16);
	event[2] = call->kind == FAULTED ? generic_signal(call->error) : generic_error(call->error);
	if (call->kind == FAULTED) {
		event[3] = call->code;
	} else {
		event[3] = (int32_t)(uint32_t)value;
		event[4] = (int32_t)(uint32_t)(value >> 32);
	}
	me->leftovers = count_leftovers();
	store_release(&me->used, me->used + RECORD_HEAD + (uint32_t)words);
}

/* A child has its parent's memory, but is a new actor in the slot that its fork names. */
static void begin_as_child(int slot)
{
	if (slot < 0 || slot >= SLOTS || shared->slots[slot].pid != SLOT_FREE)
		raw_exit(STATUS_STRAY);
	sit(slot);
	forget_caught();
	if (run->spread)
		pin_in_turn(slot);
	arrive();
}

/* One call; false: this process is now another actor. */
static bool take_step(int step)
{
	const int32_t *words = run->script + run->step_at[step];
	struct call call = {
		.form = words[STEP_FORM],
		.reg = words[STEP_REGISTER],
		.words = words + STEP_ARGUMENTS,
		.kind = RETURNED,
		.out = me->log + me->used + RECORD_HEAD + RETURN_HEAD,
	};

	int64_t ended = 0;

	if (run->stamps)
		me->call_began = monotonic_nanoseconds();
	store_release(&me->begun, step + 1);
	perform(&call);
	if (run->stamps)
		ended = monotonic_nanoseconds();
	if (makes_process(call.form)) {
		/* The pid tells who this is, whatever the call returned. */
		if (raw_getpid() != my_process) {
			begin_as_child(call.reg);
			return false;
		}
		put_register(&call);
		if (call_failed(&call) && call.reg >= 0)
			shared->registers[call.reg] = NOBODY;
	}
	store_release(&me->done, step + 1);
	record(step, &call, ended);
	return true;
}

static void take_steps(void)
{
	if (run->gated)
		wait_at_gate();
	for (int step = me->first; step <= load_acquire(&me->last); step++) {
		bool has_room = me->used + RECORD_HEAD + EVENT_WORDS_MAX <= LOG_WORDS;

		if (run->gated)
			disturb(my_slot, step);
		if (!has_room || !take_step(step))
			return;
	}
}

static _Noreturn void take_turns(void)
{
	for (;;) {
		uint32_t turn;

		while ((turn = load_acquire(&me->turn)) == me->rested)
			futex_wait(&me->turn, turn);
		if (me->first == TURN_CLEAN) {
			release_leftovers();
			me->leftovers = count_leftovers();
		} else {
			take_steps();
		}
		store_release(&me->rested, me->turn);
	}
}

/* Only the shared memory and the probe's file stay open: what a scenario opens is all that an actor has. */
static void close_files(void)
{
	int null = raw_open("/dev/null", O_RDWR), first = (run->has_probe_fd ? PROBE_FD : SHARED_FD) + 1;

	if (null >= 0) {
		syscall(SYS_dup3, null, 0, 0);
		syscall(SYS_dup3, null, 1, 0);
	}
	if (syscall(SYS_close_range, first, ~0U, 0) == 0)
		return;
	for (int fd = first; fd < 1024; fd++)
		raw_close(fd);
}

_Noreturn void actor_run(int slot)
{
	sit(slot);
	if (!run->pid_namespace) {
		raw_prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (syscall(SYS_getppid) != run->driver_pid)
			raw_exit(STATUS_STRAY);
	}
	syscall(SYS_setpgid, 0, 0);
	raw_set_disposition(SIGPIPE, SIG_DFL);
	raw_set_disposition(SIGTERM, SIG_DFL);
	close_files();
	shared_restrict();
	if (run->spread) {
		pin_in_turn(slot);
		limit_spinning(SPIN_SECONDS_MAX);
	}
	if (run->fifo) {
		limit_spinning(SPIN_SECONDS_MAX);
		use_fifo(0, ACTOR_PRIORITY);
	}
	/* Last of all, and for root too: no call may succeed by privilege. */
	give_up_privileges();
	arrive();
	take_turns();
}

_Noreturn void actor_run_thread(int slot)
{
	if (slot < 0 || slot >= SLOTS || shared->slots[slot].pid != SLOT_FREE)
		raw_exit(STATUS_STRAY);
	sit(slot);
	if (run->spread)
		pin_in_turn(slot);
	arrive();
	take_turns();
}

int actor_number(void)
{
	return my_slot;
}

/* Nobody else tells the others who this is: the parent does not return before this process has gone. */
_Noreturn void actor_run_on_loan(int slot)
{
	if (slot < 0 || slot >= SLOTS || shared->slots[slot].pid != SLOT_FREE)
		raw_exit(STATUS_STRAY);
	sit(slot);
	shared->registers[slot] = raw_getpid();
	arrive();
	take_turns();
}

void actor_resume(int slot)
{
	sit(slot);
}

_Noreturn void actor_run_again(const char *text)
{
	int slot = atoi(text);
	struct call call = { .form = FORM_EXEC, .kind = RETURNED };

	if (slot < 0 || slot >= SLOTS || !shared_adopt() || shared->slots[slot].pid != raw_getpid())
		raw_exit(STATUS_USAGE);
	sit(slot);
	raise_fence();
	give_up_privileges_again();
	find_out_what_is_allowed();
	/* An emulator starts anew, and may take more than what was executed. */
	if (memory_now() > shared->bytes_besides)
		shared->bytes_besides = memory_now();
	store_release(&me->done, me->begun);
	record(me->begun - 1, &call, monotonic_nanoseconds());
	store_release(&me->rested, me->turn);
	take_turns();
}
