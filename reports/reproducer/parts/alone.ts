import type { Part } from './part.ts'
import { cannot } from './shared.ts'

/** What stands in for the actors where one process is enough. */
export const aloneParts: readonly Part[] = [
  {
    defines: 'microseconds()',
    text: `static long long microseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000LL + now.tv_nsec / 1000;
}
`,
  },
  {
    defines: 'over() value() returned() failed() check()',
    text: `/* What the last call returned. */
static struct {
	long long value;
	int error;
} last;
`,
  },
  {
    defines: 'over()',
    text: `static long long over(long long value)
{
	last.error = value == -1 ? errno : 0;
	last.value = value;
	return value;
}
`,
  },
  {
    defines: 'begin() check()',
    text: `static int now;
static const char *doing;
`,
  },
  {
    defines: 'begin()',
    text: `static void begin(int number, const char *call)
{
	now = number;
	doing = call;
	CLOCK
	NOTES
}
`,
  },
  { defines: 'value()', text: 'static long long value(void)\n{\n\treturn last.value;\n}\n' },
  {
    defines: 'returned()',
    text: `static int returned(long long value)
{
	return last.error == 0 && last.value == value;
}
`,
  },
  { defines: 'returned_any()', text: 'static int returned_any(void)\n{\n\treturn last.error == 0;\n}\n' },
  {
    defines: 'failed()',
    text: `static int failed(int error)
{
	return last.error == error;
}
`,
  },
  {
    defines: 'finish()',
    text: `static _Noreturn void finish(int status)
{
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
	printf("SAYstep %d, %s\\nSAY  expected: %s\\nSAY  got:      A returns %lld%s%sNOTED\\n", now, doing, expected,
	       last.value, last.error ? ", " : "", last.error ? strerror(last.error) : ""LASTNOTES);
	finish(status);
}
`,
  },
  cannot,
]
