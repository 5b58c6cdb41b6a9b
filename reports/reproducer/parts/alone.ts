import type { Part } from './part.ts'
import { cannot, microseconds } from './shared.ts'

/** What stands in for the actors where one process is enough. */
export const aloneParts: readonly Part[] = [
  microseconds,
  {
    defines: 'value',
    text: '/* What the last call returned. */\nstatic long long value;\n',
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
static void check(int status, int is_so, const char *call, const char *expected)
{
	if (!is_so) {
		printf("SAY%s\\nSAY  expected: %s\\nSAY  got:      %lld%s%sNOTED\\n", call, expected, value,
		       value == -1 ? ", " : "", value == -1 ? strerror(errno) : ""LASTNOTES);
		finish(status);
	}
	NOTES
}
`,
  },
  cannot,
]
