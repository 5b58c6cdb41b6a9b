#include "restless.h"

#include "privileges.h"
#include "progress.h"
#include "seats.h"

#include <stdlib.h>

/* Microseconds that a lifted driver watches the actors, and the processor time in that which is too much. */
#define WATCH 300000
#define TOO_MUCH_OF_WATCH 30000
/* How often it may be lifted in vain before that is believed to be the fault of actors it does not know of. */
#define LIFTS_MAX 4
/* Microseconds until it looks among equals what the actors have used, and what is too much after that. */
#define SUSPICIOUS 100000
#define TOO_MUCH 500000

/* Of the fields in /proc/PID/stat behind the name: state is the first. */
#define FIELD_USER_TIME 12

static int lifts;
/* -1: it has not looked yet. */
static int64_t used_before;

void forget_restlessness(void)
{
	lifts = 0;
	used_before = -1;
}

/* Clock ticks that this process has used. */
static int64_t ticks_of(const struct seat *seat)
{
	char text[512];
	long length = syscall(SYS_pread64, seat->stat_file, text, sizeof(text) - 1, 0L, 0L, 0L);
	char *at;

	text[length < 0 ? 0 : length] = '\0';
	at = strrchr(text, ')');
	for (int field = 0; at != NULL && field < FIELD_USER_TIME; field++)
		at = strchr(at + 1, ' ');
	if (at == NULL)
		return 0;
	return strtoll(at, &at, 10) + strtoll(at, NULL, 10);
}

/* Microseconds of processor time that all actors have used. */
static int64_t used_by_actors(void)
{
	int64_t ticks = 0;

	for (int slot = 0; slot < SLOTS; slot++)
		if (seats[slot].condition != EMPTY)
			ticks += ticks_of(&seats[slot]);
	return ticks * 1000000 / sysconf(_SC_CLK_TCK);
}

void step_down(void)
{
	/* In this order: should it be lifted again in between, it takes notice of that once more. */
	store_release(&run->lifted, 0);
	use_fifo(0, DRIVER_PRIORITY);
}

bool never_rest(void)
{
	int64_t used = used_by_actors();
	uint32_t before = progress();

	pause_microseconds(WATCH);
	if (++lifts > LIFTS_MAX || (progress() == before && used_by_actors() - used >= TOO_MUCH_OF_WATCH))
		return true;
	step_down();
	make_progress();
	return false;
}

bool have_run_too_long(int64_t elapsed)
{
	if (elapsed < SUSPICIOUS)
		return false;
	if (used_before < 0)
		used_before = used_by_actors();
	return used_by_actors() - used_before >= TOO_MUCH;
}
