/* One call under test: its arguments as words, and what came of it. */
#ifndef CALL_H
#define CALL_H

#include "numbers.h"
#include "probe.h"
#include "shared.h"

#include <limits.h>
#include <time.h>

struct call {
	int form;
	/* Where the made resource goes, or -1. */
	int reg;
	/* The argument words that are still to be read; the driver has checked that they are there. */
	const int32_t *words;

	/* RETURNED or FAULTED. */
	int kind;
	/* errno, or 0 where the call did not fail; the signal of a fault. */
	int error;
	/* si_code of a fault. */
	int code;
	int64_t value;
	bool clobbered;
	/* Room for EVENT_WORDS_MAX words less the event's head. */
	int32_t *out;
	int outputs;
};

typedef void (*performer)(struct call *call);

/* Whether there is a performer for the form; and to perform the call of a form that has one. */
bool can_perform(int form);
void perform(struct call *call);

/*
 * Calls through the libc's wrapper, or through syscall(2) where the run asks for it, so that a deviation can be told
 * to be the libc's. `errno` counts only if the call says that it failed.
 */
#define RETURNS(call, by_libc, by_syscall) \
	do { \
		errno = 0; \
		(call)->value = (int64_t)(run->entry_is_syscall ? (by_syscall) : (by_libc)); \
		(call)->error = (call)->value == -1 ? errno : 0; \
	} while (0)

static inline bool call_failed(const struct call *call)
{
	return call->value == -1;
}

/* Arguments, in the order of the form. */

static inline int32_t take_int(struct call *call)
{
	return *call->words++;
}

/* The number that it has here. */
static inline int take_signal(struct call *call)
{
	return native_signal(take_int(call));
}

static inline int64_t take_long(struct call *call)
{
	uint32_t low = (uint32_t)*call->words++;
	uint32_t high = (uint32_t)*call->words++;

	return (int64_t)((uint64_t)high << 32 | low);
}

/* Words of an id, and of each operation behind their count. */
enum { ID_WORDS = 2, OPERATION_WORDS = 3 };

static inline void skip(struct call *call, int words)
{
	call->words += words;
}

/* Where the C type is narrower than the wire's 64 bits, the nearest value that it has. */

static inline long as_long(int64_t value)
{
	return value > LONG_MAX ? LONG_MAX : value < LONG_MIN ? LONG_MIN : (long)value;
}

/* Negative sizes wrap, as they do in C. */
static inline size_t as_size(int64_t value)
{
	return (size_t)as_long(value);
}

static inline time_t as_time(int64_t value)
{
	return sizeof(time_t) == 8 ? (time_t)value : (time_t)as_long(value);
}

/* Modes of arguments, as the wire has them. */
enum { LITERAL, REGISTER, MINUS_REGISTER };
enum { ADDRESS_NULL, ADDRESS_REGISTER, ADDRESS_ARENA, ADDRESS_LITERAL };
enum { USER_LITERAL, USER_OWN };

static inline int32_t take_id(struct call *call)
{
	int mode = take_int(call);
	int32_t value = take_int(call);

	return mode == REGISTER ? (int32_t)shared->registers[value] : value;
}

static inline int32_t take_process(struct call *call)
{
	int mode = take_int(call);
	int32_t value = take_int(call);

	if (mode == LITERAL)
		return value;
	value = (int32_t)shared->registers[value];
	return mode == MINUS_REGISTER ? (int32_t)(0u - (uint32_t)value) : value;
}

/* Linux (ipc/util.h): the part of an identifier that says where the kernel keeps the object. */
#define SLOT_MASK 0x7fff

enum { GIVEN_SLOT, GIVEN_ID };

/* An id, and whether it is passed or only its slot; a literal is passed as it is. */
static inline int32_t take_slot(struct call *call)
{
	int mode = call->words[0];
	int32_t id = take_id(call);

	return take_int(call) == GIVEN_SLOT && mode == REGISTER && id >= 0 ? id & SLOT_MASK : id;
}

/* 0 is IPC_PRIVATE on the wire and, on Linux, in the call as well; a negative key is meant as it is. */
static inline int32_t take_key(struct call *call)
{
	int32_t key = take_int(call);

	return key <= 0 ? key : run->key_base + key;
}

static inline void *take_address(struct call *call)
{
	int mode = take_int(call);
	int32_t number = take_int(call);
	uint64_t offset = (uint64_t)take_long(call);

	if (mode == ADDRESS_REGISTER)
		offset += (uint64_t)shared->registers[number];
	else if (mode == ADDRESS_ARENA)
		offset += run->arena;
	return (void *)(uintptr_t)offset;
}

static inline uint32_t take_user(struct call *call, uint32_t own)
{
	int mode = take_int(call);
	int32_t value = take_int(call);

	return mode == USER_OWN ? own : (uint32_t)value;
}

/* Out data, in the order of the form. */

static inline void put_int(struct call *call, int32_t word)
{
	call->out[call->outputs++] = word;
}

static inline void put_long(struct call *call, int64_t value)
{
	put_int(call, (int32_t)(uint32_t)(uint64_t)value);
	put_int(call, (int32_t)(uint32_t)((uint64_t)value >> 32));
}

/* Leaves the made resource (or -1) in the call's register. */
static inline void put_register(struct call *call)
{
	if (call->reg >= 0)
		shared->registers[call->reg] = call->value;
}

/* Notes an object that a get-call returned, to be removed when the scenario is over. */
void note_made(struct call *call, enum object_kind kind, int32_t key, int flags);

#endif
