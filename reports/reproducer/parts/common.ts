import type { Part } from './part.ts'

/** What reproducers of every kind may use. */
export const commonParts: readonly Part[] = [
  {
    defines: 'FAULT()',
    text: '/* What an access comes to that raises a signal. */\n#define FAULT(fault) (-1000000 - (fault))\n',
  },
  {
    defines: 'SHARED',
    text: '/* The descriptor of the shared memory, for programs that are executed. */\n#define SHARED 100\n',
  },
  {
    defines: 'note()',
    text: `static char notes[2048];

static int note(const char *name, long long value)
{
	size_t length = strlen(notes);

	snprintf(notes + length, sizeof(notes) - length, " %s: %lld", name, value);
	return 0;
}
`,
  },
  {
    defines: 'is()',
    text: `/* Whether a number is the expected one; otherwise it is told. */
#define is(what, expected) ((what) == (expected) || note(#what, (long long)(what)))
`,
  },
  {
    defines: 'end()',
    text: '/* The compiler must not know that it never returns: a broken one might. */\nstatic void (*volatile end)(int) = _exit;\n',
  },
  {
    defines: 'stack_top()',
    text: `/* Of a child in the memory of its parent. */
static _Alignas(64) char stack[262144];

static void *stack_top(void)
{
	return stack + sizeof(stack);
}
`,
  },
  {
    defines: 'run_again()',
    text: `/* This very program, which goes on behind the step. */
static void run_again(const char *number)
{
	char *words[] = { "again", (char *)number, NULL };

	execve("/proc/self/exe", words, environ);
}
`,
  },
  {
    defines: 'coarse_seconds()',
    text: `static long long coarse_seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME_COARSE, &now);
	return now.tv_sec;
}
`,
  },
  {
    defines: 'within()',
    text: `/* Stamps are held against the clock that they are made by, as it was before and after the step. */
static int within(long long stamp, int step)
{
	return stamp >= s->clock_at[step - 1] && stamp <= (s->clock_at[step] != 0 ? s->clock_at[step] : coarse_seconds());
}
`,
  },
  {
    defines: 'tick()',
    text: `/* Waits for the next second. */
static void tick(void)
{
	const struct timespec moment = { 0, 1000000 };
	long long second = coarse_seconds();

	while (coarse_seconds() == second)
		nanosleep(&moment, NULL);
}
`,
  },
  {
    defines: 'all_are()',
    text: `static int all_are(const unsigned short *values, int from, int to, int value)
{
	while (from < to && values[from] == value)
		from++;
	return from == to;
}
`,
  },
]
