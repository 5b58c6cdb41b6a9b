#include "processors.h"

#include "raw.h"

#include <stdio.h>
#include <stdlib.h>

#define PROCESSORS_MAX 8192
#define WORD_BITS (8 * (int)sizeof(unsigned long))
/* Probes that are told apart on one processor. */
#define TAKERS_MAX 64
#define ORDINARY_MAX 8

/* What the libc calls AF_UNIX and SOCK_DGRAM | SOCK_CLOEXEC. */
#define UNIX_FAMILY 1
#define CLOSED_AT_EXEC_DATAGRAMS (2 | O_CLOEXEC)

struct processors {
	unsigned long words[PROCESSORS_MAX / WORD_BITS];
};

static bool is_in(const struct processors *some, int processor)
{
	return processor >= 0 && processor < PROCESSORS_MAX &&
	       some->words[processor / WORD_BITS] >> processor % WORD_BITS & 1;
}

static struct processors only_processor(int processor)
{
	struct processors one = { .words = { 0 } };

	one.words[processor / WORD_BITS] = 1UL << processor % WORD_BITS;
	return one;
}

static bool get_allowed(struct processors *allowed)
{
	memset(allowed, 0, sizeof(*allowed));
	return syscall(SYS_sched_getaffinity, 0, sizeof(*allowed), allowed) >= 0;
}

/*
 * A name that one socket of the machine (of the network namespace) can have, and that it loses with its last descriptor: who has one
 * leaves nothing behind, however it ends.
 */
struct name {
	uint16_t family;
	char text[64];
	int bytes;
};

static struct name name_of(const char *what, int processor, int number)
{
	struct name name = { .family = UNIX_FAMILY };
	int length = snprintf(name.text + 1, sizeof(name.text) - 1, "ipc-oracle/%s-%d/%d", what, processor, number);

	name.bytes = (int)sizeof(name.family) + 1 + length;
	return name;
}

static int make_socket(void)
{
	return (int)syscall(SYS_socket, UNIX_FAMILY, CLOSED_AT_EXEC_DATAGRAMS, 0);
}

/* False: somebody else has the name, or there are no such sockets here. */
static bool take(const char *what, int processor, int number)
{
	struct name name = name_of(what, processor, number);
	int file = make_socket();

	if (file < 0)
		return false;
	if (syscall(SYS_bind, file, &name, name.bytes) == 0)
		return true;
	raw_close(file);
	return false;
}

static int last_in(const struct processors *some)
{
	int last = PROCESSORS_MAX - 1;

	while (last >= 0 && !is_in(some, last))
		last--;
	return last;
}

/* Who reads what probes write needs time as well: the first of several processors is left to them. */
static void leave_the_first(struct processors *some)
{
	int first = 0;

	while (first < PROCESSORS_MAX && !is_in(some, first))
		first++;
	if (first < last_in(some))
		some->words[first / WORD_BITS] &= ~(1UL << first % WORD_BITS);
}

int take_processor(const char *wish)
{
	struct processors some;
	int last;

	if (!get_allowed(&some))
		return -1;
	if (wish != NULL && !is_in(&some, atoi(wish)))
		return -1;
	if (wish != NULL)
		some = only_processor(atoi(wish));
	else
		leave_the_first(&some);
	last = last_in(&some);
	for (int number = 0; number < TAKERS_MAX; number++)
		for (int at = last; at >= 0; at--)
			if (is_in(&some, at) && take("processor", at, number))
				return at;
	return last;
}

void be_known_as_ordinary(int processor)
{
	for (int number = 0; number < ORDINARY_MAX; number++)
		if (take("ordinary", processor, number))
			return;
}

bool has_ordinary(int processor)
{
	static int file = -1;

	if (file < 0)
		file = make_socket();
	for (int number = 0; file >= 0 && number < ORDINARY_MAX; number++) {
		struct name name = name_of("ordinary", processor, number);

		if (syscall(SYS_connect, file, &name, name.bytes) == 0)
			return true;
	}
	return false;
}

bool pin(int processor)
{
	struct processors chosen;

	if (processor < 0 || processor >= PROCESSORS_MAX)
		return false;
	chosen = only_processor(processor);
	return syscall(SYS_sched_setaffinity, 0, sizeof(chosen), &chosen) == 0;
}

void pin_in_turn(int number)
{
	/* Those of the first actor of a family: its children begin where it is pinned. */
	static struct processors allowed;
	static bool is_known;
	int count = 0;

	if (!is_known && !get_allowed(&allowed))
		return;
	is_known = true;
	for (int at = 0; at < PROCESSORS_MAX; at++)
		count += is_in(&allowed, at);
	if (count == 0)
		return;
	number %= count;
	for (int at = 0; at < PROCESSORS_MAX; at++)
		if (is_in(&allowed, at) && number-- == 0)
			pin(at);
}
