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
    defines: 'end_child()',
    text: `/* Unless it has been waited for. */
static void end_child(pid_t child)
{
	if (child > 0 && syscall(SYS_waitid, P_PID, child, NULL, WEXITED | WNOHANG | WNOWAIT, NULL) == 0)
		syscall(SYS_kill, child, SIGKILL);
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
static void check(int status, int is_so, const char *call, const char *expected)
{
	if (!is_so) {
		printf("SAY%s\\nSAY  expected: %s\\nSAY  got:      returns %lld%s%sNOTED\\n", call, expected, value,
		       value == -1 ? ", " : "", value == -1 ? strerror(errno) : ""LASTNOTES);
		finish(status);
	}
	NOTES
}
`,
  },
  cannot,
  {
    defines: 'open_gate()',
    text: `static void open_gate(int gate[2])
{
	if (pipe(gate) != 0)
		abort();
}
`,
  },
  {
    defines: 'arrivals',
    text: '/* Where children say that they have begun. */\nstatic int arrivals[2];\n',
  },
  {
    defines: 'await_arrival()',
    text: `static void await_arrival(void)
{
	char begun;

	while (read(arrivals[0], &begun, 1) != 1)
		;
}
`,
  },
  {
    defines: 'pass()',
    text: `static void pass(const int gate[2])
{
	if (write(gate[1], "", 1) != 1)
		abort();
}
`,
  },
  {
    defines: 'stay()',
    text: `/* A child that does nothing; should all else fail, it ends after a while. */
static _Noreturn void stay(void)
{
	alarm(60);
	pass(arrivals);
	for (;;)
		pause();
}
`,
  },
  {
    defines: 'end_when_told()',
    text: `/* A child that does nothing until it is told to end. */
static _Noreturn void end_when_told(const int gate[2], int status)
{
	char go;

	alarm(60);
	pass(arrivals);
	while (read(gate[0], &go, 1) != 1)
		;
	_exit(status);
}
`,
  },
  {
    defines: 'await_end()',
    text: `/* A child is dead, and still there. */
static void await_end(pid_t child)
{
	syscall(SYS_waitid, P_PID, child, NULL, WEXITED | WNOWAIT, NULL);
}
`,
  },
]
