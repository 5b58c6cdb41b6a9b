#include "safety.h"

#include "call.h"
#include "descendants.h"
#include "forms.h"
#include "objects.h"
#include "raw.h"
#include "request.h"
#include "seats.h"

#include <limits.h>

/* No Linux has pids beyond this. */
#define PID_MAX 4194304

/* The others would share memory with an actor, or leave the probe's namespaces. */
#define HARMLESS_FLAGS (CLONE_PARENT | CLONE_SYSVSEM)
#ifndef CLONE_NEWIPC
#define CLONE_NEWIPC 0x08000000
#endif

/* The kind of object whose id the form takes as its first argument, or -1. */
static int kind_of_id(int form)
{
	if (form >= FORM_SEMOP && form <= FORM_SEMCTL_OTHER)
		return SEMAPHORES;
	if (form >= FORM_MSGSND && form <= FORM_MSGCTL_OTHER)
		return QUEUE;
	if (form == FORM_SHMAT || form == FORM_MANY_SHMAT || (form >= FORM_SHMCTL_IPC_STAT && form <= FORM_SHMCTL_OTHER))
		return SEGMENT;
	return -1;
}

/* An actor, or a zombie that its parent, an actor, has not waited for: its pid is nobody else's. */
static bool is_ours(int pid)
{
	return is_of_actor(pid) || is_of_actor(parent_of(pid));
}

static bool is_nobody(int target)
{
	return raw_kill(target, 0) < 0 && errno == ESRCH;
}

/* A group with an actor in it that is not the driver's has nobody else in it. */
static bool is_our_group(int group)
{
	if (group == raw_getpid())
		return false;
	for (int slot = 0; slot < SLOTS; slot++) {
		int pid = (int)shared->registers[slot];

		if (pid > 0 && is_ours(pid) && syscall(SYS_getpgid, pid) == group)
			return true;
	}
	return is_nobody(-group);
}

static bool may_be_killed(int caller, int target, int signal)
{
	if (signal == 0)
		return true;
	if (target == 0)
		return is_our_group((int)syscall(SYS_getpgid, caller));
	/* Everybody; and what Linux refuses. */
	if (target == -1 || target == INT_MIN)
		return target == INT_MIN;
	if (target < 0)
		return is_our_group(-target);
	return target > PID_MAX || is_ours(target) || is_nobody(target);
}

static bool is_literal_id(const int32_t *words)
{
	return kind_of_id(words[STEP_FORM]) >= 0 && words[STEP_ARGUMENTS] == LITERAL;
}

/* A key that others may use. */
static bool is_literal_key(const int32_t *words)
{
	int form = words[STEP_FORM];

	return (form == FORM_SEMGET || form == FORM_MSGGET || form == FORM_SHMGET) && words[STEP_ARGUMENTS] < 0;
}

bool must_be_watched(int step)
{
	return !run->ipc_namespace && is_literal_id(step_words(step));
}

bool is_safe(int step)
{
	const int32_t *words = step_words(step);
	struct call call = { .words = words + STEP_ARGUMENTS };

	if (words[STEP_FORM] >= FORM_IPCRM_SEM && words[STEP_FORM] <= FORM_IPCRM_SHM)
		return run->ipc_namespace;
	/* In a namespace of our own another one loses nothing: it goes with the actors in it. */
	if (words[STEP_FORM] == FORM_UNSHARE)
		return (take_int(&call) & ~(HARMLESS_FLAGS | (run->ipc_namespace ? CLONE_NEWIPC : 0))) == 0;
	if (words[STEP_FORM] == FORM_CLONE || words[STEP_FORM] == FORM_THREAD)
		return (take_int(&call) & ~HARMLESS_FLAGS) == 0;
	if (!run->pid_namespace && words[STEP_FORM] == FORM_KILL) {
		int target = take_process(&call);

		return may_be_killed(seats[words[STEP_SLOT]].pid, target, take_int(&call));
	}
	if (run->ipc_namespace)
		return true;
	if (is_literal_key(words))
		return false;
	if (is_literal_id(words))
		return !is_foreign(kind_of_id(words[STEP_FORM]), take_id(&call));
	return shared->made_count < MADE_MAX;
}
