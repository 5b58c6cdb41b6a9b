#include "guard.h"

#include "descendants.h"
#include "driver.h"
#include "objects.h"
#include "privileges.h"
#include "processors.h"
#include "progress.h"
#include "raw_signals.h"
#include "text_file.h"
#include "wire.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#ifndef __WALL
#define __WALL 0x40000000
#endif

/* Microseconds between two looks, and how many in a row may find the driver where it was. */
#define BETWEEN_LOOKS 200000
#define STILL_LOOKS_MAX 3
/* Of so many in a row that do, the last one leaves the driver behind all others. */
#define LOOKS_PER_HELP 4

static enum isolation isolation;
static pid_t driver;

/* SIGCHLD, and SIGTERM when the outer process dies, end the time between two looks. */
static signal_mask take_signals(void)
{
	signal_mask mask = only(SIGCHLD);
	signal_mask term = only(SIGTERM);

	for (size_t i = 0; i < sizeof(mask.words) / sizeof(mask.words[0]); i++)
		mask.words[i] |= term.words[i];
	for (int signal = 1; signal <= SIGNALS_MAX; signal++)
		raw_set_disposition(signal, SIG_DFL);
	raw_set_disposition(SIGPIPE, SIG_IGN);
	raw_sigprocmask(SIG_SETMASK, &mask, NULL);
	return mask;
}

static bool is_given(const char *wish)
{
	return wish != NULL && *wish != '\0';
}

static void choose_processor(void)
{
	const char *wish = getenv("IPC_ORACLE_CPU");

	/* Calls that overlap take several processors, and nobody who comes before the others. */
	run->spread = is_given(wish) && strcmp(wish, "all") == 0;
	run->processor = run->spread ? ALL_PROCESSORS : take_processor(is_given(wish) ? wish : NULL);
	if (run->processor < 0 && !run->spread && is_given(wish))
		fail("IPC_ORACLE_CPU=%s: this process may not run on that processor", wish);
}

/* Only to see whether it may. What the driver's start makes (an emulator's threads) must not have this priority. */
static void look_for_fifo(void)
{
	const char *wish = getenv("IPC_ORACLE_DETECTION");

	permit_fifo();
	if (run->spread)
		return;
	if (is_given(wish) && strcmp(wish, "fifo") != 0)
		return;
	run->fifo = use_fifo(0, GUARD_PRIORITY);
	use_ordinary_scheduling(0);
}

/* An emulator's: what they hold when they get no processor keeps the emulated thread waiting. */
static bool has_further_threads(void)
{
	char text[2048];
	const char *count;

	read_text("/proc/self/status", text, sizeof(text));
	count = strstr(text, "\nThreads:");
	return count != NULL && atoi(count + sizeof("\nThreads:") - 1) > 1;
}

static void start_driver(void)
{
	int lifeline[2];

	if (syscall(SYS_pipe2, lifeline, O_CLOEXEC) < 0)
		fail("no pipe can be made");
	driver = raw_clone(SIGCHLD);
	if (driver < 0)
		fail("no process can be started");
	if (driver == 0) {
		raw_close(lifeline[1]);
		driver_run(isolation, lifeline[0]);
	}
	raw_close(lifeline[0]);
	run->driver_number = driver;
	pin(run->processor);
	if (run->fifo)
		use_fifo(0, GUARD_PRIORITY);
}

/* Whoever it was that ended the driver: nothing stays behind. With namespaces the kernel has seen to that. */
static void clean_up_behind_driver(void)
{
	if (isolation != ISOLATION_NONE)
		return;
	kill_descendants();
	remove_made();
}

/* False: there is no driver any more. */
static bool reap(int *status)
{
	pid_t dead;

	do {
		dead = reap_gently(-1, status);
		if (dead > 0 && dead != driver && run->fifo)
			use_fifo(0, GUARD_PRIORITY);
	} while (dead > 0 && dead != driver);
	return dead == 0;
}

static bool nobody_reads(void)
{
	struct pollfd file = { .fd = STDOUT_FILENO };
	struct kernel_time none = kernel_time(0);

	return syscall(SYS_ppoll, &file, 1, &none, NULL, (size_t)KERNEL_SIGSET_SIZE) > 0 &&
	       (file.revents & (POLLERR | POLLHUP));
}

/* Where nothing moves though the driver waits for nobody, actors keep it from running: from now on it comes first. */
static void help_driver(void)
{
	static int64_t last_look;
	static uint32_t last_progress;
	static int still;
	int64_t now = monotonic_microseconds();

	if (now - last_look < BETWEEN_LOOKS)
		return;
	last_look = now;
	run->beside_ordinary = has_ordinary(run->processor) || has_ordinary(ALL_PROCESSORS);
	still = load_acquire(&run->waiting) || progress() != last_progress ? 0 : still + 1;
	last_progress = progress();
	if (still < STILL_LOOKS_MAX)
		return;
	store_release(&run->lifted, 1);
	/* Should it hang in the kernel until somebody runs who comes behind it (see reap_gently), a look without help is help. */
	if ((still - STILL_LOOKS_MAX + 1) % LOOKS_PER_HELP != 0)
		use_fifo(driver, LIFTED_PRIORITY);
	else
		use_ordinary_scheduling(driver);
}

static _Noreturn void watch(int outer, const signal_mask *signals)
{
	int status = 0;

	while (reap(&status)) {
		if (syscall(SYS_getppid) != outer || nobody_reads()) {
			end_starved(driver);
			clean_up_behind_driver();
			raw_exit(STATUS_DIED);
		}
		if (run->fifo)
			help_driver();
		wait_for_signal(signals, BETWEEN_LOOKS);
	}
	clean_up_behind_driver();
	if (WIFEXITED(status))
		raw_exit(WEXITSTATUS(status));
	fprintf(stderr, "probe: the driver was killed by signal %d\n", WTERMSIG(status));
	raw_exit(STATUS_DIED);
}

_Noreturn void guard_run(int outer)
{
	signal_mask signals;

	syscall(SYS_setsid);
	signals = take_signals();
	raw_prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (!wire_prepare() || syscall(SYS_getppid) != outer)
		raw_exit(STATUS_CANNOT_RUN);
	limit_spinning(DRIVER_SPIN_SECONDS_MAX);
	choose_processor();
	look_for_fifo();
	if (!run->fifo || has_further_threads())
		be_known_as_ordinary(run->processor);
	if (!enter_namespaces(getenv("IPC_ORACLE_NAMESPACES"), &isolation))
		fail("IPC_ORACLE_NAMESPACES=%s is not possible here", getenv("IPC_ORACLE_NAMESPACES"));
	if (isolation == ISOLATION_NONE)
		raw_prctl(PR_SET_CHILD_SUBREAPER, 1);
	run->pid_namespace = run->ipc_namespace = isolation != ISOLATION_NONE;
	run->waiting = true;
	start_driver();
	/* It alone reads. That nobody does at the other end of its output is for the guard to see. */
	syscall(SYS_dup3, raw_open("/dev/null", O_RDWR | O_CLOEXEC), STDIN_FILENO, 0);
	watch(outer, &signals);
}
