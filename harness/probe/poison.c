#include "poison.h"

/* Not the poison: a guard that is poisoned like the buffer would hide a fill that went too far. */
#define GUARD_BYTE 0xa6

static _Thread_local struct {
	_Alignas(64) unsigned char bytes[GUARD_BYTES + SMALL_BYTES_MAX + GUARD_BYTES];
	size_t size;
} small;

void *poisoned(size_t bytes)
{
	small.size = bytes;
	set_guard(small.bytes);
	poison(small.bytes + GUARD_BYTES, bytes);
	set_guard(small.bytes + GUARD_BYTES + bytes);
	return small.bytes + GUARD_BYTES;
}

bool was_written(void)
{
	return !is_poison(small.bytes + GUARD_BYTES, small.size);
}

void check_guards(struct call *call)
{
	if (!guard_is_whole(small.bytes) || !guard_is_whole(small.bytes + GUARD_BYTES + small.size))
		call->clobbered = true;
}

void poison(void *at, size_t bytes)
{
	memset(at, POISON_BYTE, bytes);
}

/* All bytes equal the first one if the block equals itself moved by one. */
static bool is_filled(const unsigned char *at, size_t bytes, unsigned char with)
{
	return bytes == 0 || (at[0] == with && memcmp(at, at + 1, bytes - 1) == 0);
}

bool is_poison(const void *at, size_t bytes)
{
	return is_filled(at, bytes, POISON_BYTE);
}

void set_guard(void *at)
{
	memset(at, GUARD_BYTE, GUARD_BYTES);
}

bool guard_is_whole(const void *at)
{
	return is_filled(at, GUARD_BYTES, GUARD_BYTE);
}
