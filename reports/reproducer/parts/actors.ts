import type { Part } from './part.ts'
import { cannot, expire, microseconds } from './shared.ts'
import { begin, callInWords, endings, letter, outcomes, settle } from './watched.ts'

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
	s->of[who].done = s->now;
	return value;
}
`,
  },
  {
    defines: 'is_child()',
    text: `/* The call that forks is over; the pid tells who this is, whatever the call returned. */
static int is_child(int parent, long long value)
{
	if (syscall(SYS_getpid) != s->of[parent].PID_MEMBER)
		return 1;
	s->forked += value > 0;
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
	alarm(60);
	FORGET
	OWN_PROCESS
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
  ...outcomes,
  ...endings,
  callInWords,
  begin,
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
    defines: 'check()',
    text: `/* Where something else is seen than expected, that is told, and the status is the one given. */
static void check(int status, int is_so, const char *expected)
{
	if (is_so)
		return;
	printf("SAYstep %d, %s\\nSAY  expected: %s\\nSAY  got:     ", s->now, call, expected);
	for (int who = 0; who < ACTORS; who++) {
		if (what(who) & RETURNED)
			printf(" %s returns %lld%s%s;", names[who], s->of[who].value, s->of[who].error ? ", " : "",
			       s->of[who].error ? strerror(s->of[who].error) : "");
		else if (s->of[who].begun > s->of[who].done && !gone[who])
			printf(" %s sleeps;", names[who]);
		if (what(who) & ENDED)
			printf(" %s ends;", names[who]);
		TELL_STOPS
	}
	printf("NOTED\\n"LASTNOTES);
	finish(status);
}
`,
  },
  cannot,
  letter,
  {
    defines: 'rests()',
    text: `/*
 * Whether an actor does nothing: it is asleep, stopped or dead. Asleep is who shows 'S' and is off the processor, which
 * /proc/PID/syscall tells; a wait shows 'S' before it has looked. Who shows 'X' will be gone at once.
 */
static int rests(int who)
{
	char state = s->of[who].pid == NOBODY ? 'T' : letter(who, "stat", "%*d (%*[^)]) %c");

	if (gone[who] || s->of[who].pid == NOBODY)
		return state != 'X';
	if (state == 'Z' || state == 0)
		gone[who] = s->now;
	SEE_STOPS
	return strchr("TtZ", state) != NULL || (IS_ASLEEP && letter(who, "syscall", "%c") != 'r');
}
`,
  },
  settle,
  {
    defines: 'step()',
    text: `/* An actor makes its next call, and all come to rest. */
static void step(int number, int who, const char *words)
{
	BEGIN
	if (write(s->gates[who][1], "", 1) != 1)
		abort();
	settle(who, number);
}
`,
  },
  expire,
  {
    defines: 'start()',
    text: `/* An actor that ends with the main process. */
static void start(void (*actor)(void))
{
	s->forked++;
	if (CLONE(SIGCHLD) == 0) {
		prctl(PR_SET_PDEATHSIG, (unsigned long)SIGKILL, 0UL, 0UL, 0UL);
		syscall(SYS_setpgid, 0, 0);
		SETTLE_IN
		actor();
	}
	settle(-1, 0);
}
`,
  },
]
