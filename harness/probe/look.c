#include "look.h"

#include "forms.h"
#include "raw.h"
#include "request.h"

#include <stdlib.h>

/* Looks at an idle actor before its calls count as invisible, and microseconds between them. */
#define TRIES 2000
#define PAUSE 50

enum detection detection;
bool calls_are_visible;

const char *detection_name(void)
{
	static const char *const names[] = {
		[DETECTION_FIFO] = "fifo", [DETECTION_PROC] = "proc", [DETECTION_PATIENT] = "patient"
	};

	return names[detection];
}

/* The offset is 0, and in as many words as any architecture takes for it. */
static long read_anew(int file, char *text, size_t bytes)
{
	return syscall(SYS_pread64, file, text, bytes, 0L, 0L, 0L);
}

/* Fields of /proc/PID/stat (proc(5)), and more bytes than they take up to the last of them. */
enum { STATE = 3, NUMBER_OF_THREADS = 20 };
#define STAT_BYTES 512

/* No process state: the process has been released. 'X' is one that is dead and about to be, and so still busy. */
#define GONE 'g'

/*
 * Whether other threads outlive the first one, which is a zombie already: what the process holds is not given back yet.
 * Emulators have threads of their own. `fields` begins with the state.
 */
static bool has_threads(const char *fields)
{
	int blanks = NUMBER_OF_THREADS - STATE;

	while (*fields != '\0' && blanks > 0)
		blanks -= *fields++ == ' ';
	return atoi(fields) > 1;
}

/* Whether one of these threads is an actor: it goes on, and the first one was an actor that has ended alone. */
static bool has_acting_threads(const struct seat *seat)
{
	for (int slot = 0; slot < SLOTS; slot++)
		if (seats[slot].condition != EMPTY && seats[slot].pid != seat->pid &&
		    syscall(SYS_tgkill, seat->pid, seats[slot].pid, 0) == 0)
			return true;
	return false;
}

/* The state letter, or GONE. Under gVisor the file of a thread that is gone can still be read: its number is 0 then. */
static char state_of(const struct seat *seat)
{
	char text[STAT_BYTES];
	long length = read_anew(seat->stat_file, text, sizeof(text) - 1);

	if (length <= 0 || text[0] == '0')
		return GONE;
	text[length] = '\0';
	/* Some kernels describe a released process to those who have the file open. It has no pid any more. */
	if (strncmp(text, "0 ", 2) == 0)
		return GONE;
	for (long at = length - 3; at >= 0; at--)
		if (text[at] == ')')
			return text[at + 2] == 'Z' && has_threads(text + at + 2) && !has_acting_threads(seat) ? 'R' :
											 text[at + 2];
	return 'R';
}

/*
 * Whether a stopped process has told its parent so: it shows 'T' before that, and leaves the processor behind it
 * (kernel/signal.c, do_signal_stop). The kernel waits for the latter, or says "running".
 */
static bool has_told(const struct seat *seat)
{
	char text[8];

	return !calls_are_visible || read_anew(seat->syscall_file, text, sizeof(text)) <= 0 || text[0] != 'r';
}

/* The system call that the process sleeps in; -1: it runs, or that cannot be seen. */
static long call_of(const struct seat *seat)
{
	char text[64];
	long length = read_anew(seat->syscall_file, text, sizeof(text) - 1);

	if (length <= 0 || text[0] < '0' || text[0] > '9')
		return -1;
	text[length] = '\0';
	return atol(text);
}

/* Whether a call of the form sleeps in system calls of this number. Wrappers differ in which of them they use. */
static bool sleeps_in(int form, long number)
{
	switch (form) {
	case FORM_SEMOP:
	case FORM_SEMTIMEDOP:
	case FORM_MSGSND:
	case FORM_MSGRCV:
	case FORM_BAD_MSGRCV:
	case FORM_WIDE_SEMOP:
		switch (number) {
#ifdef SYS_semop
		case SYS_semop:
#endif
#ifdef SYS_semtimedop
		case SYS_semtimedop:
#endif
#ifdef SYS_semtimedop_time64
		case SYS_semtimedop_time64:
#endif
#ifdef SYS_ipc
		case SYS_ipc:
#endif
		case SYS_msgsnd:
		case SYS_msgrcv:
			return true;
		}
		return false;
	case FORM_WAIT:
	case FORM_WAITPID:
	case FORM_WAIT4:
	case FORM_WAITID:
		switch (number) {
#ifdef SYS_waitpid
		case SYS_waitpid:
#endif
		case SYS_wait4:
		case SYS_waitid:
			return true;
		}
		return false;
	case FORM_VFORK:
		switch (number) {
#ifdef SYS_vfork
		case SYS_vfork:
#endif
		case SYS_clone:
			return true;
		}
		return false;
	default:
		return false;
	}
}

/* Calls of other forms wait, if at all, for a helper of theirs, or for a moment between the many that they are. */
static bool can_sleep(int form)
{
	switch (form) {
	case FORM_INSIDE:
	case FORM_IPCS_SEM:
	case FORM_IPCS_MSG:
	case FORM_IPCS_SHM:
	case FORM_IPCRM_SEM:
	case FORM_IPCRM_MSG:
	case FORM_IPCRM_SHM:
	case FORM_MANY_SHMAT:
	case FORM_CHURN:
		return false;
	default:
		return true;
	}
}

static int form_of_call(int slot)
{
	return form_of_step(shared->slots[slot].begun - 1);
}

/* Order matters: stat alone is wrong for waits that return at once, syscall alone for sleepers already woken. */
static enum condition look_in_proc(int slot, bool must_be_in_futex)
{
	const struct seat *seat = &seats[slot];
	const struct slot *place = &shared->slots[slot];
	bool rested = is_rested(slot);

	switch (state_of(seat)) {
	case 'Z':
	case GONE:
		return EMPTY;
	case 'T':
		if (!has_told(seat))
			return BUSY;
		return rested ? STOPPED_IDLE : STOPPED_IN_CALL;
	case 'D':
		/* The parent of a child that has its memory; nobody else is at rest like that. */
		if (rested || form_of_call(slot) != FORM_VFORK)
			return BUSY;
		break;
	case 'S':
		break;
	default:
		return BUSY;
	}
	if (rested)
		return !must_be_in_futex || call_of(seat) == SYS_futex ? IDLE : BUSY;
	if (!can_sleep(form_of_call(slot)))
		return BUSY;
	if (calls_are_visible && !sleeps_in(form_of_call(slot), call_of(seat)))
		return BUSY;
	return load_acquire(&place->done) == place->begun ? BUSY : ASLEEP;
}

enum condition look(int slot, bool processes)
{
	/* Nobody is signalled: the marks tell who is idle. */
	if (!processes && is_rested(slot))
		return IDLE;
	if (!processes && detection == DETECTION_FIFO) {
		/* Who slept before and has not rested sleeps on. One look confirms that a new sleeper is one. */
		if (seats[slot].condition == ASLEEP || sleeps_in(form_of_call(slot), call_of(&seats[slot])))
			return ASLEEP;
	}
	return look_in_proc(slot, processes && calls_are_visible && detection != DETECTION_FIFO);
}

bool is_being_released(int slot)
{
	if (seats[slot].stat_file < 0)
		return false;
	switch (state_of(&seats[slot])) {
	case 'X':
		return true;
	case GONE:
		seat_released(slot);
		return false;
	default:
		return false;
	}
}

void look_for_calls(int idle_slot)
{
	for (int tries = 0; tries < TRIES && !calls_are_visible && seats[idle_slot].syscall_file >= 0; tries++) {
		if (state_of(&seats[idle_slot]) == 'S')
			calls_are_visible = call_of(&seats[idle_slot]) == SYS_futex;
		if (!calls_are_visible)
			pause_microseconds(PAUSE);
	}
}
