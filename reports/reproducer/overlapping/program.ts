import { type Call, formOf } from '../../../model/vocabulary/forms.ts'
import { printStep } from '../../../model/vocabulary/text/print.ts'
import { hasDeadline } from '../../../oracle/histories/late.ts'
import { quoted } from '../checks.ts'
import { includes } from '../includes.ts'
import type { ReproducerOptions } from '../options.ts'
import { commonParts } from '../parts/common.ts'
import { declarations } from '../parts/declarations.ts'
import { memoryParts } from '../parts/memory.ts'
import { messageParts } from '../parts/messages.ts'
import { objectParts } from '../parts/objects.ts'
import { type Part, partsOf, uses } from '../parts/part.ts'
import { processParts } from '../parts/processes.ts'
import { microseconds } from '../parts/shared.ts'
import { idsOf, keysOf, removal, unmade } from '../preparation.ts'
import { exitStatuses, roomOf, together, young } from '../program.ts'
import { result } from '../result.ts'
import { variable } from '../words.ts'
import { heading } from './heading.ts'
import { errorNames, isForbidden, isTimed, tables } from './judging.ts'
import { overlappingParts } from './parts.ts'
import { isOwn, mayWait, type OverlappingStory } from './story.ts'
import { comingOf } from './words.ts'

/** The whole file. */
export function overlappingProgram(story: OverlappingStory, options: ReproducerOptions): string {
  const { scenario } = story.program
  const acting = story.actors.map((actor) => listFunction(story, actor)).join('\n')
  const { forbidden } = story
  const judging = forbidden === null ? '' : `${isForbidden(forbidden)}\n`
  const main = `${setUp(story)}\n${sayRound(story)}\n${judging}${mainFunction(story, options)}`
  const prepared = preparation(story, options)
  const seed = `${prepared}${acting}${main}${firstOfAll(story).join('\n')}`
  const helpers = [...commonParts, ...messageParts, ...memoryParts, ...objectParts, ...processParts]
  const staging = [microseconds, ...overlappingParts(mayWait(story))].filter(
    ({ defines }) => forbidden === null || defines !== 'is_allowed()',
  )
  const fill = (parts: readonly Part[]) => filled(parts.map(({ text }) => text).join('\n'), story, options)
  const wanted = partsOf(`${seed}${isTimed(story) ? 'next_moment()' : ''}`, [...helpers, ...staging])
  const tools = fill(wanted.filter((part) => helpers.includes(part)))
  const stage = fill(wanted.filter((part) => staging.includes(part)))
  const memory = sharedMemory(story, `${seed}${tools}${stage}`)
  const roles = { actors: story.actors, steps: story.steps }
  const early = partsOf(
    `${memory}${seed}${tools}${stage}`,
    declarations(roomOf({ scenario }), roles, 'actors'),
  )
  const whole = [
    exitStatuses(options),
    early.map(({ text }) => text).join('\n'),
    constants(story),
    memory,
    tables(story),
    tools,
    ...[stage, prepared, acting, main],
  ]
    .filter((each) => each.trim() !== '')
    .join('\n')
  return `${heading(story, options)}#define _GNU_SOURCE\n${includes(whole)}\n${young(whole)}${whole}`
}

const constants = ({ program: { first, last }, steps }: OverlappingStory): string => {
  const pause = steps.slice(first, last).reduce((sum, { call }) => sum + pauseOf(call), 0)
  return `/* Rounds, unless the command line says how many; and seconds after which there are no more. */
enum { ROUNDS = 30000, SECONDS = 10 };

/* Calls before this one are made in each round by the process that watches the others, alone. */
enum { FIRST = ${first} };
${pause === 0 ? '' : `\n/* Nanoseconds after which whoever sleeps for a time has slept long enough. */\nenum { PAUSE = ${pause + 1_000_000} };\n`}
enum { UNMADE, ASLEEP, BACK };
`
}

const pauseOf = (call: Call): number =>
  hasDeadline({ call }) && 'timeout' in call && call.timeout !== 'none'
    ? Number(call.timeout.seconds) * 1e9 + Number(call.timeout.nanoseconds)
    : 0

function sharedMemory(story: OverlappingStory, all: string): string {
  const { steps, said } = story
  const members = new Set<string>()
  for (const { call } of steps) {
    const { makes } = formOf(call.name)
    if ('as' in call) members.add(makes === 'attachment' ? `char *${call.as};` : `volatile int ${call.as};`)
  }
  for (const { shared = [] } of said) for (const member of shared) members.add(member)
  const general = [
    ...(uses(all, 'KEY()') ? ['key_t keys;'] : []),
    ...(/s->uid\b|s->gid\b/.test(all) ? ['uid_t uid;', 'gid_t gid;'] : []),
  ]
  const lines = [
    ...(mayWait(story)
      ? [
          '/* Which round it is; whether calls that wait must not be followed by others; whether the round is over. */',
          'volatile int round, hold, enough;',
        ]
      : ['volatile int round;']),
    'struct {',
    '\tvolatile pid_t pid;',
    ...(mayWait(story) ? ['\tvolatile unsigned begun;'] : []),
    '\tvolatile int done;',
    '} of[ACTORS];',
    '/* What came of each call in this round. */',
    'struct {',
    '\tvolatile long long value;',
    '\tvolatile int is, error;',
    ...(uses(all, 'next_moment()') ? ['\tvolatile int began, ended;'] : []),
    '} came[STEPS];',
    ...(uses(all, 'next_moment()') ? ['int clock;'] : []),
    ...general,
    ...together([...members]),
  ]
  return `static struct {\n${lines.map((line) => `\t${line}`).join('\n')}\n} *s;\n`
}

/** What an actor does in each round. */
function listFunction(story: OverlappingStory, actor: string): string {
  const { steps, said } = story
  const { first, last } = story.program
  const list = steps.flatMap((step, at) => (at >= first && at < last && step.actor === actor ? [at] : []))
  const lines = list.flatMap((at, place) => [
    ...(place === 0 ? [] : ['']),
    `/* ${printStep(steps[at] as never).replaceAll('*/', '* /')} */`,
    ...begun(
      at,
      madeAs(steps[at]?.call, said[at], (value) => `over(${at + 1}, ${value});`),
      mayWait(story),
    ),
  ])
  const detached = list
    .flatMap((at) => {
      const call = steps[at]?.call
      return call !== undefined && 'as' in call && formOf(call.name).makes === 'attachment' ? [call.as] : []
    })
    .flatMap(detaching)
  const before =
    detached.length === 0 ? [] : ['/* What was attached in the round before. */', ...detached, '']
  return `static void list_${actor}(void)
{
${[...before, ...lines].map(indented).join('\n')}
}
`
}

/** What actors do once, each for itself. */
const firstOfAll = ({ steps, said, program: { first } }: OverlappingStory): readonly string[] =>
  steps.flatMap((step, at) =>
    at < first && isOwn(step)
      ? [`if (me == ${step.actor})`, `\tsetup(${said[at]?.call}, ${quoted(printStep(step))});`]
      : [],
  )

const indented = (line: string) => (line === '' ? '' : `\t${line}`)

/** A call that is made unless the round is over, which it is while somebody waits: then those behind it are not made either. */
const begun = (at: number, lines: readonly string[], isAsked: boolean): readonly string[] => {
  const [first = '', ...rest] = lines
  if (!isAsked) return [`begin(${at + 1});`, ...lines]
  const asking = `if (begin(${at + 1}))`
  return rest.length === 0 ? [asking, `\t${first}`] : [`${asking} {`, ...rest]
}

/** A call, with what it makes stored; in a block of its own where it has variables. */
function madeAs(
  call: Call | undefined,
  said: OverlappingStory['said'][number] | undefined,
  over: (value: string) => string,
): readonly string[] {
  if (call === undefined || said === undefined) return []
  const lines = [
    ...(said.before ?? []),
    over('as' in call ? stored(call.as, said.call) : said.call),
    ...(said.after ?? []),
  ]
  return lines.length === 1 ? lines : ['{', ...lines.map(indented), '}']
}

/** Of an address the pointer is stored, whatever number it is told as. */
function stored(name: string, made: string): string {
  const pointer = /^address_of\((.*)\)$/.exec(made)?.[1]
  return pointer === undefined ? `${variable(name)} = ${made}` : `address_of(${variable(name)} = ${pointer})`
}

/** What is done before in each round. */
function setUp({ steps, said, program: { first, last } }: OverlappingStory): string {
  const lines = steps
    .slice(0, first)
    .flatMap((step, at) =>
      isOwn(step)
        ? []
        : madeAs(step.call, said[at], (value) => `setup(${value}, ${quoted(printStep(step))});`),
    )
  const ids = unmade(idsOf({ scenario: { title: '', steps } }))
  const attached = steps.flatMap(({ call }, at) =>
    (at < first || at >= last) && 'as' in call && formOf(call.name).makes === 'attachment' ? [call.as] : [],
  )
  return `static void set_up(void)
{
	for (int number = FIRST; number < STEPS; number++)
		s->came[number].is = UNMADE;
${[...attached.flatMap(detaching), ...ids, ...lines].map(indented).join('\n')}
}
`
}

/** What was attached in the round before. */
const detaching = (name: string): readonly string[] => [
  `if (s->${name} != NULL)`,
  `\tshmdt(s->${name});`,
  `s->${name} = NULL;`,
]

const sayRound = (story: OverlappingStory): string => `/* The round in words, as the tables have them. */
static void tell(void)
{
	words[0] = '\\0';
${story.steps
  .flatMap((_, at) => (at < story.program.first ? [] : comingOf(story, at)))
  .map(indented)
  .join('\n')}
}
`

function mainFunction(story: OverlappingStory, { ktap }: ReproducerOptions): string {
  const { actors } = story
  return `int main(int argc, char **argv)
{
	long rounds = argc > 1 ? atol(argv[1]) : ROUNDS;
	time_t end = time(NULL) + SECONDS;
	long round;

	prepare();
${actors.map((actor) => `\tstart(${actor}, list_${actor});\n`).join('')}	for (round = 1; round <= rounds && (argc > 1 || time(NULL) < end); round++) {
		alarm(LONGEST - 10);
		set_up();
		__atomic_store_n(&s->round, (int)round, __ATOMIC_RELEASE);
${(mayWait(story) ? untilRest(story) : untilAllAreBack(story)).map((line) => `\t\t${line}`).join('\n')}
		tell();
		if (!is_allowed()) {
			report(round);
			finish(DEVIATES);
		}
	}
	printf("${ktap === true ? '# ' : ''}%ld rounds\\n", round - 1);
	finish(0);
}
`
}

/** What the observer does alone, behind the calls that overlap. */
const looksAlone = (
  { steps, said, program: { last } }: OverlappingStory,
  look: (number: number, value: string) => string,
): readonly string[] =>
  steps
    .slice(last)
    .flatMap(({ call }, at) => madeAs(call, said[last + at], (value) => look(last + at + 1, value)))

function untilRest(story: OverlappingStory): readonly string[] {
  const { first, last } = story.program
  const looks = looksAlone(story, (number, value) => `look_alone(${number}, ${value});`)
  const hasPause = story.steps.slice(first, last).some(({ call }) => pauseOf(call) > 0)
  const pausing = [
    'if (asleep > 0) {',
    '\tnanosleep(&(const struct timespec){ PAUSE / 1000000000, PAUSE % 1000000000 }, NULL);',
    '\tasleep = wait_for_rest();',
    '}',
  ]
  return [
    `${looks.length === 0 && !hasPause ? '' : 'int asleep = '}wait_for_rest();`,
    ...(hasPause ? ['', ...pausing] : []),
    's->hold = 1;',
    ...looks,
    'dismiss();',
    's->hold = 0;',
  ]
}

const untilAllAreBack = (story: OverlappingStory): readonly string[] => [
  'wait_for_rest();',
  ...looksAlone(story, (number, value) => `over(${number}, ${value});`),
  'tidy();',
]

/** `prepare`: what the program does before the first round. */
function preparation({ steps }: OverlappingStory, { ktap }: ReproducerOptions): string {
  const scenario = { title: '', steps }
  const keys = keysOf({ scenario })
  const text = JSON.stringify(steps)
  const lines = [
    'setbuf(stdout, NULL);',
    ...(ktap === true ? ['printf("KTAP version 1\\n1..1\\n");'] : []),
    's = mmap(NULL, sizeof(*s), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);',
    'if (s == MAP_FAILED)',
    '\tabort();',
    ...unmade(idsOf({ scenario })),
    ...(text.includes('"own"') ? ['s->uid = geteuid();', 's->gid = getegid();'] : []),
    ...(keys.length === 0 ? [] : ['s->keys = (key_t)(0x10000000 + (getpid() & 0xffff) * 0x1000);']),
    '/* Where it may, apart from the objects of others. */',
    'unshare(CLONE_NEWIPC);',
    'signal(SIGALRM, give_up);',
  ]
  return `static void prepare(void)
{
${lines.map(indented).join('\n')}
}
`
}

/** What parts leave open. */
function filled(text: string, story: OverlappingStory, options: ReproducerOptions): string {
  const removing = removal({ scenario: { title: '', steps: story.steps } })
    .trimEnd()
    .split('\n')
    .join('\n\t')
  return text
    .replaceAll(/^\tBEGAN\n/gm, isTimed(story) ? '\ts->came[number - 1].began = next_moment();\n' : '')
    .replaceAll(/^\tENDED\n/gm, isTimed(story) ? '\ts->came[number - 1].ended = next_moment();\n' : '')
    .replaceAll(
      /^\tFIRST_OF_ALL\n/gm,
      firstOfAll(story)
        .map((line) => `\t${line}\n`)
        .join(''),
    )
    .replaceAll(/^\tERRORS\n/gm, errorNames(story))
    .replaceAll(/^\tREMOVE\n/gm, removing === '' ? '' : `\t${removing}\n`)
    .replaceAll(/^\tRESULT\n/gm, `\t${result(options).replaceAll('\n', '\n\t')}\n`)
    .replaceAll('SAY', options.ktap === true ? '# ' : '')
}
