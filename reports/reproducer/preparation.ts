import { formOf } from '../../model/vocabulary/forms.ts'
import { uses } from './parts/part.ts'
import { needsNamespace } from './said/objects.ts'
import { hasSleepers, isAboutProcesses, type Stage, type Story } from './story.ts'

/** `settle_in`: what every process of the scenario does first, a function of its own where not all come from one. */
export const settling = (story: Story, stage: Stage, main: string): string =>
  `${uses(main, 'become()') ? keepingFunction(uses(main, 'run_again()')) : ''}${
    stage === 'actors' && uses(main, 'run_again()')
      ? `
static void settle_in(void)
{
${settlingDown(story, main)
  .map((line) => `\t${line}\n`)
  .join('')}}
`
      : ''
  }`

/** What a process of the scenario does first. */
export const settlingDown = (story: Story, main: string): readonly string[] => [
  ...(uses(main, 'become()')
    ? ['keep_capabilities();']
    : [
        '/* No call may succeed because root is allowed everything. */',
        ...(runsPrograms(main) ? ['prctl(PR_SET_SECUREBITS, 1UL, 0UL, 0UL, 0UL);'] : []),
        GIVE_UP,
      ]),
  ...(needsFence(story) ? ['raise_fence();'] : []),
]

export const GIVE_UP = 'syscall(SYS_capset, (unsigned[]){ 0x20080522, 0 }, (unsigned[6]){ 0 });'

const runsPrograms = (main: string) => /\bipc(s|rm)\("/.test(main)

/** Whether a key of the run is one that nobody uses. */
export const takenKeys = (story: Story): string =>
  keysOf(story).length > 0 && !takesNamespace(story)
    ? `static int is_taken(key_t key)
{
	return semget(key, 0, 0) != -1 || msgget(key, 0) != -1 || shmget(key, 0, 0) != -1;
}

`
    : ''

/** What the program does before the scenario. */
export function preparing(story: Story, stage: Stage, main: string, ktap: boolean): readonly string[] {
  const isOne = stage === 'alone'
  const keys = keysOf(story)
  const ids = idsOf(story)
  const lines = isOne
    ? []
    : uses(main, 'run_again()')
      ? [
          'int memory = (int)syscall(SYS_memfd_create, "reproducer", 0);',
          '',
          'if (memory < 0 || dup2(memory, SHARED) != SHARED || ftruncate(SHARED, sizeof(*s)) != 0)',
          '\tabort();',
          's = mmap(NULL, sizeof(*s), PROT_READ | PROT_WRITE, MAP_SHARED, SHARED, 0);',
        ]
      : ['s = mmap(NULL, sizeof(*s), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);']
  return [
    ...(!ktap && (stage === 'sleepers' || (isOne && story.actors.length === 1))
      ? []
      : ['setbuf(stdout, NULL);']),
    ...(ktap ? ['printf("KTAP version 1\\n1..1\\n");'] : []),
    ...lines,
    ...(isOne ? [] : ['if (s == MAP_FAILED)', '\tabort();']),
    ...(isOne || stage === 'sleepers' ? [] : openings[stage]),
    ...(runsPrograms(main)
      ? [
          'if (access("/usr/bin/ipcs", X_OK) != 0 || access("/usr/bin/ipcrm", X_OK) != 0)',
          '\tcannot("it takes the programs ipcs and ipcrm");',
        ]
      : []),
    ...(main.includes('ns_last_pid') ? ['enter_pid_namespace();'] : []),
    ...(isOne ? [] : unmade(ids)),
    ...(/s->uid\b|s->gid\b/.test(main) ? ['s->uid = geteuid();', 's->gid = getegid();'] : []),
    ...(/s->main\b/.test(main) ? ['s->main = getpid();'] : []),
    ...(keys.length === 0 ? [] : ['s->keys = (key_t)(0x10000000 + (getpid() & 0xffff) * 0x1000);']),
    ...ownNamespace(story),
    ...beginnings[stage](story, main),
  ]
}

/** The pipes through which actors get their turns. */
const openings = {
  turns: ['for (int who = 0; who < ACTORS; who++)', '\tif (pipe(gates[who]) != 0)', '\t\tabort();'],
  actors: [
    'for (int who = 0; who < ACTORS; who++) {',
    '\ts->of[who].pid = NOBODY;',
    '\tif (pipe(s->gates[who]) != 0)',
    '\t\tabort();',
    '}',
  ],
} as const

/** Identifiers of objects that are not there yet. */
export const unmade = (ids: readonly { readonly name: string }[]): readonly string[] =>
  ids.length === 0 ? [] : [`${ids.map(({ name }) => `s->${name} = `).join('')}-1;`]

/** An IPC namespace of its own: needed, or better than that of all. */
function ownNamespace(story: Story): readonly string[] {
  const keys = keysOf(story)
  if (takesNamespace(story))
    return [
      '/* Nobody else may make objects here. */',
      'if (unshare(CLONE_NEWIPC) != 0)',
      '\tcannot("it takes an IPC namespace of its own");',
    ]
  if (idsOf(story).length === 0) return []
  if (keys.length === 0)
    return ['/* Where it may, apart from the objects of others. */', 'unshare(CLONE_NEWIPC);']
  return [
    '/* Where it may, apart from the objects of others; or with keys that nobody uses. */',
    'if (unshare(CLONE_NEWIPC) != 0)',
    `\twhile (${keys.map((key) => `is_taken(KEY(${key}))`).join(' || ')})`,
    '\t\ts->keys += 0x100;',
  ]
}

const beginnings: Readonly<Record<Stage, (story: Story, main: string) => readonly string[]>> = {
  alone: (story, main) => [
    ...(isAboutProcesses(story) ? ['syscall(SYS_setpgid, 0, 0);'] : []),
    ...settlingDown(story, main),
    'alarm(60);',
  ],
  turns: (story, main) => [
    's->pids[A] = (pid_t)syscall(SYS_getpid);',
    ...(isAboutProcesses(story) ? ['syscall(SYS_setpgid, 0, 0);'] : []),
    ...settlingDown(story, main),
    'signal(SIGALRM, finish);',
    'alarm(50);',
  ],
  sleepers: (story) => (hasSleepers(story) ? [] : ['signal(SIGALRM, finish);']),
  actors: () => ['prctl(PR_SET_CHILD_SUBREAPER, 1UL, 0UL, 0UL, 0UL);'],
}

const keepingFunction = (isAgain: boolean): string =>
  `/* No call may succeed because root is allowed everything; what \`become\` needs is kept. */
static void keep_capabilities(void)
{
	/* Some kernels have no securebits. */
	if (prctl(PR_SET_SECUREBITS, 1UL | 4UL, 0UL, 0UL, 0UL) != 0)
		prctl(PR_SET_KEEPCAPS, 1UL, 0UL, 0UL, 0UL);
	if (set_capabilities(0) != 0)
		${GIVE_UP}
${
  isAgain
    ? `	for (unsigned long number = 0; number < 32; number++)
		if (TO_KEEP >> number & 1)
			prctl(PR_CAP_AMBIENT, 2UL, number, 0UL, 0UL);
`
    : ''
}}
`

/** What must not stay behind. */
export const removal = (story: Pick<Story, 'scenario'>): string =>
  idsOf(story)
    .map(({ name, makes }) =>
      makes === 'semaphores'
        ? `semctl(s->${name}, 0, IPC_RMID);\n`
        : makes === 'queue'
          ? `msgctl(s->${name}, IPC_RMID, NULL);\n`
          : `shmctl(s->${name}, IPC_RMID, NULL);\n`,
    )
    .join('')

export function idsOf({ scenario }: Pick<Story, 'scenario'>) {
  const found = new Map<string, string>()
  for (const { call } of scenario.steps) {
    const { makes } = formOf(call.name)
    if ('as' in call && (makes === 'semaphores' || makes === 'queue' || makes === 'segment'))
      found.set(call.as, makes)
  }
  return [...found].map(([name, makes]) => ({ name, makes }))
}

export const keysOf = ({ scenario }: Pick<Story, 'scenario'>): readonly number[] => {
  const keys = scenario.steps.flatMap(({ call }) =>
    'key' in call && typeof call.key === 'number' && call.key > 0 ? [call.key] : [],
  )
  return [...new Set(keys)]
}

/** Whether objects of others would be in the way. */
const takesNamespace = ({ scenario, steps }: Story): boolean =>
  scenario.steps.some(
    ({ call }) =>
      needsNamespace(call.name) ||
      ('key' in call && typeof call.key === 'number' && call.key < 0) ||
      ['set', 'queue', 'segment'].some(
        (name) => Number((call as unknown as Record<string, unknown>)[name] ?? -1) >= 0,
      ),
  ) ||
  JSON.stringify(
    steps.map(({ allowed }) => allowed.map(({ outcome }) => outcome.events)),
    big,
  ).includes('"is":"slot"')

const big = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value)

/** Whether accesses go beyond what is attached. */
const needsFence = ({ scenario }: Story): boolean =>
  scenario.steps.some(
    ({ call }) =>
      'address' in call &&
      !['arena', 'null', 'literal'].includes(call.address.base) &&
      (call.address.offset < 0 || call.address.offset >= 4096),
  )
