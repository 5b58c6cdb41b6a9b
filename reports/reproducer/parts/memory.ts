import type { Part } from './part.ts'

export const memoryParts: readonly Part[] = [
  {
    defines: 'address_of()',
    text: `/* Not negative, even where addresses have 32 bits. */
static long long address_of(void *address)
{
	return (intptr_t)address == -1 ? -1 : (long long)(uintptr_t)address;
}
`,
  },
  {
    defines: 'page()',
    text: `static size_t page(void)
{
	return (size_t)sysconf(_SC_PAGESIZE);
}
`,
  },
  {
    defines: 'load() store()',
    text: `static sigjmp_buf way_out;
static volatile int fault;

static void escape(int number, siginfo_t *info, void *context)
{
	(void)context;
	fault = number * 1000 + info->si_code;
	siglongjmp(way_out, 1);
}

/* One byte is read (byte: -1) or written; a fault is caught and told. */
static long long access_byte(volatile void *at, int byte)
{
	struct sigaction catch = { .sa_sigaction = escape, .sa_flags = SA_SIGINFO | SA_NODEFER }, segv, bus;
	volatile long long value = 0;

	fault = 0;
	sigaction(SIGSEGV, &catch, &segv);
	sigaction(SIGBUS, &catch, &bus);
	if (sigsetjmp(way_out, 0) == 0) {
		if (byte < 0)
			value = *(volatile unsigned char *)at;
		else
			*(volatile unsigned char *)at = (unsigned char)byte;
	}
	sigaction(SIGSEGV, &segv, NULL);
	sigaction(SIGBUS, &bus, NULL);
	return fault == 0 ? value : FAULT(fault);
}
`,
  },
  {
    defines: 'load()',
    text: '#define load(at) access_byte(at, -1)\n',
  },
  {
    defines: 'store()',
    text: '#define store(at, byte) access_byte(at, byte)\n',
  },
  {
    defines: 'run_code()',
    text: `/* The instruction that returns from a function. */
#if defined(__x86_64__) || defined(__i386__)
#define RETURN_CODE { 0xc3 }
#elif defined(__aarch64__)
#define RETURN_CODE { 0xc0, 0x03, 0x5f, 0xd6 }
#elif defined(__arm__)
#define RETURN_CODE { 0x1e, 0xff, 0x2f, 0xe1 }
#elif defined(__riscv)
#define RETURN_CODE { 0x67, 0x80, 0, 0 }
#elif defined(__s390x__)
#define RETURN_CODE { 0x07, 0xfe }
#elif defined(__powerpc64__) && defined(__LITTLE_ENDIAN__)
#define RETURN_CODE { 0x20, 0, 0x80, 0x4e }
#elif defined(__m68k__)
#define RETURN_CODE { 0x4e, 0x75 }
#elif defined(__MIPSEB__)
#define RETURN_CODE { 0x03, 0xe0, 0, 0x08, 0, 0, 0, 0 }
#elif defined(__MIPSEL__)
#define RETURN_CODE { 0x08, 0, 0xe0, 0x03, 0, 0, 0, 0 }
#else
#error "The instruction that returns is not known for this machine."
#endif

/* The instruction is put there and called, and what was there is put back; a fault is caught and told. */
static long long run_code(char *at)
{
	static const unsigned char code[] = RETURN_CODE;
	unsigned char before[sizeof(code)] = { 0 };
	void (*function)(void);
	struct sigaction catch = { .sa_sigaction = escape, .sa_flags = SA_SIGINFO | SA_NODEFER }, segv, bus;
	volatile long long value = 0;

	for (size_t i = 0; value == 0 && i < sizeof(code); i++) {
		value = load(at + i);
		before[i] = (unsigned char)value;
		value = value < 0 ? value : store(at + i, code[i]);
	}
	if (value != 0)
		return value;
	__builtin___clear_cache(at, at + sizeof(code));
	memcpy(&function, &at, sizeof(function));
	fault = 0;
	sigaction(SIGSEGV, &catch, &segv);
	sigaction(SIGBUS, &catch, &bus);
	if (sigsetjmp(way_out, 0) == 0)
		function();
	sigaction(SIGSEGV, &segv, NULL);
	sigaction(SIGBUS, &bus, NULL);
	value = fault == 0 ? 0 : FAULT(fault);
	for (size_t i = 0; i < sizeof(code); i++)
		store(at + i, before[i]);
	return value;
}
`,
  },
  {
    defines: 'read_byte()',
    text: `/* The kernel stores a byte. */
static long long read_byte(void *at, int byte)
{
	unsigned char sent = (unsigned char)byte;
	long long value = -1;
	int ends[2], error;

	if (pipe(ends) != 0)
		return -1;
	if (write(ends[1], &sent, 1) == 1)
		value = read(ends[0], at, 1);
	error = errno;
	close(ends[0]);
	close(ends[1]);
	errno = error;
	return value;
}
`,
  },
  {
    defines: 'attach_often()',
    text: `static long long attach_often(int id, int times, long long *attached, long long *nattch)
{
	static void *at[8192];
	struct shmid_ds status = { 0 };
	long long value;
	int error;

	for (*attached = 0; *attached < times; ++*attached) {
		at[*attached] = shmat(id, NULL, 0);
		if ((intptr_t)at[*attached] == -1)
			break;
	}
	value = *attached < times ? -1 : shmctl(id, IPC_STAT, &status);
	error = errno;
	for (int i = 0; i < *attached; i++)
		if (shmdt(at[i]) != 0)
			value = -1;
	errno = error;
	*nattch = (long long)status.shm_nattch;
	return value;
}
`,
  },
  {
    defines: 'ARENA',
    text: `/* An address far from where programs and mappings go. */
#define ARENA ((char *)(uintptr_t)(sizeof(void *) > 4 ? 0x1000000000ULL : 0x30000000ULL))
`,
  },
  {
    defines: 'raise_fence()',
    text: `/* What is attached next goes right below memory that cannot be used, with no hole above it. */
static void raise_fence(void)
{
	const size_t all = sizeof(void *) == 8 ? (size_t)1 << 36 : (size_t)1 << 28;
	int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
	char *below = mmap(NULL, all, PROT_NONE, flags, -1, 0);

	if (below == MAP_FAILED)
		return;
	munmap(below, all);
	for (size_t bytes = 1 << 20; bytes >= 4096; bytes /= 16) {
		char *got;

		/* Holes above are filled for good. */
		do
			got = mmap(NULL, bytes, PROT_NONE, flags, -1, 0);
		while (got != MAP_FAILED && got >= below + all);
		if (got != MAP_FAILED)
			munmap(got, bytes);
	}
	mmap(NULL, 1 << 20, PROT_NONE, flags, -1, 0);
}
`,
  },
]
