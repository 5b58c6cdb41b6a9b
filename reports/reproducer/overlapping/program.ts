import { type Call, formOf } from '../../../model/vocabulary/forms.ts'
import type { Step } from '../../../model/vocabulary/scenario.ts'
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
import { idsOf, keysOf, removal, unmade } from '../preparation.ts'
import { exitStatuses, roomOf, together, young } from '../program.ts'
import { result } from '../result.ts'
import { indented, inWords, madeAs } from './calls.ts'
import { heading } from './heading.ts'
import { isTimed, judgingOf, tables } from './judging.ts'
import { overlappingParts } from './parts.ts'
import { isOwn, mayWait, type OverlappingStory } from './story.ts'
import { telling } from './words.ts'

/** The whole file. */
export function overlappingProgram(story: OverlappingStory, options: ReproducerOptions): string {
  const { scenario } = story.program
  const acting = story.actors.map((actor) => listOf(story, actor)).join('\n')
  const judging = judgingOf(story)
  const main = `${setUp(story)}\n${telling(story)}\n${judging === '' ? '' : `${judging}\n`}${mainFunction(story, options)}`
  const seed = `${ownCalls(story)}${acting}${main}`
  const helpers = [...commonParts, ...messageParts, ...memoryParts, ...objectParts, ...processParts]
  const staging = overlappingParts(mayWait(story)).filter(
    ({ defines }) => judging === '' || defines !== 'is_allowed()',
  )
  const fill = (parts: readonly Part[]) => filled(parts.map(({ text }) => text).join('\n'), story, options)
  const wanted = partsOf(`${seed}${isTimed(story) ? 'next_moment()' : ''}`, [...helpers, ...staging])
  const tools = fill(wanted.filter((part) => helpers.includes(part)))
  const stage = fill(wanted.filter((part) => staging.includes(part)))
  const memory = sharedMemory(story, `${seed}${tools}${stage}`)
  const roles = { actors: story.actors, steps: story.steps }
  const early = partsOf(
    `${memory}${seed}${tools}${stage}`,
    declarations(roomOf({ scenario }), roles, 'actors').filter(({ defines }) => defines !== 'STEPS'),
  )
  const whole = [
    exitStatuses(options),
    early.map(({ text }) => text).join('\n'),
    constants(story),
    memory,
    tables(story),
    tools,
    ...[stage, acting, main],
  ]
    .filter((each) => each.trim() !== '')
    .join('\n')
  return `${heading(story, options)}#define _GNU_SOURCE\n${includes(whole)}\n${young(whole)}${whole}`
}

const constants = ({ program: { first, last }, steps }: OverlappingStory): string => {
  const pause = steps.slice(first, last).reduce((sum, { call }) => sum + pauseOf(call), 0)
  return `/* Rounds, unless the command line says how many; seconds after which there are no more, and that none may take. */
enum { ROUNDS = 30000, SECONDS = 10, LONGEST = 60 };

/* The first of the calls of a round that may come out in several ways. */
enum { FIRST = ${first + 1}, STEPS = ${steps.length} };
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
  const waits = mayWait(story)
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
    ...(waits
      ? [
          '/* Which round it is; whether calls that wait must not be followed by others; whether the round is over. */',
          'volatile int round, hold, enough;',
          '/* How often in a row all must be seen asleep. */',
          'int passes;',
        ]
      : ['volatile int round;']),
    'struct {',
    '\tvolatile pid_t pid;',
    ...(waits ? ['\tvolatile unsigned begun;'] : []),
    '\tvolatile int done;',
    '} of[ACTORS];',
    '/* What came of each call in this round. */',
    'struct {',
    '\tconst char *volatile call;',
    '\tvolatile long long value;',
    '\tvolatile int is, error;',
    ...(uses(all, 'next_moment()') ? ['\tvolatile int began, ended;'] : []),
    '} came[STEPS + 1];',
    ...(uses(all, 'next_moment()') ? ['int clock;'] : []),
    ...general,
    ...together([...members]),
  ]
  return `static struct {\n${lines.map((line) => `\t${line}`).join('\n')}\n} *s;\n`
}

/** What an actor does in each round. */
function listOf({ steps, said, program: { first, last } }: OverlappingStory, actor: string): string {
  const list = steps.flatMap((step, at) =>
    at >= first && at < last && step.actor === actor ? [{ ...step, said: said[at], number: at + 1 }] : [],
  )
  const attached = list.flatMap(({ call }) => attachmentOf(call))
  const lines = list.flatMap((step) =>
    madeAs(step.call, step.said, (value) => inWords('make', step.number, step, value)),
  )
  return `static void list_${actor}(void)
{
${[...attached.map(detaching), ...lines].map(indented).join('\n')}
}
`
}

/** What an actor does for itself before the first round. */
const ownCalls = ({ steps, said, actors, program: { first } }: OverlappingStory): string =>
  actors
    .flatMap((actor) => {
      const own = steps.flatMap((step, at) =>
        at < first && step.actor === actor
          ? [`\t\tsetup(${said[at]?.call}, ${quoted(printStep(step))});\n`]
          : [],
      )
      return own.length === 0
        ? []
        : [
            `\tif (who == ${actor})${own.length === 1 ? '' : ' {'}\n${own.join('')}${own.length === 1 ? '' : '\t}\n'}`,
          ]
    })
    .join('')

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
  const attached = steps.flatMap(({ call }, at) => (at < first || at >= last ? attachmentOf(call) : []))
  return `static void set_up(void)
{
	for (int number = FIRST; number <= STEPS; number++)
		s->came[number].is = UNMADE;
${[...attached.map(detaching), ...ids, ...lines].map(indented).join('\n')}
}
`
}

/** The attachment that a call makes, if it does. */
const attachmentOf = (call: Call): readonly string[] =>
  'as' in call && formOf(call.name).makes === 'attachment' ? [call.as] : []

const detaching = (name: string): string => `detach(&s->${name});`

function mainFunction(story: OverlappingStory, { ktap }: ReproducerOptions): string {
  const { steps, actors } = story
  const body = [
    'alarm(LONGEST - 10);',
    'set_up();',
    '__atomic_store_n(&s->round, (int)round, __ATOMIC_RELEASE);',
    'wait_for_rest();',
    ...(mayWait(story) ? untilDismissed(story) : [...looksOf(story), ...removing(steps)]),
    'tell();',
    'if (!is_allowed()) {',
    '\treport(round);',
    '\tfinish(DEVIATES);',
    '}',
  ]
  return `int main(int argc, char **argv)
{
	long rounds = argc > 1 ? atol(argv[1]) : ROUNDS;
	time_t end = time(NULL) + SECONDS;
	long round;

${preparing(story, ktap === true)
  .map(indented)
  .join('\n')}
${actors.map((actor) => `\tstart(${actor}, list_${actor});\n`).join('')}	for (round = 1; round <= rounds && (argc > 1 || time(NULL) < end); round++) {
${body.map((line) => indented(indented(line))).join('\n')}
	}
	printf("${ktap === true ? '# ' : ''}%ld rounds\\n", round - 1);
	finish(0);
}
`
}

/** The calls that the observer makes when the others can do no more. */
const looksOf = ({ steps, said, program: { last } }: OverlappingStory): readonly string[] =>
  steps
    .slice(last)
    .flatMap((step, at) =>
      madeAs(step.call, said[last + at], (value) => inWords('look', last + at + 1, step, value)),
    )

/** Where somebody may sleep: until the time of those who sleep for a time is over, and to the end of the round. */
function untilDismissed(story: OverlappingStory): readonly string[] {
  const { steps, program } = story
  const hasPause = steps.slice(program.first, program.last).some(({ call }) => pauseOf(call) > 0)
  return [
    ...(hasPause
      ? [
          'if (asleep > 0) {',
          '\tnanosleep(&(const struct timespec){ PAUSE / 1000000000, PAUSE % 1000000000 }, NULL);',
          '\twait_for_rest();',
          '}',
        ]
      : []),
    's->hold = 1;',
    ...looksOf(story),
    '/* The round is over: whoever still sleeps is woken by the removal of what it sleeps on. */',
    's->enough = 1;',
    ...removing(steps),
    'for (int who = 0; who < ACTORS; who++)',
    '\twhile (s->of[who].done != s->round)',
    '\t\tsched_yield();',
    's->enough = s->hold = 0;',
  ]
}

/** What the program does before the first round. */
function preparing(story: OverlappingStory, ktap: boolean): readonly string[] {
  const { steps } = story
  const scenario = { title: '', steps }
  const keys = keysOf({ scenario })
  const text = JSON.stringify(steps)
  return [
    'setbuf(stdout, NULL);',
    ...(ktap ? ['printf("KTAP version 1\\n1..1\\n");'] : []),
    's = mmap(NULL, sizeof(*s), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);',
    'if (s == MAP_FAILED)',
    '\tabort();',
    ...unmade(idsOf({ scenario })),
    ...(text.includes('"own"') ? ['s->uid = geteuid();', 's->gid = getegid();'] : []),
    ...(keys.length === 0 ? [] : ['s->keys = (key_t)(0x10000000 + (getpid() & 0xffff) * 0x1000);']),
    '/* Where it may, apart from the objects of others. */',
    'unshare(CLONE_NEWIPC);',
    ...(mayWait(story) ? ['s->passes = access("/proc/self/syscall", R_OK) == 0 ? 2 : 20;'] : []),
    'signal(SIGALRM, finish);',
    'alarm(LONGEST - 10);',
  ]
}

/** The objects are removed. */
const removing = (steps: readonly Step[]): readonly string[] =>
  removal({ scenario: { title: '', steps } })
    .split('\n')
    .filter((line) => line !== '')

/** What parts leave open. */
function filled(text: string, story: OverlappingStory, options: ReproducerOptions): string {
  return text
    .replaceAll(/^\tBEGAN\n/gm, isTimed(story) ? '\ts->came[number].began = next_moment();\n' : '')
    .replaceAll(/^\tENDED\n/gm, isTimed(story) ? '\ts->came[number].ended = next_moment();\n' : '')
    .replaceAll(/^\tOWN\n/gm, ownCalls(story))
    .replaceAll(
      /^\tREMOVE\n/gm,
      removing(story.steps)
        .map((line) => `\t${line}\n`)
        .join(''),
    )
    .replaceAll(/^\tRESULT\n/gm, `\t${result(options).replaceAll('\n', '\n\t')}\n`)
    .replaceAll('SAY', options.ktap === true ? '# ' : '')
}
