import type { Part } from './part.ts'

/** The programs ipcs and ipcrm, objects that are gone before anybody sees them, and the choice of pids. */
export const programParts: readonly Part[] = [
  {
    defines: 'run_program()',
    text: `/*
 * The exit status of a program, and what it writes. Its parent is a helper of whose end no signal tells, so that nobody
 * but the caller notices. It is run without the capabilities that are kept for later.
 */
static int run_program(const char *path, const char *option, const char *word, int output)
{
	int status = -1;
	pid_t helper = (pid_t)CLONE(0);

	if (helper == 0) {
		signal(SIGCHLD, SIG_DFL);
		if (CLONE(SIGCHLD) == 0) {
			prctl(PR_CAP_AMBIENT, 4UL /* PR_CAP_AMBIENT_CLEAR_ALL */, 0UL, 0UL, 0UL);
			setenv("LC_ALL", "C", 1);
			dup2(output, 1);
			dup2(output, 2);
			execl(path, path, option, word, (char *)NULL);
			_exit(127);
		}
		wait(&status);
		_exit(WIFEXITED(status) ? WEXITSTATUS(status) : 127);
	}
	/* Who sleeps is taken to be asleep in the call. */
	while (waitpid(helper, &status, __WCLONE | WNOHANG) == 0)
		sched_yield();
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}
`,
  },
  {
    defines: 'ipcs()',
    text: `/* Whether ipcs lists an object, and its key, mode and one or two numbers. */
static int ipcs(const char *option, int id, long long shown[4])
{
	FILE *output = tmpfile();
	char line[512], owner[64];
	unsigned key, mode;
	int found = 0, other;

	if (output == NULL || run_program("/usr/bin/ipcs", option, NULL, fileno(output)) != 0)
		return -1;
	rewind(output);
	while (!found && fgets(line, sizeof(line), output) != NULL) {
		int count = sscanf(line, "%x %d %63s %o %lld %lld", &key, &other, owner, &mode, &shown[2], &shown[3]);

		found = count >= 5 && other == id;
	}
	fclose(output);
	shown[0] = (int)key;
	shown[1] = mode;
	return found;
}
`,
  },
  {
    defines: 'ipcrm()',
    text: `/* Whether ipcrm complains. */
static int ipcrm(const char *option, int number)
{
	char word[16];
	FILE *output = tmpfile();
	int status;

	if (output == NULL)
		return -1;
	snprintf(word, sizeof(word), option[1] < 'a' ? "0x%x" : "%d", (unsigned)number);
	status = run_program("/usr/bin/ipcrm", option, word, fileno(output));
	fclose(output);
	return status != 0;
}
`,
  },
  {
    defines: 'enter_pid_namespace()',
    text: `/* Which pid is next can be said in a pid namespace of its own only: the program goes on as the first process there. */
static void enter_pid_namespace(void)
{
	int status;
	pid_t inner = unshare(CLONE_NEWPID | CLONE_NEWNS) == 0 ? (pid_t)CLONE(SIGCHLD) : -1;

	if (inner > 0) {
		waitpid(inner, &status, 0);
		exit(WIFEXITED(status) ? WEXITSTATUS(status) : HARD_ERROR);
	}
	prctl(PR_SET_PDEATHSIG, (unsigned long)SIGKILL, 0UL, 0UL, 0UL);
	if (inner == 0 && mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
	    mount("proc", "/proc", "proc", 0, NULL) == 0)
		return;
	printf("SAYthis cannot be tried here: it takes a pid namespace and a /proc of its own\\n");
	exit(SKIPPED);
}
`,
  },
  ...[
    churning('sets', 'semget(IPC_PRIVATE, 1, 0600)', 'semctl(*last, 0, IPC_RMID)'),
    churning('queues', 'msgget(IPC_PRIVATE, 0600)', 'msgctl(*last, IPC_RMID, NULL)'),
    churning('segments', 'shmget(IPC_PRIVATE, 1, 0600)', 'shmctl(*last, IPC_RMID, NULL)'),
  ],
]

function churning(kind: string, make: string, remove: string): Part {
  return {
    defines: `churn_${kind}()`,
    text: `/* So many objects are made and at once removed: the identifiers of the first and the last. */
static int churn_${kind}(int times, int *first, int *last)
{
	for (int count = 0; count < times; count++) {
		*last = ${make};
		if (*last == -1 || ${remove} == -1)
			return -1;
		if (count == 0)
			*first = *last;
	}
	return 0;
}
`,
  }
}
