import type { Part } from '../parts/part.ts'
import { giveUp } from '../parts/shared.ts'
import { letter } from '../parts/watched.ts'
import { GIVE_UP } from '../preparation.ts'

/** What programs do whose calls overlap, some of which may wait or none. `shared.ts` has what they share with those that take turns. */
export const overlappingParts = (mayWait: boolean): readonly Part[] => [
  ...calling,
  ...(mayWait ? waiting : prompt),
  ...rounds,
]

const calling: readonly Part[] = [
  {
    defines: 'me disturb()',
    text: `/* Which of the actors this process is. */
static int me;

/* Every round another disturbance: nothing, a little, much. */
static void disturb(void)
{
	static unsigned seed;

	seed = (seed + (unsigned)me) * 1103515245u + 12345u;
	if (s->round % 3 != 0 && (seed >> 16) % 2 == 0)
		for (volatile unsigned work = (seed >> 17) % (s->round % 3 == 1 ? 200 : 4000); work > 0; work--)
			;
}
`,
  },
  {
    defines: 'next_moment()',
    text: `/* A clock that all share: a call that was back at an earlier moment than another one began came before it. */
static int next_moment(void)
{
	return __atomic_add_fetch(&s->clock, 1, __ATOMIC_SEQ_CST);
}
`,
  },
]

/** Rounds in which actors may be asleep when nobody can go on. */
const waiting: readonly Part[] = [
  {
    defines: 'begin()',
    text: `/* An actor makes a call, unless the round is over already. */
static int begin(int number)
{
	if (s->enough || s->hold)
		return 0;
	disturb();
	s->came[number - 1].is = ASLEEP;
	BEGAN
	s->of[me].begun++;
	return 1;
}
`,
  },
  {
    defines: 'over()',
    text: `static void over(int number, long long value)
{
	int error = value == -1 ? errno : 0;

	/* What comes back only because the objects are removed in the end does not count. */
	if (s->enough)
		return;
	ENDED
	s->came[number - 1].value = value;
	s->came[number - 1].error = error;
	s->came[number - 1].is = BACK;
}
`,
  },
  letter,
  {
    defines: 'is_asleep()',
    text: `/* Whether an actor is asleep: it shows 'S', and is off the processor, which /proc/PID/syscall tells. */
static int is_asleep(int who)
{
	return letter(who, "stat", "%*d (%*[^)]) %c") == 'S' && letter(who, "syscall", "%c") != 'r';
}
`,
  },
  {
    defines: 'wait_for_rest()',
    text: `/* Until all actors have come to the end of their lists or are asleep, twice in a row; the number of those asleep. */
static int wait_for_rest(void)
{
	static int passes;
	unsigned before = 0;
	int asleep = 0;

	if (passes == 0)
		passes = access("/proc/self/syscall", R_OK) == 0 ? 2 : 20;
	for (int quiet = 0, looks = 0; quiet < passes; looks++) {
		unsigned now = 0;
		int rest = 1;

		asleep = 0;
		for (int who = 0; who < ACTORS; who++) {
			int is_over = __atomic_load_n(&s->of[who].done, __ATOMIC_ACQUIRE) == s->round;

			now += s->of[who].begun + (unsigned)is_over;
			/* The list is mostly over before it takes a look at the process. */
			rest = rest && (is_over || (looks > 100 && is_asleep(who)));
			asleep += !is_over;
		}
		if (rest && asleep == 0)
			break;
		quiet = !rest ? 0 : now == before ? quiet + 1 : 1;
		before = now;
		sched_yield();
	}
	return asleep;
}
`,
  },
  {
    defines: 'tidy()',
    text: `static void tidy(void)
{
	REMOVE
}
`,
  },
  {
    defines: 'dismiss()',
    text: `/* The round is over: whoever still sleeps is woken by the removal of what it sleeps on. */
static void dismiss(void)
{
	s->enough = 1;
	tidy();
	for (int who = 0; who < ACTORS; who++)
		while (s->of[who].done != s->round)
			sched_yield();
	s->enough = 0;
}
`,
  },
  {
    defines: 'look_alone()',
    text: `/* The observer's call, and what comes of it. */
#define look_alone(number, value) (s->came[(number) - 1].is = ASLEEP, over(number, value), asleep > 0 ? wait_for_rest() : 0)
`,
  },
]

/** Rounds of calls that come back at once. */
const prompt: readonly Part[] = [
  {
    defines: 'begin()',
    text: `static void begin(int number)
{
	disturb();
	BEGAN
	s->came[number - 1].is = ASLEEP;
}
`,
  },
  {
    defines: 'over()',
    text: `static void over(int number, long long value)
{
	ENDED
	s->came[number - 1].error = value == -1 ? errno : 0;
	s->came[number - 1].value = value;
	s->came[number - 1].is = BACK;
}
`,
  },
  {
    defines: 'wait_for_rest()',
    text: `/* Until all actors have come to the end of their lists. */
static void wait_for_rest(void)
{
	for (int who = 0; who < ACTORS; who++)
		while (__atomic_load_n(&s->of[who].done, __ATOMIC_ACQUIRE) != s->round)
			sched_yield();
}
`,
  },
  {
    defines: 'tidy()',
    text: `static void tidy(void)
{
	REMOVE
}
`,
  },
]

const rounds: readonly Part[] = [
  {
    defines: 'finish()',
    text: `static _Noreturn void finish(int status)
{
	for (int who = 0; who < ACTORS; who++)
		if (s->of[who].pid > 0)
			kill(s->of[who].pid, SIGKILL);
	while (wait(NULL) > 0)
		;
	tidy();
	RESULT
	exit(status);
}
`,
  },
  giveUp,
  {
    defines: 'setup()',
    text: `static void setup(long long value, const char *call)
{
	if (value != -1)
		return;
	printf("SAYthis cannot be tried here: %s: %s\\n", call, strerror(errno));
	finish(SKIPPED);
}
`,
  },
  {
    defines: 'start()',
    text: `/* Makes the process that goes through a list in each round, on a processor of its own if there are so many. */
static void start(int who, void (*list)(void))
{
	unsigned long mine = 1UL << who % sysconf(_SC_NPROCESSORS_ONLN) % 32;
	pid_t pid;

	s->of[who].done = -1;
	pid = fork();
	setup(pid, "fork()");
	if (pid != 0) {
		s->of[who].pid = pid;
		while (s->of[who].done != 0)
			sched_yield();
		return;
	}
	me = who;
	/* No call may succeed because root is allowed everything. */
	${GIVE_UP}
	syscall(SYS_sched_setaffinity, 0, sizeof(mine), &mine);
	FIRST_OF_ALL
	for (int round = 0;; round++) {
		/* Should all else fail, it ends after a while. */
		alarm(LONGEST);
		__atomic_store_n(&s->of[me].done, round, __ATOMIC_RELEASE);
		while (__atomic_load_n(&s->round, __ATOMIC_ACQUIRE) <= round)
			sched_yield();
		/* With this call signals have come, should the loop not have made any. */
		sched_yield();
		list();
	}
}
`,
  },
  {
    defines: 'error_name()',
    text: `static const char *error_name(int error)
{
	static char number[32];
	ERRORS
	snprintf(number, sizeof(number), "errno %d", error);
	return number;
}
`,
  },
  {
    defines: 'add()',
    text: `/* The round in words, as in the table. */
static char words[4096];

static void add(const char *format, long long value)
{
	size_t length = strlen(words);

	snprintf(words + length, sizeof(words) - length, format, value);
}
`,
  },
  {
    defines: 'is_told()',
    text: `/* Whether a call came back without an error; otherwise that is all there is to say. */
static int is_told(int number)
{
	if (s->came[number - 1].is != BACK)
		add(s->came[number - 1].is == ASLEEP ? "asleep" : "not made", 0);
	else if (s->came[number - 1].error != 0)
		add(error_name(s->came[number - 1].error), 0);
	else
		return 1;
	return 0;
}
`,
  },
  {
    defines: 'is_allowed()',
    text: `static int is_allowed(void)
{
	for (unsigned at = 0; at < sizeof(allowed) / sizeof(allowed[0]); at++)
		if (strcmp(allowed[at], words) == 0)
			return 1;
	return 0;
}
`,
  },
  {
    defines: 'report()',
    text: `/* Each call with what came of it. */
static void report(long round)
{
	const char *at = words;

	printf("SAYround %ld came out as no order of the calls explains:\\n", round);
	for (int call = 0; call < STEPS - FIRST; call++) {
		const char *end = strstr(at, "; ");
		int length = end == NULL ? (int)strlen(at) : (int)(end - at);

		printf("SAY  %-50s %.*s\\n", calls[call], length, at);
		at += length + (end == NULL ? 0 : 2);
	}
}
`,
  },
  {
    defines: 'add_list()',
    text: `static void add_list(const unsigned short *values, int count)
{
	for (int at = 0; at < count; at++)
		add(at == 0 ? " values=%lld" : ",%lld", values[at]);
}
`,
  },
]
