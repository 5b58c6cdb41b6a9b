/*
 * The memory that the driver and all actors share: the scenario as a script, the registers, and a slot for each
 * actor. An actor may be broken by what is tested, so the driver checks whatever an actor can write against these
 * bounds.
 */
#ifndef SHARED_H
#define SHARED_H

#include "probe.h"

/* Actors of a scenario, roots and forked children. */
#define SLOTS 16
#define ROOTS_MAX SLOTS
/* 0 to SLOTS - 1: pids of the actors, or NOBODY; the rest: ids, addresses, descriptors. */
#define REGISTERS 80
#define STEPS_MAX 1024
#define SCRIPT_WORDS_MAX 65536
/* Elements of one semop array, and values of one SETALL or GETALL. */
#define OPERATIONS_MAX 4096
#define VALUES_MAX 32768
/* Words of one event with all its out data. */
#define EVENT_WORDS_MAX (VALUES_MAX + 64)
#define LOG_WORDS (2 * EVENT_WORDS_MAX)
#define MADE_MAX 512
/* More than Linux sends by default (MSGMAX, 8192); longer messages are passed with a body of this size. */
#define BODY_MAX 65536
/* Keys of a scenario: 1 to this, above the base. */
#define KEYS_MAX 4095
#define PATH_BYTES 4096
#define SELF_WORDS_MAX 16

/* Descriptor of the shared memory in every process, also behind an exec. */
#define SHARED_FD 3
/* That of the probe's file, where something else starts it: it may lie in a folder that an actor may not enter. */
#define PROBE_FD 4
#define PROBE_FD_PATH "/proc/self/fd/4"

#define SHARED_MAGIC 0x1bc0a11eu

/* What the probe writes into out-buffers. */
#define POISON_BYTE 0x5a
#define POISON_WORD 0x5a5a5a5a

/* In place of a step number: detach and close what the scenario left in the actor. */
#define TURN_CLEAN (-1)

enum event_kind { RETURNED = 1, FAULTED, ENDED, STOPPED, CONTINUED, SKIPPED };

enum object_kind { SEMAPHORES, QUEUE, SEGMENT, OBJECT_KINDS };

/* What an actor can be limited in. */
enum own_limit { OWN_PROCESSES, OWN_LOCKED, OWN_ADDRESS_SPACE, OWN_LIMITS };

/* An IPC object that the scenario made. */
struct made {
	int32_t kind;
	int32_t id;
};

/*
 * A record in a slot's log: the step, the coarse clock after it, the number of words of the event, the monotonic clock
 * before and after the call where calls overlap (two words each), and the event as it goes over the wire.
 */
#define RECORD_HEAD 7

/* In place of the pid of a fork that failed: no process has it, and its negative is no group. Never -1, which is everybody. */
#define NOBODY INT32_MAX

/* In place of a pid: nobody was here in this scenario; the actor is dead. */
enum { SLOT_FREE = 0, SLOT_LEFT = -1 };

/* What a msgsnd sends lies here, so that the driver can overwrite it. */
struct message {
	long type;
	unsigned char body[BODY_MAX];
};

struct slot {
	/* Counts the turns given by the driver; the actor sleeps on it. */
	uint32_t turn;
	/* The last turn that is over. Equal to turn: the actor is idle. */
	uint32_t rested;
	/* When its life began, or before that, and the units of processor time that were used on purpose until then. */
	int64_t born;
	int32_t burned_before;
	/* The steps of this turn. */
	int32_t first, last;
	/* The marks: number of the step that was begun last, plus one; and the same of the step that is done. */
	int32_t begun, done;
	/* Counts what a call that is many has got done: see toil.h. */
	uint32_t toil;
	/* Id of the thread as the actors see it (or one of the values below), and as /proc shows it. */
	int32_t pid, number;
	/* The monotonic clock before the call that was begun last, in nanoseconds, where calls overlap. */
	int64_t call_began;
	/* Attachments and descriptors that the actor still holds. */
	int32_t leftovers;
	struct message message;
	/* Words in the log. */
	uint32_t used;
	int32_t log[LOG_WORDS];
};

/* What actors can only read: a scribble of theirs must not reach what the driver goes by. */
struct run {
	uint32_t magic;
	uint32_t bytes;
	/* The whole run. */
	int32_t driver_pid;
	/* Its pid outside of its namespace. */
	int32_t driver_number;
	int32_t key_base;
	uint32_t uid, gid;
	uint64_t arena;
	int32_t entry_is_syscall;
	int32_t pid_namespace;
	int32_t ipc_namespace;
	int32_t fifo;
	/* enum identities */
	int32_t identities;
	/* Actors may change the limits of the IPC namespace. */
	int32_t changes_limits;
	/* Capable actors may choose the pid of the next process of the pid namespace. */
	int32_t changes_pids;
	/* The soft limits of actors, unless they change them. */
	uint64_t allowed[OWN_LIMITS];
	/* Counts what the driver does; and whether it waits for the streams or for nothing. The guard goes by these. */
	uint32_t pulse;
	int32_t waiting;
	/* Microseconds that turns have taken in this scenario, and when the present one began. */
	int64_t busy, turn_began;
	/* The guard has put the driver above the actors: that it runs says nothing about them. */
	int32_t lifted;
	/* The probe's image as it is executed: its path, or the words of a command that starts it, a line each. */
	char self[PATH_BYTES];
	/* The probe's file is open. */
	int32_t has_probe_fd;
	/* Actors run on processors of their own, as far as there are several; otherwise the one of them all. */
	int32_t spread;
	int32_t processor;
	/* Another probe is there that has no real-time priority. */
	int32_t beside_ordinary;
	/* Calls are stamped. */
	int32_t stamps;
	/* Turns begin together: actors wait until the gate is opened; and how much their calls are disturbed from there on. */
	int32_t gated, open, jitter;
	uint32_t seed;
	/* The scenario. */
	int32_t step_at[STEPS_MAX];
	int32_t script[SCRIPT_WORDS_MAX];
};

struct shared {
	int64_t registers[REGISTERS];
	/* Semaphores of the largest set so far, for GETALL. */
	int32_t largest_set;
	/* The limits of the namespace may not be what they were. */
	int32_t limits_changed;
	/* Nor what it is set to beside them. */
	int32_t settings_changed;
	/* Units of processor time that were used on purpose in this scenario; and the memory that actors had besides. */
	int32_t burned;
	int64_t bytes_besides;
	/* What a process in another pid namespace saw: an errno, and two pids. */
	int32_t inside[3];
	/* How many actors are at the gate. */
	int32_t at_gate;
	int32_t made_count;
	struct made made[MADE_MAX];
	struct slot slots[SLOTS];
};

/* A step in the script. */
enum { STEP_WORDS, STEP_SLOT, STEP_FORM, STEP_REGISTER, STEP_ARGUMENTS };

/* Set in every process of the probe once the memory is mapped. */
extern struct run *run;
extern struct shared *shared;

/* Makes the memory and puts its descriptor at SHARED_FD; false: not possible here. */
bool shared_create(void);

/* Maps the memory in the image of an actor that executed itself; false: this is not such an image. */
bool shared_adopt(void);

/* From now on this process, an actor, can only read `run`. */
void shared_restrict(void);

#endif
