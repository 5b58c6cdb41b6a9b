import { aloneParts } from './alone.ts'
import type { Part } from './part.ts'
import { cannot } from './shared.ts'

const check = aloneParts.filter(({ defines }) => defines === 'check()')
const ofEachProcess = aloneParts.filter(({ defines }) => ['microseconds()', 'value'].includes(defines))

/**
 * Actors are processes of which none sleeps in a call: they hand on the turn, and each looks itself at what its calls
 * returned. The first one is the main process.
 */
export const turnParts: readonly Part[] = [
  ...ofEachProcess,
  {
    defines: 'gates',
    text: '/* Where each actor waits for its turn. */\nstatic int gates[ACTORS][2];\n',
  },
  {
    defines: 'pass()',
    text: `static void pass(int next)
{
	if (write(gates[next][1], "", 1) != 1)
		abort();
}
`,
  },
  {
    defines: 'finish()',
    text: `/* The main process cleans up, also where the alarm rings; another one tells it to, and ends. */
static _Noreturn void finish(int status)
{
	if (syscall(SYS_getpid) != s->pids[A]) {
		s->verdict = status;
		s->is_over = 1;
		pass(A);
		syscall(SYS_exit_group, status);
	}
	for (int who = A + 1; who < ACTORS; who++)
		if (s->pids[who] > 0 && !s->gone[who])
			syscall(SYS_kill, s->pids[who], SIGKILL);
	while (syscall(SYS_wait4, -1, NULL, __WALL, NULL) > 0)
		;
	REMOVE
	if (status == SIGALRM) {
		printf("SAYan actor does not return\\n");
		status = HARD_ERROR;
	}
	RESULT
	exit(status);
}
`,
  },
  ...check,
  cannot,
  {
    defines: 'turn()',
    text: `/* An actor waits here until it may make its call. */
static void turn(int who)
{
	char go;

	while (read(gates[who][0], &go, 1) != 1)
		;
	if (s->is_over)
		finish(s->verdict);
}
`,
  },
  {
    defines: 'is_child()',
    text: `/* The call that forks is over; the pid tells who this is, whatever the call returned. */
static int is_child(int parent, int child)
{
	if (syscall(SYS_getpid) == s->pids[parent]) {
		while (value > 0 && s->pids[child] == 0)
			sched_yield();
		return 0;
	}
	/* Should all else fail, it ends after a while. */
	signal(SIGALRM, SIG_DFL);
	alarm(60);
	s->pids[child] = (pid_t)syscall(SYS_getpid);
	return 1;
}
`,
  },
  {
    defines: 'await_end()',
    text: `/* A child is dead, and still there. */
static void await_end(int child)
{
	syscall(SYS_waitid, P_PID, s->pids[child], NULL, WEXITED | WNOWAIT, NULL);
	s->gone[child] = 1;
	if (s->is_over)
		finish(s->verdict);
}
`,
  },
]
