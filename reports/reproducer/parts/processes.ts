import type { Part } from './part.ts'

export const processParts: readonly Part[] = [
  {
    defines: 'me()',
    text: `/* Who this is: a child may be in the memory of its parent. */
static int me(void)
{
	int who = 0;

	while (who < ACTORS - 1 && s->of[who].PID_MEMBER != syscall(SYS_getpid))
		who++;
	return who;
}
`,
  },
  {
    defines: 'set_action() DEFAULT IGNORE NOTE take_caught() forget_caught()',
    text: `enum { DEFAULT, IGNORE, NOTE };

/* What the handler of this process has seen. */
static volatile struct caught seenROWS[65];

static void handle(int number, siginfo_t *info, void *context)
{
	volatile struct caught *caught = &seenROW[number];

	(void)context;
	caught->times++;
	caught->code = info->si_code;
	caught->status = info->si_status;
	caught->pid = info->si_pid;
	caught->uid = info->si_uid;
}
`,
  },
  {
    defines: 'set_action()',
    text: `static int set_action(int number, int disposition, int flags)
{
	struct sigaction action = { .sa_flags = flags };

	if (disposition == NOTE) {
		action.sa_flags |= SA_SIGINFO;
		action.sa_sigaction = handle;
	} else {
		action.sa_handler = disposition == IGNORE ? SIG_IGN : SIG_DFL;
	}
	return sigaction(number, &action, NULL);
}
`,
  },
  {
    defines: 'take_caught()',
    text: `/* How often the handler ran, and with what; from now on it counts anew. */
static int take_caught(int number, struct caught *caught)
{
	volatile struct caught *last = &seenROW[number];

	*caught = (struct caught){ last->times, last->code, last->status, last->pid, last->uid };
	last->times = last->code = last->status = last->pid = last->uid = 0;
	return caught->times;
}
`,
  },
  {
    defines: 'forget_caught()',
    text: `static void forget_caught(void)
{
	for (int number = 0; number < 65; number++)
		seen[number].times = seen[number].code = seen[number].status = seen[number].pid = seen[number].uid = 0;
}
`,
  },
  {
    defines: 'do_nothing',
    text: `static void do_nothing(int number)
{
	(void)number;
}
`,
  },
  {
    defines: 'change_mask()',
    text: `static int change_mask(int how, int number)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, number);
	return sigprocmask(how, &set, NULL);
}
`,
  },
  {
    defines: 'is_pending()',
    text: `static int is_pending(int number)
{
	sigset_t set;

	sigemptyset(&set);
	return sigpending(&set) == 0 ? sigismember(&set, number) == 1 : -1;
}
`,
  },
  {
    defines: 'limit_self()',
    text: `/* The soft limit, at most the hard one. */
static int limit_self(int resource, long long value)
{
	struct rlimit limit;

	if (getrlimit(resource, &limit) != 0)
		return -1;
	limit.rlim_cur = (rlim_t)value < limit.rlim_max ? (rlim_t)value : limit.rlim_max;
	return setrlimit(resource, &limit);
}
`,
  },
  {
    defines: 'inside()',
    text: `/* A process in a pid namespace of its own adds 1 to a semaphore: GETPID before and after it. Its pid is returned. */
static long long inside(int set, int number, int *before, int *after)
{
	int *told = mmap(NULL, 3 * sizeof(int), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pid_t pid = (pid_t)CLONE(CLONE_NEWPID);
	int error = errno;

	if (pid == 0) {
		told[0] = semctl(set, number, GETPID);
		told[2] = semop(set, &(struct sembuf){ (unsigned short)number, 1, IPC_NOWAIT }, 1) == 0 ? 0 : errno;
		told[1] = semctl(set, number, GETPID);
		_exit(0);
	}
	if (pid > 0) {
		/* Who sleeps is taken to be asleep in the call. */
		while (waitpid(pid, NULL, __WCLONE | WNOHANG) == 0)
			sched_yield();
		error = told[2];
	}
	*before = told[0];
	*after = told[1];
	munmap(told, 3 * sizeof(int));
	errno = error;
	return pid > 0 && error == 0 ? pid : -1;
}
`,
  },
]
