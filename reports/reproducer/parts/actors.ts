import type { Part } from './part.ts'
import { cannot, expire, giveUp, look, microseconds, value } from './shared.ts'

/** Actors are processes: what they and the main process do to take turns. */
export const actorParts: readonly Part[] = [
  microseconds,
  {
    defines: 'turn()',
    text: `/* An actor waits here until it may make its call. */
static void turn(int who, int number)
{
	char go;

	while (read(s->gates[who][0], &go, 1) != 1)
		;
	s->of[who].begun = number;
}
`,
  },
  {
    defines: 'over()',
    text: `/* The actor's call has returned. */
static long long over(int who, long long value)
{
	s->of[who].error = value == -1 ? errno : 0;
	s->of[who].value = value;
	s->of[who].done = s->of[who].begun;
	return value;
}
`,
  },
  {
    defines: 'is_child()',
    text: `/* The call that forks is over; the pid tells who this is, whatever the call returned. */
static int is_child(int parent, long long value)
{
	int error = errno;

	if (syscall(SYS_getpid) != s->of[parent].process)
		return 1;
	s->forked += value > 0;
	errno = error;
	over(parent, value);
	return 0;
}
`,
  },
  {
    defines: 'arrive()',
    text: `/* A new actor; should all else fail, it ends after a while. */
static void arrive(int who)
{
	alarm(LONGEST);
	FORGET
	s->of[who].process = (pid_t)syscall(SYS_getpid);
	s->of[who].pid = (pid_t)syscall(SYS_gettid);
	s->born++;
}
`,
  },
  {
    defines: 'start_thread()',
    text: `/* The id of a further thread of this process. */
static long long start_thread(int who, void *(*actor)(void *))
{
	pthread_t thread;
	int error = pthread_create(&thread, NULL, actor, NULL);

	if (error != 0) {
		errno = error;
		return -1;
	}
	while (s->of[who].pid == NOBODY)
		sched_yield();
	s->forked++;
	return s->of[who].pid;
}
`,
  },
  {
    defines: 'stay()',
    text: `static _Noreturn void stay(void)
{
	for (;;)
		pause();
}
`,
  },
  {
    defines: 'gone stopped',
    text: `/* Who has ended, and who is stopped. */
static int gone[ACTORS], stopped[ACTORS];
`,
  },
  look,
  {
    defines: 'rests()',
    text: `/*
 * Whether an actor does nothing: it is asleep, stopped or dead. Asleep is who shows 'S' and is off the processor, which
 * /proc/PID/syscall tells; a wait shows 'S' before it has looked.
 */
static int rests(int who)
{
	char text[512];
	const char *name_end;

	if (s->of[who].pid == NOBODY)
		return 1;
	name_end = look(who, "stat", text) ? strrchr(text, ')') : NULL;
	/* 'X' will be gone at once. */
	if (gone[who])
		return name_end == NULL || name_end[2] != 'X';
	gone[who] = name_end == NULL || strchr("ZX", name_end[2]) != NULL;
	if (gone[who])
		return name_end == NULL || name_end[2] != 'X';
	stopped[who] = name_end[2] == 'T' || name_end[2] == 't';
	if (stopped[who])
		return 1;
	return IS_ASLEEP && (!look(who, "syscall", text) || text[0] != 'r');
}
`,
  },
  {
    defines: 'settle()',
    text: `/* Waits until all actors rest, twice in a row; more often where only 'S' can be seen. */
static void settle(int who, int number)
{
	const struct timespec moment = { 0, 50000 };
	int passes = access("/proc/self/syscall", R_OK) == 0 ? 2 : 20;

	for (int quiet = 0; quiet < passes; quiet++) {
		int rest = (who < 0 || s->of[who].begun == number) && s->born >= s->forked;

		for (int each = 0; each < ACTORS; each++)
			rest = rests(each) && rest;
		if (!rest) {
			quiet = -1;
			nanosleep(&moment, NULL);
		}
	}
	/* Nobody else waits for these; the dead must not be there at the next step. */
	while (syscall(SYS_wait4, -1, NULL, WNOHANG | __WALL, NULL) > 0)
		;
}
`,
  },
  {
    defines: 'begin()',
    text: `static struct {
	int done, gone, stopped;
} before[ACTORS];

static int now;
static const char *doing;

static void begin(int number, const char *call)
{
	now = number;
	doing = call;
	CLOCK
	NOTES
	for (int who = 0; who < ACTORS; who++) {
		before[who].done = s->of[who].done;
		before[who].gone = gone[who];
		before[who].stopped = stopped[who];
	}
}
`,
  },
  {
    defines: 'what() RETURNED ENDED STOPPED CONTINUED',
    text: `enum { RETURNED = 1, ENDED = 2, STOPPED = 4, CONTINUED = 8 };

/* What has happened to an actor in this step. */
static int what(int who)
{
	return (s->of[who].done != before[who].done ? RETURNED : 0) | (gone[who] && !before[who].gone ? ENDED : 0) |
	       (stopped[who] && !before[who].stopped ? STOPPED : 0) |
	       (!stopped[who] && before[who].stopped && !gone[who] ? CONTINUED : 0);
}
`,
  },
  value,
  {
    defines: 'came_back()',
    text: `static int came_back(int who, long long value)
{
	return s->of[who].done != before[who].done && s->of[who].error == 0 && s->of[who].value == value;
}
`,
  },
  {
    defines: 'came_back_failing()',
    text: `static int came_back_failing(int who, int error)
{
	return s->of[who].done != before[who].done && s->of[who].error == error;
}
`,
  },
  {
    defines: 'returned()',
    text: `static int returned(int who, long long value)
{
	return what(who) == RETURNED && s->of[who].error == 0 && s->of[who].value == value;
}
`,
  },
  {
    defines: 'returned_any()',
    text: `static int returned_any(int who)
{
	return what(who) == RETURNED && s->of[who].error == 0;
}
`,
  },
  {
    defines: 'failed()',
    text: `static int failed(int who, int error)
{
	return what(who) == RETURNED && s->of[who].error == error;
}
`,
  },
  {
    defines: 'sleeps()',
    text: `static int sleeps(int who)
{
	return what(who) == 0;
}
`,
  },
  {
    defines: 'ended()',
    text: `static int ended(int who)
{
	return what(who) == ENDED;
}
`,
  },
  {
    defines: 'finish()',
    text: `static _Noreturn void finish(int status)
{
	for (int who = 0; who < ACTORS; who++)
		if (s->of[who].pid != NOBODY && !gone[who])
			syscall(SYS_kill, s->of[who].pid, SIGKILL);
	while (syscall(SYS_wait4, -1, NULL, __WALL, NULL) > 0)
		;
	REMOVE
	RESULT
	exit(status);
}
`,
  },
  {
    defines: 'tell()',
    text: `static void tell(int who)
{
	int happened = what(who);

	if (s->of[who].pid == NOBODY || before[who].gone || (happened == 0 && s->of[who].begun == s->of[who].done))
		return;
	printf(" %s", names[who]);
	if (happened & RETURNED)
		printf(" returns %lld%s%s;", s->of[who].value, s->of[who].error ? ", " : "",
		       s->of[who].error ? strerror(s->of[who].error) : "");
	printf("%s%s%s%s", happened & ENDED ? " ends;" : "", happened & STOPPED ? " stops;" : "",
	       happened & CONTINUED ? " continues;" : "", happened == 0 ? " sleeps;" : "");
}
`,
  },
  {
    defines: 'check()',
    text: `/* Where something else is seen than expected, that is told, and the status is the one given. */
static void check(int status, int is_so, const char *expected)
{
	if (is_so)
		return;
	printf("SAYstep %d, %s\\nSAY  expected: %s\\nSAY  got:     ", now, doing, expected);
	for (int who = 0; who < ACTORS; who++)
		tell(who);
	printf("NOTED\\n"LASTNOTES);
	finish(status);
}
`,
  },
  cannot,
  giveUp,
  {
    defines: 'step()',
    text: `/* An actor makes its next call, and all come to rest. */
static void step(int number, int who, const char *call)
{
	begin(number, call);
	if (gone[who] || stopped[who] || s->of[who].begun != s->of[who].done || s->of[who].pid == NOBODY)
		cannot("an actor is not free for its call");
	if (write(s->gates[who][1], "", 1) != 1)
		abort();
	settle(who, number);
}
`,
  },
  expire,
  {
    defines: 'start()',
    text: `static void start(void (*actor)(void))
{
	int born = s->born;

	s->forked++;
	if (CLONE(SIGCHLD) == 0) {
		syscall(SYS_setpgid, 0, 0);
		settle_in();
		actor();
	}
	while (s->born == born)
		sched_yield();
}
`,
  },
]
