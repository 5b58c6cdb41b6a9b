import type { Part } from './part.ts'
import { cannot, expire, microseconds } from './shared.ts'
import { begin, callInWords, endings, letter, outcomes, settle } from './watched.ts'

/** In a step somebody returns, or sleeps. */
const looks = outcomes.map(({ defines, text }) => ({
  defines,
  text: text
    .replace('what(who) == 0', 's->of[who].done != s->now')
    .replace('what(who) == RETURNED', '!sleeps(who)'),
}))

/** Actors are processes that return from calls, and perhaps sleep in them or end. */
export const sleeperParts = (hasEnds: boolean, hasSleepers: boolean): readonly Part[] => [
  microseconds,
  ...(hasEnds ? outcomes : looks),
  ...endings,
  callInWords,
  begin,
  {
    defines: 'finish()',
    text: `static _Noreturn void finish(int status)
{
	for (int who = 0; who < ACTORS; who++)
		if (s->of[who].pid > 0${hasEnds ? ' && !gone[who]' : ''})
			kill(s->of[who].pid, SIGKILL);
	while (wait(NULL) > 0)
		;
	REMOVE
${hasSleepers ? '' : RINGING}	RESULT
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
	for (int who = 0; who < ACTORS; who++)
		${hasEnds ? 'if (what(who) & ENDED)\n\t\t\tprintf(" %c ends;", \'A\' + who);\n\t\telse if (!gone[who] && ' : 'if ('}s->of[who].done < s->of[who].begun)
			printf(" %c sleeps;", 'A' + who);
		else if (${hasEnds ? 'what(who) & RETURNED' : '!sleeps(who)'})
			printf(" %c returns %lld%s%s;", 'A' + who, s->of[who].value, s->of[who].error ? ", " : "",
			       s->of[who].error ? strerror(s->of[who].error) : "");
	printf("NOTED\\n"LASTNOTES);
	finish(status);
}
`,
  },
  cannot,
  letter,
  {
    defines: 'rests()',
    text: hasEnds
      ? `/* Whether an actor sleeps or is dead: it shows 'S', and /proc/PID/syscall tells that it is off the processor. */
static int rests(int who)
{
	char state = letter(who, "stat", "%*d (%*[^)]) %c");

	if (!gone[who] && (state == 'Z' || state == 0))
		gone[who] = s->now;
	return gone[who] || (state == 'S' && letter(who, "syscall", "%c") != 'r');
}
`
      : `/* Whether an actor sleeps: it shows 'S', and /proc/PID/syscall tells that it is off the processor. */
static int rests(int who)
{
	return letter(who, "stat", "%*d (%*[^)]) %c") == 'S' && letter(who, "syscall", "%c") != 'r';
}
`,
  },
  settle,
  {
    defines: 'step()',
    text: `${hasSleepers ? '/* An actor makes its next call, and all come to rest. */' : '/* An actor makes its next call, and returns from it before the alarm rings. */'}
static void step(int number, int who, const char *words)
{
	BEGIN
	if (write(s->of[who].gate[1], &number, sizeof(number)) != sizeof(number))
		abort();
${hasSleepers ? '\tsettle(who, number);' : RETURNING}
}
`,
  },
  expire,
]

/** Where nobody sleeps in a call and nobody ends there is nothing to be watched. */
const RETURNING = `	alarm(50);
	while (s->of[who].done != number)
		sched_yield();`

const RINGING = `	if (status == SIGALRM) {
		printf("SAYstep %d, %s: it does not return\\n", s->now, call);
		status = HARD_ERROR;
	}
`
