#include "identity.h"

#include "raw.h"
#include "shared.h"

#include <sys/prctl.h>

/* Of <linux/capability.h> and <linux/securebits.h>, which not every libc's headers bring along. */
#define CAPABILITY_VERSION_3 0x20080522u
enum { CAP_NUMBER_KILL = 5, CAP_NUMBER_SETGID = 6, CAP_NUMBER_SETUID = 7, CAP_NUMBER_SETPCAP = 8 };
enum { CAP_NUMBER_IPC_LOCK = 14, CAP_NUMBER_IPC_OWNER = 15, CAP_NUMBER_SYS_ADMIN = 21 };
#define NO_ROOT_AND_NO_FIXUP (1UL << 0 | 1UL << 2)

#ifndef PR_CAP_AMBIENT
#define PR_CAP_AMBIENT 47
#define PR_CAP_AMBIENT_RAISE 2
#endif

#define TO_CHANGE (1u << CAP_NUMBER_SETGID | 1u << CAP_NUMBER_SETUID | 1u << CAP_NUMBER_SETPCAP)
#define TO_HAVE (1u << CAP_NUMBER_KILL | 1u << CAP_NUMBER_IPC_LOCK | 1u << CAP_NUMBER_IPC_OWNER | \
		 1u << CAP_NUMBER_SYS_ADMIN)
#define KEPT (TO_CHANGE | TO_HAVE)

static bool somebody_else;

struct capabilities {
	uint32_t effective, permitted, inheritable;
};

static bool set_capabilities(uint32_t effective, uint32_t kept)
{
	uint32_t header[2] = { CAPABILITY_VERSION_3, 0 };
	struct capabilities sets[2] = { { effective, kept, kept }, { 0, 0, 0 } };

	return syscall(SYS_capset, header, sets) == 0;
}

/* They survive setuid and exec from now on, and user id 0 brings none back. */
static bool hold_capabilities(void)
{
	/* Without securebits (gVisor) they survive setuid, but no exec. */
	if (raw_prctl(PR_SET_SECUREBITS, NO_ROOT_AND_NO_FIXUP) != 0)
		return raw_prctl(PR_SET_KEEPCAPS, 1) == 0 && set_capabilities(0, KEPT);
	if (!set_capabilities(0, KEPT))
		return false;
	for (unsigned long number = 0; number < 32; number++)
		if (KEPT >> number & 1 &&
		    syscall(SYS_prctl, PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, number, 0UL, 0UL) != 0)
			return false;
	return true;
}

/* The user id last: with it effective capabilities may go. The group id for files is the other one unless set. */
static bool change_ids(const struct identity *who)
{
#ifdef SYS_setresuid32
	return syscall(SYS_setgroups32, who->group_count, who->groups) == 0 &&
	       syscall(SYS_setresgid32, who->gid, who->gid, who->gid) == 0 &&
	       (syscall(SYS_setfsgid32, who->fs_gid) >= 0 || who->fs_gid == who->gid) &&
	       syscall(SYS_setresuid32, who->real_uid, who->uid, who->uid) == 0;
#else
	return syscall(SYS_setgroups, who->group_count, who->groups) == 0 &&
	       syscall(SYS_setresgid, who->gid, who->gid, who->gid) == 0 &&
	       (syscall(SYS_setfsgid, who->fs_gid) >= 0 || who->fs_gid == who->gid) &&
	       syscall(SYS_setresuid, who->real_uid, who->uid, who->uid) == 0;
#endif
}

static bool is_own(const struct identity *who)
{
	return who->uid == run->uid && who->real_uid == run->uid && who->gid == run->gid && who->fs_gid == run->gid &&
	       who->group_count == 0;
}

bool become(const struct identity *who)
{
	if (run->identities == IDENTITIES_NONE || who->capabilities & ~TO_HAVE)
		return false;
	if (run->identities == IDENTITIES_CAPABILITIES && !is_own(who))
		return false;
	somebody_else = !is_own(who) || who->capabilities != 0;
	if (run->identities >= IDENTITIES_USERS && (!set_capabilities(TO_CHANGE, KEPT) || !change_ids(who)))
		return false;
	return set_capabilities(who->capabilities, KEPT);
}

bool is_somebody_else(void)
{
	return somebody_else;
}

void become_oneself(void)
{
	struct identity oneself = { .uid = run->uid, .real_uid = run->uid, .gid = run->gid, .fs_gid = run->gid };

	if (somebody_else && !become(&oneself))
		somebody_else = true;
}

void give_up_privileges(void)
{
	struct identity oneself = { .uid = run->uid, .real_uid = run->uid, .gid = run->gid, .fs_gid = run->gid };

	if (run->identities == IDENTITIES_NONE || !hold_capabilities() || !become(&oneself))
		set_capabilities(0, 0);
}

void give_up_privileges_again(void)
{
	/* A new image does not know who it is: the driver replaces it. */
	somebody_else = run->identities != IDENTITIES_NONE;
	if (!set_capabilities(0, KEPT))
		set_capabilities(0, 0);
}

static bool try_to_become(const struct identity *who)
{
	return set_capabilities(TO_CHANGE, KEPT) && change_ids(who) && set_capabilities(0, KEPT);
}

enum identities try_identities(bool maps_others)
{
	struct identity other = {
		.uid = run->uid + 1, .real_uid = run->uid + 2, .gid = run->gid + 1, .fs_gid = run->gid + 1,
		.group_count = 1, .groups = { run->gid + 3 },
	};
	int status = 0;
	pid_t child = raw_clone(SIGCHLD);

	if (child == 0) {
		if (!hold_capabilities() || !set_capabilities(TO_HAVE, KEPT))
			raw_exit(IDENTITIES_NONE);
		if (!maps_others || !try_to_become(&other))
			raw_exit(IDENTITIES_CAPABILITIES);
		other.fs_gid++;
		raw_exit(try_to_become(&other) ? IDENTITIES_ALL : IDENTITIES_USERS);
	}
	if (child < 0 || raw_wait(child, &status, 0) != child || (status & 0x7f) != 0)
		return IDENTITIES_NONE;
	return (enum identities)(status >> 8 & 0xff);
}

const char *identities_name(void)
{
	static const char *const names[] = {
		[IDENTITIES_NONE] = "none", [IDENTITIES_CAPABILITIES] = "capabilities",
		[IDENTITIES_USERS] = "users", [IDENTITIES_ALL] = "all"
	};

	return names[run->identities];
}
