import type { Part } from './part.ts'

/** Processor time and memory, in units so large that what is used besides does not matter. */
export const usageParts: readonly Part[] = [
  {
    defines: 'TIME_UNIT',
    text: '/* Microseconds: a process uses far less besides. */\n#define TIME_UNIT 100000LL\n',
  },
  {
    defines: 'MEMORY_UNIT',
    text: '/* Bytes: a process uses far less besides. */\n#define MEMORY_UNIT (32LL << 20)\n',
  },
  {
    defines: 'burn()',
    text: `static long long processor_time(void)
{
	struct timespec used;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
	return used.tv_sec * 1000000LL + used.tv_nsec / 1000;
}

/* A little more than the units, so that rounding takes nothing away from them. */
static int burn(int units)
{
	long long end = processor_time() + units * TIME_UNIT + 1000;

	while (processor_time() < end)
		;
	return 0;
}
`,
  },
  {
    defines: 'use_memory()',
    text: `/* For a moment, and a little more than the units. */
static int use_memory(int units)
{
	size_t bytes = (size_t)(units * MEMORY_UNIT + (4 << 20));
	char *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (memory == MAP_FAILED)
		return -1;
	memset(memory, 1, bytes);
	return munmap(memory, bytes);
}
`,
  },
  {
    defines: 'time_units()',
    text: `static int time_units(const struct rusage *used)
{
	return (int)(((used->ru_utime.tv_sec + used->ru_stime.tv_sec) * 1000000LL + used->ru_utime.tv_usec +
	              used->ru_stime.tv_usec) / TIME_UNIT);
}
`,
  },
  {
    defines: 'memory_units()',
    text: `static int memory_units(const struct rusage *used)
{
	return (int)(used->ru_maxrss * 1024LL / MEMORY_UNIT);
}
`,
  },
  {
    defines: 'as_rusage()',
    text: `static const struct rusage *as_rusage(const struct kernel_usage *told)
{
	static struct rusage usage;

	usage.ru_utime.tv_sec = told->user[0] + told->system[0];
	usage.ru_utime.tv_usec = told->user[1] + told->system[1];
	usage.ru_maxrss = told->memory;
	return &usage;
}
`,
  },
]
