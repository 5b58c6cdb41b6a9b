#include "hello.h"

#include "identity.h"
#include "look.h"
#include "programs.h"
#include "raw_ipc.h"
#include "wire.h"

#include <stdio.h>
#include <sys/utsname.h>
#ifdef __GLIBC__
#include <gnu/libc-version.h>
#endif

#define HELLO_BYTES_MAX 4096

/* Fields of the wire's JSON; the names in it have no character that JSON would escape. */
struct limits {
	struct seminfo semaphores;
	struct msginfo messages;
	struct shminfo memory;
};

static void read_limits(struct limits *limits)
{
	memset(limits, 0, sizeof(*limits));
	raw_semctl(0, 0, IPC_INFO, &limits->semaphores);
	raw_msgctl(0, IPC_INFO, &limits->messages);
	raw_shmctl(0, IPC_INFO, &limits->memory);
}

static const char *libc_name(void)
{
#if defined(__UCLIBC__)
	return "uclibc";
#elif defined(__GLIBC__)
	static char name[64];

	snprintf(name, sizeof(name), "glibc %s", gnu_get_libc_version());
	return name;
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

void say_hello(bool maps_others)
{
	const uint16_t one = 1;
	char text[HELLO_BYTES_MAX];
	struct utsname system;
	struct limits limits;

	memset(&system, 0, sizeof(system));
	uname(&system);
	read_limits(&limits);
	snprintf(text, sizeof(text),
		 "{\"protocol\":1,\"littleEndian\":%s,\"pointerBytes\":%d,\"kernel\":\"%s\",\"machine\":\"%s\","
		 "\"libc\":\"%s\",\"pageSize\":%ld,\"shmlba\":%ld,\"arena\":%llu,\"keyBase\":%d,\"uid\":%u,\"gid\":%u,"
		 "\"mapsOthers\":%s,\"identities\":\"%s\",\"initPid\":%d,\"detection\":\"%s\",\"ipcNamespace\":%s,\"pidNamespace\":%s,"
		 "\"changesLimits\":%s,\"programs\":%s,"
		 "\"limits\":{\"semmsl\":%d,\"semmns\":%d,\"semopm\":%d,\"semmni\":%d,\"semvmx\":%d,"
		 "\"msgmax\":%d,\"msgmnb\":%d,\"msgmni\":%d,\"shmmax\":%llu,\"shmall\":%llu,\"shmmni\":%llu}}",
		 truth(*(const unsigned char *)&one == 1), (int)sizeof(void *), system.release, system.machine,
		 libc_name(), sysconf(_SC_PAGESIZE), (long)SHMLBA, (unsigned long long)run->arena, run->key_base,
		 run->uid, run->gid, truth(maps_others), identities_name(), run->driver_pid, detection_name(),
		 truth(run->ipc_namespace), truth(run->pid_namespace), truth(run->changes_limits), truth(has_programs()), limits.semaphores.semmsl,
		 limits.semaphores.semmns, limits.semaphores.semopm, limits.semaphores.semmni,
		 limits.semaphores.semvmx, limits.messages.msgmax, limits.messages.msgmnb, limits.messages.msgmni,
		 (unsigned long long)limits.memory.shmmax, (unsigned long long)limits.memory.shmall,
		 (unsigned long long)limits.memory.shmmni);
	wire_begin(FRAME_HELLO);
	wire_put_text(text);
	wire_end();
	wire_flush();
}
