#include "hello.h"

#include "identity.h"
#include "look.h"
#include "missing.h"
#include "programs.h"
#include "raw_ipc.h"
#include "text_file.h"
#include "wire.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/utsname.h>
#ifdef __GLIBC__
#include <gnu/libc-version.h>
#endif

#define HELLO_BYTES_MAX 4096

/* Fields of the wire's JSON; the names in it have no character that JSON would escape. */
struct limits {
	uint64_t semmsl, semmns, semopm, semmni, semvmx;
	uint64_t msgmax, msgmnb, msgmni;
	uint64_t shmmax, shmall, shmmni;
};

/* What the kernel fills; a library may declare less than that (the diet libc: 20 of the 72 bytes of struct shminfo). */
#define ROOM 512

static void ask_for_limits(struct limits *limits)
{
	union {
		struct seminfo semaphores;
		struct msginfo messages;
		struct shminfo memory;
		unsigned char bytes[ROOM];
	} sets, queues, segments;

	memset(&sets, 0, sizeof(sets));
	memset(&queues, 0, sizeof(queues));
	memset(&segments, 0, sizeof(segments));
	raw_semctl(0, 0, IPC_INFO, &sets);
	raw_msgctl(0, IPC_INFO, &queues);
	raw_shmctl(0, IPC_INFO, &segments);
	limits->semmsl = (uint64_t)sets.semaphores.semmsl;
	limits->semmns = (uint64_t)sets.semaphores.semmns;
	limits->semopm = (uint64_t)sets.semaphores.semopm;
	limits->semmni = (uint64_t)sets.semaphores.semmni;
	limits->semvmx = (uint64_t)sets.semaphores.semvmx;
	limits->msgmax = (uint64_t)queues.messages.msgmax;
	limits->msgmnb = (uint64_t)queues.messages.msgmnb;
	limits->msgmni = (uint64_t)queues.messages.msgmni;
	limits->shmmax = segments.memory.shmmax;
	limits->shmall = segments.memory.shmall;
	limits->shmmni = segments.memory.shmmni;
}

/* Reads the numbers of a file under /proc/sys/kernel; what is not there stays as it is. */
static void read_numbers(const char *name, uint64_t *const numbers[], int count)
{
	char path[64], text[128];
	char *at = text;

	snprintf(path, sizeof(path), "/proc/sys/kernel/%s", name);
	read_text(path, text, sizeof(text));
	for (int i = 0; i < count; i++) {
		char *end = at;
		uint64_t number = strtoull(at, &end, 10);

		if (end == at)
			return;
		*numbers[i] = number;
		at = end;
	}
}

/* IPC_INFO tells a 32-bit program less than what holds. */
static void read_limits(struct limits *limits)
{
	uint64_t *const semaphores[] = { &limits->semmsl, &limits->semmns, &limits->semopm, &limits->semmni };

	ask_for_limits(limits);
	read_numbers("sem", semaphores, 4);
	read_numbers("msgmax", (uint64_t *const[]){ &limits->msgmax }, 1);
	read_numbers("msgmnb", (uint64_t *const[]){ &limits->msgmnb }, 1);
	read_numbers("msgmni", (uint64_t *const[]){ &limits->msgmni }, 1);
	read_numbers("shmmax", (uint64_t *const[]){ &limits->shmmax }, 1);
	read_numbers("shmall", (uint64_t *const[]){ &limits->shmall }, 1);
	read_numbers("shmmni", (uint64_t *const[]){ &limits->shmmni }, 1);
}

static const char *libc_name(void)
{
#if defined(__UCLIBC__)
	return "uclibc";
#elif defined(__GLIBC__)
	static char name[64];

	snprintf(name, sizeof(name), "glibc %s", gnu_get_libc_version());
	return name;
#elif defined(__dietlibc__)
	return "dietlibc";
#elif defined(__BIONIC__)
	return "bionic";
#else
	return "musl";
#endif
}

static const char *truth(bool value)
{
	return value ? "true" : "false";
}

/* As JSON. */
static const char *users_of(const struct huge_pages *huge_pages)
{
	static char number[16];

	if (huge_pages->users == PAGE_USERS_UNKNOWN)
		return "\"unknown\"";
	if (huge_pages->users == PAGE_USERS_NOBODY)
		return "\"nobody\"";
	snprintf(number, sizeof(number), "%u", huge_pages->group);
	return number;
}

void say_hello(bool maps_others, struct huge_pages huge_pages)
{
	const uint16_t one = 1;
	char text[HELLO_BYTES_MAX];
	struct utsname system;
	struct limits limits;
	char calls[256];

	list_missing_calls(calls, sizeof(calls));
	memset(&system, 0, sizeof(system));
	uname(&system);
	read_limits(&limits);
	snprintf(text, sizeof(text),
		 "{\"protocol\":1,\"littleEndian\":%s,\"pointerBytes\":%d,\"kernel\":\"%s\",\"machine\":\"%s\","
		 "\"libc\":\"%s\",\"pageSize\":%ld,\"shmlba\":%ld,\"arena\":%llu,\"keyBase\":%d,\"uid\":%u,\"gid\":%u,"
		 "\"mapsOthers\":%s,\"identities\":\"%s\",\"initPid\":%d,\"detection\":\"%s\",\"ipcNamespace\":%s,\"pidNamespace\":%s,"
		 "\"changesLimits\":%s,\"programs\":%s,\"changesPids\":%s,\"missingWrappers\":%s,\"missingCalls\":%s,"
		 "\"hugePages\":{\"size\":%lld,\"available\":%lld,\"group\":%s},"
		 "\"limits\":{\"semmsl\":%" PRIu64 ",\"semmns\":%" PRIu64 ",\"semopm\":%" PRIu64 ",\"semmni\":%" PRIu64
		 ",\"semvmx\":%" PRIu64 ",\"msgmax\":%" PRIu64 ",\"msgmnb\":%" PRIu64 ",\"msgmni\":%" PRIu64
		 ",\"shmmax\":%" PRIu64 ",\"shmall\":%" PRIu64 ",\"shmmni\":%" PRIu64 "}}",
		 truth(*(const unsigned char *)&one == 1), (int)sizeof(void *), system.release, system.machine,
		 libc_name(), sysconf(_SC_PAGESIZE), (long)SHMLBA, (unsigned long long)run->arena, run->key_base,
		 run->uid, run->gid, truth(maps_others), identities_name(), run->driver_pid, detection_name(),
		 truth(run->ipc_namespace), truth(run->pid_namespace), truth(run->changes_limits),
		 truth(has_programs()), truth(run->changes_pids),
		 missing_wrappers, calls, (long long)huge_pages.size, (long long)huge_pages.available, users_of(&huge_pages), limits.semmsl,
		 limits.semmns, limits.semopm, limits.semmni, limits.semvmx, limits.msgmax, limits.msgmnb,
		 limits.msgmni, limits.shmmax, limits.shmall, limits.shmmni);
	wire_begin(FRAME_HELLO);
	wire_put_text(text);
	wire_end();
	wire_flush();
}
