import type { Part } from './part.ts'
import { cannot, expire, giveUp, look, microseconds, value } from './shared.ts'

/** Actors are processes that sleep in calls and return from them, and do nothing else. */
export const sleeperParts: readonly Part[] = [
  {
    defines: 'over()',
    text: `/* The actor's call has returned. */
static long long over(int who, long long value)
{
	s->of[who].error = value == -1 ? errno : 0;
	s->of[who].value = value;
	return value;
}
`,
  },
  microseconds,
  look,
  {
    defines: 'rests()',
    text: `/* Whether an actor sleeps: it shows 'S', and /proc/PID/syscall tells that it is off the processor. */
static int rests(int who)
{
	char text[512];
	const char *name_end = look(who, "stat", text) ? strrchr(text, ')') : NULL;

	return name_end != NULL && name_end[2] == 'S' && (!look(who, "syscall", text) || text[0] != 'r');
}
`,
  },
  {
    defines: 'settle()',
    text: `/* Waits until all actors sleep, twice in a row; more often where only 'S' can be seen. */
static void settle(int who, int number)
{
	int passes = access("/proc/self/syscall", R_OK) == 0 ? 2 : 20;

	for (int quiet = 0; quiet < passes; quiet++) {
		int rest = who < 0 || s->of[who].begun == number;

		for (int each = 0; each < ACTORS; each++)
			rest = rests(each) && rest;
		if (!rest) {
			quiet = -1;
			usleep(50);
		}
	}
}
`,
  },
  {
    defines: 'begin() before now doing',
    text: `static int before[ACTORS], now;
static const char *doing;

static void begin(int number, const char *call)
{
	now = number;
	doing = call;
	CLOCK
	NOTES
	for (int who = 0; who < ACTORS; who++)
		before[who] = s->of[who].done;
}
`,
  },
  value,
  {
    defines: 'sleeps()',
    text: `static int sleeps(int who)
{
	return s->of[who].done == before[who];
}
`,
  },
  {
    defines: 'returned_any()',
    text: `static int returned_any(int who)
{
	return !sleeps(who) && s->of[who].error == 0;
}
`,
  },
  {
    defines: 'returned()',
    text: `static int returned(int who, long long value)
{
	return !sleeps(who) && s->of[who].error == 0 && s->of[who].value == value;
}
`,
  },
  {
    defines: 'failed()',
    text: `static int failed(int who, int error)
{
	return !sleeps(who) && s->of[who].error == error;
}
`,
  },
  {
    defines: 'finish()',
    text: `static _Noreturn void finish(int status)
{
	for (int who = 0; who < ACTORS; who++)
		if (s->of[who].pid > 0)
			kill(s->of[who].pid, SIGKILL);
	while (wait(NULL) > 0)
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
	printf("SAYstep %d, %s\\nSAY  expected: %s\\nSAY  got:     ", now, doing, expected);
	for (int who = 0; who < ACTORS; who++)
		if (s->of[who].begun != s->of[who].done)
			printf(" %s sleeps;", names[who]);
		else if (!sleeps(who))
			printf(" %s returns %lld%s%s;", names[who], s->of[who].value, s->of[who].error ? ", " : "",
			       s->of[who].error ? strerror(s->of[who].error) : "");
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
	if (s->of[who].begun != s->of[who].done)
		cannot("an actor is not free for its call");
	if (write(s->of[who].gate[1], &number, sizeof(number)) != sizeof(number))
		abort();
	settle(who, number);
}
`,
  },
  expire,
]
