/*
 * Lies that hardly show while one call is made at a time: each leaves open for a moment what nobody may see, or goes
 * wrong where two calls meet.
 */
#include "semaphores.h"

#include "memory.h"
#include "messages.h"
#include "processes.h"

#include <sched.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>

/* Of so many wake-ups one is lost. */

#define ONE_OF 1000

/* Long enough that somebody else comes by. */
MAYBE_UNUSED static void dawdle(void)
{
	for (volatile int round = 0; round < 2000; round++)
		;
	sched_yield();
}

/* Whether all operations raise, or all lower, semaphores that are different, and can do so now. */
MAYBE_UNUSED static bool can_be_split(int set, const struct sembuf *operations, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (operations[i].sem_op == 0 || (operations[i].sem_op > 0) != (operations[0].sem_op > 0))
			return false;
		for (size_t j = 0; j < i; j++)
			if (operations[i].sem_num == operations[j].sem_num)
				return false;
		if (operations[i].sem_op < 0 && ask(set, operations[i].sem_num, GETVAL) < -operations[i].sem_op)
			return false;
	}
	return count > 1;
}

/* The first operation of an array that need not wait takes effect a little before the others. */
#ifdef LIE_OVERLAP_SEMOP_IN_TWO
SEMOP(set, operations, count, timeout)
{
	if (!can_be_split(set, operations, count))
		return real_semop(set, operations, count, timeout);
	if (real_semop(set, operations, 1, timeout) != 0)
		return -1;
	dawdle();
	return real_semop(set, operations + 1, count - 1, timeout);
}
#endif

/* One of a thousand sleepers is not told that it can go on. It is as if it had not been woken: its units are still there. */
#ifdef LIE_OVERLAP_WAKE_UP_LOST
SEMOP(set, operations, count, timeout)
{
	struct sembuf now = operations[0], back = operations[0], never = { .sem_num = operations[0].sem_num, .sem_op = NEVER };
	static unsigned seed;

	now.sem_flg |= IPC_NOWAIT;
	back.sem_op = (short)-back.sem_op;
	if (count != 1 || timeout != NULL || operations[0].sem_op >= 0 || (operations[0].sem_flg & IPC_NOWAIT))
		return real_semop(set, operations, count, timeout);
	if (real_semop(set, &now, 1, NULL) == 0)
		return 0;
	if (errno != EAGAIN || real_semop(set, operations, count, timeout) != 0)
		return -1;
	if (seed == 0)
		seed = (unsigned)getpid() * 2654435761u ^ (unsigned)time(NULL);
	if (rand_r(&seed) % ONE_OF != 0)
		return 0;
	real_semop(set, &back, 1, NULL);
	return real_semop(set, &never, 1, NULL);
}
#endif

/* A call that a signal interrupts looks once more whether it can be done, and says that it was interrupted all the same. */
#ifdef LIE_OVERLAP_EINTR_APPLIED
SEMOP(set, operations, count, timeout)
{
	struct sembuf again[SEMOPM];
	int result = real_semop(set, operations, count, timeout);

	if (result == 0 || errno != EINTR || count > SEMOPM)
		return result;
	for (size_t i = 0; i < count; i++) {
		again[i] = operations[i];
		again[i].sem_flg |= IPC_NOWAIT;
	}
	dawdle();
	real_semop(set, again, count, NULL);
	return fail(EINTR);
}
#endif

/* Who takes the only message, which it had sent itself, leaves it there for a moment: another one may take it too. */
#ifdef LIE_OVERLAP_MESSAGE_TWICE
ssize_t msgrcv(int queue, void *message, size_t size, long type, int flags)
{
	static struct message kept;
	ssize_t length = real_msgrcv(queue, message, size, type, flags);
	struct msqid_ds status;

	if (length < 0 || length > MSGMAX || stat_queue(queue, &status) != 0 || status.msg_qnum != 0 ||
	    status.msg_lspid != getpid())
		return length;
	memcpy(&kept, message, sizeof(long) + (size_t)length);
	if (real_msgsnd(queue, &kept, (size_t)length, IPC_NOWAIT) != 0)
		return length;
	dawdle();
	real_msgrcv(queue, &kept, (size_t)length, kept.type, IPC_NOWAIT | MSG_NOERROR);
	return length;
}
#endif

/* Whether a key is taken is looked up first, and the segment made a little later: two may both have made it. */
#ifdef LIE_OVERLAP_SHMGET_EXCLUSIVE_TWICE
int shmget(key_t key, size_t size, int flags)
{
	if (key == IPC_PRIVATE || (flags & (IPC_CREAT | IPC_EXCL)) != (IPC_CREAT | IPC_EXCL))
		return REAL(shmget)(key, size, flags);
	if (REAL(shmget)(key, 0, 0) != -1)
		return fail(EEXIST);
	dawdle();
	return REAL(shmget)(key, size, flags & ~IPC_EXCL);
}
#endif

/* What is there to be reported is looked at first, and taken a little later: two threads may both have been told of it. */
#ifdef LIE_OVERLAP_REPORT_TWICE
pid_t waitpid(pid_t process, int *status, int options)
{
	siginfo_t info;
	pid_t found;

	memset(&info, 0, sizeof(info));
	if ((process != -1 && process <= 0) || (options & ~WNOHANG) != 0 || status == NULL ||
	    REAL(waitid)(process == -1 ? P_ALL : P_PID, process == -1 ? 0 : (id_t)process, &info,
			 WEXITED | WNOHANG | WNOWAIT) != 0 ||
	    info.si_pid == 0 || info.si_code != CLD_EXITED)
		return REAL(waitpid)(process, status, options);
	found = info.si_pid;
	dawdle();
	if (REAL(waitpid)(found, status, WNOHANG) != found)
		*status = info.si_status << 8;
	return found;
}
#endif

/*
 * Who finds nothing falls asleep a little later, and is not woken by a stop that came between: he hears of what his child does next.
 */
#ifdef LIE_OVERLAP_STOP_MISSED
WAIT(pid, status, options, usage)
{
	siginfo_t info = { .si_pid = 0 };
	pid_t found;

	if ((options & (WNOHANG | WUNTRACED)) != WUNTRACED || pid <= 0)
		return real_wait(pid, status, options, usage);
	found = real_wait(pid, status, options | WNOHANG, usage);
	if (found != 0)
		return found;
	dawdle();
	if (real_waitid(P_PID, (id_t)pid, &info, WSTOPPED | WNOHANG | WNOWAIT) != 0 || info.si_pid != pid)
		return real_wait(pid, status, options, usage);
	return real_wait(pid, status, options & ~WUNTRACED, usage);
}
#endif

/* A stop that a wait has reported is undone a little later, and nobody is told of that. */
#ifdef LIE_OVERLAP_STOP_UNDONE
WAIT(pid, status, options, usage)
{
	pid_t found = real_wait(pid, status, options, usage);
	siginfo_t info;

	if (found <= 0 || status == NULL || !WIFSTOPPED(*status))
		return found;
	dawdle();
	kill(found, SIGCONT);
	real_waitid(P_PID, (id_t)found, &info, WCONTINUED | WNOHANG);
	return found;
}
#endif

/* Who is interrupted takes a report all the same, if there is one by then, and nobody is told of it. */
#ifdef LIE_OVERLAP_REPORT_LOST
WAIT(pid, status, options, usage)
{
	pid_t found = real_wait(pid, status, options, usage);
	int unused;

	if (found >= 0 || errno != EINTR)
		return found;
	dawdle();
	real_wait(pid, &unused, options | WNOHANG, usage);
	return fail(EINTR);
}
#endif

/* Of four processes that are continued one is stopped again at once. */
#ifdef LIE_OVERLAP_CONTINUE_OVERTAKEN
int kill(pid_t pid, int signal)
{
	static unsigned sent;
	int result = REAL(kill)(pid, signal);

	if (result != 0 || signal != SIGCONT || pid <= 0 || ++sent % 4 != 0)
		return result;
	dawdle();
	REAL(kill)(pid, SIGSTOP);
	return result;
}
#endif

/* What would end a stopped process is forgotten. */
#ifdef LIE_OVERLAP_END_FORGOTTEN
enum { PROCESSES = 4096 };
/* Shared by all processes of the probe: whether a process was last stopped, not continued. */
static volatile char *is_stopped;

__attribute__((constructor)) static void share(void)
{
	is_stopped = mmap(NULL, PROCESSES, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
}

int kill(pid_t pid, int signal)
{
	volatile char *its = &is_stopped[(unsigned)pid % PROCESSES];

	if (pid <= 0)
		return REAL(kill)(pid, signal);
	if (signal == SIGSTOP || signal == SIGCONT)
		*its = signal == SIGSTOP;
	return REAL(kill)(pid, signal == SIGTERM && *its ? 0 : signal);
}

pid_t fork(void)
{
	pid_t child = REAL(fork)();

	if (child > 0)
		is_stopped[(unsigned)child % PROCESSES] = 0;
	return child;
}
#endif
