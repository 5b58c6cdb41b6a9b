import type { Stage } from '../story.ts'
import type { Part } from './part.ts'

const pids: Readonly<Record<Stage, string>> = {
  alone: '(pid_t)syscall(SYS_getpid)',
  turns: 's->pids[who]',
  sleepers: 's->of[who].pid',
  actors: 's->of[who].pid',
}

/** What stands before the shared memory. */
export const declarations = (
  messageRoom: number,
  { actors, steps }: { readonly actors: readonly string[]; readonly steps: { readonly length: number } },
  stage: Stage,
): readonly Part[] => [
  { defines: 'STEPS', text: `enum { STEPS = ${steps.length} };\n` },
  {
    defines: 'ACTORS',
    text: `enum { ${[...actors, 'ACTORS'].join(', ')} };\n`,
  },
  {
    defines: 'names',
    text: `static const char *const names[] = { ${actors.map((name) => `"${name}"`).join(', ')} };\n`,
  },
  {
    defines: 'NOBODY',
    text: '/* No process has this pid. */\n#define NOBODY INT_MAX\n',
  },
  {
    defines: 'CLONE()',
    text: `/* The system call: the library's fork may be what is broken. */
#ifdef __s390__
#define CLONE(flags) syscall(SYS_clone, 0UL, (unsigned long)(flags), 0UL, 0UL, 0UL)
#else
#define CLONE(flags) syscall(SYS_clone, (unsigned long)(flags), 0UL, 0UL, 0UL, 0UL)
#endif
`,
  },
  { defines: 'KEY()', text: '#define KEY(n) (s->keys + (n))\n' },
  {
    defines: 'pid()',
    text: `#define pid(who) ${pids[stage]}\n`,
  },
  {
    defines: 'POISONED',
    text: '/* An int that nothing was stored into. */\n#define POISONED 0x5a5a5a5a\n',
  },
  {
    defines: 'POISON()',
    text: '/* The address of a buffer that holds this before each call, so that it shows what was stored. */\n#define POISON(buffer) memset(&(buffer), 0x5a, sizeof(buffer))\n',
  },
  {
    defines: 'UNTOUCHED()',
    text: `#define UNTOUCHED(buffer) untouched(&(buffer), sizeof(buffer))

static int untouched(const void *buffer, size_t size)
{
	const unsigned char *bytes = buffer;

	while (size > 0 && bytes[size - 1] == 0x5a)
		size--;
	return size == 0;
}
`,
  },
  {
    defines: 'semun',
    text: `union semun {
	int val;
	struct semid_ds *buf;
	unsigned short *array;
	struct seminfo *__buf;
};
`,
  },
  {
    defines: 'message',
    text: `struct message {
	long type;
	unsigned char body[${messageRoom}];
};
`,
  },
  {
    defines: 'caught',
    text: `struct caught {
	int times, code, status, pid;
	unsigned uid;
};
`,
  },
  {
    defines: 'kernel_usage',
    text: `/* What the system call stores; some libraries have longer fields in their struct rusage. */
struct kernel_usage {
	long user[2], system[2], memory, others[13];
};
`,
  },
]
