#include "cleanup.h"

#include "allowed.h"
#include "namespaces.h"
#include "objects.h"
#include "raw.h"
#include "seats.h"
#include "settings.h"
#include "settle.h"

static bool settle_again(const struct request *request)
{
	struct unrest unrest = { request->roots, false, -1, -1, monotonic_microseconds() };
	bool rests = settle(&unrest);

	for (int slot = 0; slot < request->roots; slot++)
		if (seats[slot].condition != EMPTY)
			seats[slot].condition = seats[slot].now;
	return rests;
}

static bool all_are_idle(const struct request *request)
{
	for (int slot = 0; slot < request->roots; slot++)
		if (seats[slot].condition != IDLE)
			return false;
	return true;
}

/* False: the actors have to be replaced. */
static bool clean_actors(const struct request *request)
{
	if (!all_are_idle(request) && (!settle_again(request) || !all_are_idle(request)))
		return false;
	if (!request->caller)
		return true;
	for (int slot = 0; slot < request->roots; slot++) {
		if (shared->slots[slot].leftovers == 0)
			continue;
		give_turn(slot, TURN_CLEAN, TURN_CLEAN);
		if (!settle_again(request) || !all_are_idle(request) || shared->slots[slot].leftovers != 0)
			return false;
	}
	return true;
}

void clean_up(const struct request *request, bool is_suspect)
{
	bool replace = is_suspect || request->processes;

	/* First the actors, where they die anyway: what they hold and what they undo is over then. */
	if (replace)
		seats_clear();
	remove_made();
	limits_restore();
	settings_restore();
	if (!replace && !clean_actors(request))
		seats_clear();
	if (!run->ipc_namespace || !objects_are_left(is_suspect ? ALL_KINDS : request->makes))
		return;
	remove_all(ALL_KINDS);
	if (!objects_are_left(ALL_KINDS))
		return;
	/* Attachments that the actors do not know of. */
	seats_clear();
	/* Objects that nobody can remove, since the kernel is broken, stay behind in a namespace without processes. */
	if (objects_are_left(ALL_KINDS) && (!change_ipc_namespace() || objects_are_left(ALL_KINDS)))
		spoilt("IPC objects of scenario %d cannot be removed", request->number);
}
