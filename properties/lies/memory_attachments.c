#include "memory.h"

#include <sys/mman.h>

/* SHM_RDONLY is ignored. */
#ifdef LIE_SHMAT_READ_ONLY_IGNORED
void *shmat(int segment, const void *address, int flags)
{
	return real_shmat(segment, address, flags & ~SHM_RDONLY);
}
#endif

/* Who may not write gets a read-only attachment. */
#ifdef LIE_SHMAT_READ_ONLY_INSTEAD
void *shmat(int segment, const void *address, int flags)
{
	void *base = real_shmat(segment, address, flags);

	return base == (void *)-1 && errno == EACCES ? real_shmat(segment, address, flags | SHM_RDONLY) : base;
}
#endif

/* SHM_EXEC needs no permission. An old manual page says so. */
#ifdef LIE_SHMAT_EXECUTE_UNCHECKED
void *shmat(int segment, const void *address, int flags)
{
	return real_shmat(segment, address, flags & ~SHM_EXEC);
}
#endif

/* SHM_RND rounds up. */
#ifdef LIE_SHMAT_ROUNDS_UP
void *shmat(int segment, const void *address, int flags)
{
	if (flags & SHM_RND && address != page_of(address))
		address = page_of(at(address, PAGE));
	return real_shmat(segment, address, flags);
}
#endif

/* SHM_RND is not needed: every address is rounded. */
#ifdef LIE_SHMAT_ALWAYS_ROUNDS
void *shmat(int segment, const void *address, int flags)
{
	return real_shmat(segment, address, flags | SHM_RND);
}
#endif

/* Whatever is mapped at the address makes way, also without SHM_REMAP. */
#ifdef LIE_SHMAT_ALWAYS_REPLACES
void *shmat(int segment, const void *address, int flags)
{
	return real_shmat(segment, address, address == NULL ? flags : flags | SHM_REMAP);
}
#endif

/* SHM_REMAP does not replace what is there. */
#ifdef LIE_SHMAT_REMAP_IGNORED
void *shmat(int segment, const void *address, int flags)
{
	return real_shmat(segment, address, address == NULL ? flags : flags & ~SHM_REMAP);
}
#endif

/* SHM_REMAP without an address attaches anywhere. qemu's user mode and FreeBSD do so. */
#ifdef LIE_SHMAT_REMAP_ANYWHERE
void *shmat(int segment, const void *address, int flags)
{
	return real_shmat(segment, address, address == NULL ? flags & ~SHM_REMAP : flags);
}
#endif

/* The address is a hint: where there is no room, the segment is attached elsewhere. gVisor does so. */
#ifdef LIE_SHMAT_ADDRESS_IS_A_HINT
void *shmat(int segment, const void *address, int flags)
{
	void *base = real_shmat(segment, address, flags);
	bool refused = base == (void *)-1 && errno == EINVAL && address != NULL;

	return refused ? real_shmat(segment, NULL, flags & SHM_RDONLY) : base;
}
#endif

/* The second attachment of a segment is the first one. */
#ifdef LIE_SHMAT_AGAIN_IS_THE_SAME
void *shmat(int segment, const void *address, int flags)
{
	for (int i = 0; i < attached; i++)
		if (attachments[i].segment == segment && address == NULL)
			return attachments[i].base;
	return noted_shmat(segment, address, flags);
}

int shmdt(const void *address)
{
	return noted_shmdt(address);
}
#endif

/* Any address inside an attachment detaches it. */
#ifdef LIE_SHMDT_INSIDE_ACCEPTED
void *shmat(int segment, const void *address, int flags)
{
	return noted_shmat(segment, address, flags);
}

int shmdt(const void *address)
{
	const struct attachment *attachment = address == page_of(address) ? attachment_at(address) : NULL;

	return noted_shmdt(attachment == NULL ? address : attachment->base);
}
#endif

/* The address is rounded down to its page. */
#ifdef LIE_SHMDT_ROUNDS
int shmdt(const void *address)
{
	return REAL(shmdt)(page_of(address));
}
#endif

/* Detaching what is not attached succeeds, like free(NULL). */
#ifdef LIE_SHMDT_NOTHING_SUCCEEDS
int shmdt(const void *address)
{
	int result = REAL(shmdt)(address);

	return result == -1 && errno == EINVAL && address == page_of(address) ? 0 : result;
}
#endif

/* All attachments of the segment go. */
#ifdef LIE_SHMDT_ALL_OF_THE_SEGMENT
void *shmat(int segment, const void *address, int flags)
{
	return noted_shmat(segment, address, flags);
}

int shmdt(const void *address)
{
	const struct attachment *attachment = attachment_at(address);
	int segment = attachment == NULL || attachment->base != address ? -1 : attachment->segment;
	int result = noted_shmdt(address);

	for (int i = attached - 1; result == 0 && i >= 0; i--)
		if (attachments[i].segment == segment)
			noted_shmdt(attachments[i].base);
	return result;
}
#endif

/* A detached address can still be read and written, until something else is attached or detached. */
#ifdef LIE_SHMDT_LEAVES_PAGES
static void *left;

static void let_go(void)
{
	if (left != NULL)
		munmap(left, PAGE);
	left = NULL;
}

void *shmat(int segment, const void *address, int flags)
{
	let_go();
	return real_shmat(segment, address, flags);
}

int shmdt(const void *address)
{
	int result = REAL(shmdt)(address);
	int protection = PROT_READ | PROT_WRITE;
	int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE;

	if (result == 0) {
		let_go();
		left = mmap((void *)(uintptr_t)address, PAGE, protection, flags, -1, 0);
	}
	return result;
}
#endif

/* A child does not inherit attachments. */
#ifdef LIE_FORK_DROPS_ATTACHMENTS
void *shmat(int segment, const void *address, int flags)
{
	return noted_shmat(segment, address, flags);
}

int shmdt(const void *address)
{
	return noted_shmdt(address);
}

pid_t fork(void)
{
	pid_t pid = REAL(fork)();

	while (pid == 0 && attached > 0)
		REAL(shmdt)(attachments[--attached].base);
	return pid;
}
#endif

/* An exec that fails has already detached everything. */
#ifdef LIE_EXEC_DROPS_ATTACHMENTS_EARLY
void *shmat(int segment, const void *address, int flags)
{
	return noted_shmat(segment, address, flags);
}

int shmdt(const void *address)
{
	return noted_shmdt(address);
}

int execve(const char *path, char *const arguments[], char *const environment[])
{
	while (attached > 0)
		REAL(shmdt)(attachments[--attached].base);
	return REAL(execve)(path, arguments, environment);
}
#endif

/* A process may attach no more than 128 times. FreeBSD has such a limit (SHMSEG). */
#ifdef LIE_SHMAT_FEW_ATTACHMENTS
static int held;

void *shmat(int segment, const void *address, int flags)
{
	void *base = real_shmat(segment, address, flags);

	if (base == (void *)-1 || ++held <= 128)
		return base;
	shmdt(base);
	errno = EMFILE;
	return (void *)-1;
}

int shmdt(const void *address)
{
	int result = REAL(shmdt)(address);

	held -= result == 0 && held > 0;
	return result;
}
#endif
