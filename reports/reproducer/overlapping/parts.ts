import type { Part } from '../parts/part.ts'
import { letter } from '../parts/watched.ts'
import { GIVE_UP } from '../preparation.ts'

/** What programs do whose calls overlap, some of which may wait or none. */
export const overlappingParts = (mayWait: boolean): readonly Part[] => [
  ...chance,
  ...(mayWait ? waiting : prompt),
  ...rounds,
]

const chance: readonly Part[] = [
  {
    defines: 'me disturb()',
    text: `/* Which actor this process is, and its source of chance. */
static int me;
static unsigned seed;

/* Every round another disturbance: nothing, a little, much. */
static void disturb(void)
{
	seed = seed * 1103515245u + 12345u;
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
    defines: 'make()',
    text: `/* Whether an actor may make a call: the round may be over. */
static int begin(int number, const char *call)
{
	if (s->enough || s->hold)
		return 0;
	disturb();
	s->came[number].call = call;
	s->came[number].is = ASLEEP;
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
	s->came[number].value = value;
	s->came[number].error = error;
	s->came[number].is = BACK;
}
`,
  },
  {
    defines: 'make()',
    text: `/* An actor makes a call, unless the round is over already. */
#define make(number, words, call) (begin(number, words) ? over(number, call) : (void)0)
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
    text: `/* How many actors are asleep. */
static int asleep;

/* Until all actors have come to the end of their lists or are asleep, several times in a row. */
static void wait_for_rest(void)
{
	unsigned before = 0;

	for (int quiet = 0, looks = 0; quiet < s->passes; looks++) {
		unsigned now = 0;
		int busy = 0;

		asleep = 0;
		for (int who = 0; who < ACTORS; who++)
			if (__atomic_load_n(&s->of[who].done, __ATOMIC_ACQUIRE) != s->round) {
				asleep++;
				now += s->of[who].begun;
				/* The list is mostly over before it takes a look at the process. */
				busy += looks < 100 || !is_asleep(who);
			}
		if (asleep == 0)
			return;
		quiet = busy > 0 ? 0 : now == before ? quiet + 1 : 1;
		before = now;
		sched_yield();
	}
}
`,
  },
  {
    defines: 'look()',
    text: `/* The observer's call, and what comes of it. */
static void look(int number, const char *call, long long value)
{
	s->came[number].call = call;
	over(number, value);
	if (asleep > 0)
		wait_for_rest();
}
`,
  },
]

/** Rounds of calls that come back at once. */
const prompt: readonly Part[] = [
  {
    defines: 'make()',
    text: `static void begin(int number, const char *call)
{
	disturb();
	s->came[number].call = call;
	BEGAN
}
`,
  },
  {
    defines: 'over()',
    text: `static void over(int number, long long value)
{
	ENDED
	s->came[number].error = value == -1 ? errno : 0;
	s->came[number].value = value;
	s->came[number].is = BACK;
}
`,
  },
  {
    defines: 'make()',
    text: '#define make(number, words, call) (begin(number, words), over(number, call))\n',
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
    defines: 'look()',
    text: `/* The observer's call. */
static void look(int number, const char *call, long long value)
{
	s->came[number].call = call;
	over(number, value);
}
`,
  },
]

const rounds: readonly Part[] = [
  {
    defines: 'detach()',
    text: `/* What was attached in the round before. */
static void detach(char **address)
{
	if (*address != NULL)
		shmdt(*address);
	*address = NULL;
}
`,
  },
  {
    defines: 'finish()',
    text: `/* Also where the alarm rings. */
static _Noreturn void finish(int status)
{
	for (int who = 0; who < ACTORS; who++)
		if (s->of[who].pid > 0)
			syscall(SYS_kill, s->of[who].pid, SIGKILL);
	while (syscall(SYS_wait4, -1, NULL, __WALL, NULL) > 0)
		;
	REMOVE
	if (status == SIGALRM) {
		printf("SAYthe actors came to no rest\\n");
		status = HARD_ERROR;
	}
	RESULT
	exit(status);
}
`,
  },
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
    text: `/* An actor is a process that makes its list in each round. */
static void start(int who, void (*list)(void))
{
	unsigned long processor = 1UL << who % sysconf(_SC_NPROCESSORS_ONLN) % 32;

	if (fork() != 0) {
		while (s->of[who].pid == 0)
			sched_yield();
		return;
	}
	/* Should all else fail, it ends after a while. */
	signal(SIGALRM, SIG_DFL);
	alarm(LONGEST);
	syscall(SYS_setpgid, 0, 0);
	/* No call may succeed because root is allowed everything. */
	${GIVE_UP}
	/* On different processors, as far as there are several. */
	syscall(SYS_sched_setaffinity, 0, sizeof(processor), &processor);
	me = who;
	seed = (unsigned)who * 2654435761u + 1;
	OWN
	s->of[who].pid = (pid_t)syscall(SYS_getpid);
	for (int round = 1;; round++) {
		while (__atomic_load_n(&s->round, __ATOMIC_ACQUIRE) < round)
			sched_yield();
		/* With this call signals have come, should the loop not have made any. */
		sched_yield();
		alarm(LONGEST);
		list();
		__atomic_store_n(&s->of[who].done, round, __ATOMIC_RELEASE);
	}
}
`,
  },
  {
    defines: 'add()',
    text: `/* The round in words, as in the table. */
static char words[4096];

#define add(...) snprintf(words + strlen(words), sizeof(words) - strlen(words), __VA_ARGS__)
`,
  },
  {
    defines: 'add_message()',
    text: `static void add_message(const struct message *got, long long size)
{
	add("%lld type=%ld fill=%d", size, got->type, size > 0 ? got->body[0] : -1);
}
`,
  },
  {
    defines: 'report()',
    text: `/* Each call with what came of it. */
static void report(long round)
{
	printf("SAYround %ld came out as no order of the calls explains:\\n", round);
	for (int number = FIRST; number <= STEPS; number++) {
		const char *call = s->came[number].call;
		const char *came = strtok(number == FIRST ? words : NULL, ";");

		printf("SAY%4d. %-50s %s\\n", number, call == NULL ? "" : call, came + (*came == ' '));
	}
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
]
