import { CLONE_SYSVSEM } from '../../model/vocabulary/names.ts'
import { rootActors, type Step } from '../../model/vocabulary/scenario.ts'
import { printStep } from '../../model/vocabulary/text/print.ts'
import { checkOf, quoted } from './checks.ts'
import { isPseudo } from './obstacle.ts'
import { actorStatements, indented } from './statements.ts'
import type { Story } from './story.ts'

/** The functions of the actors, and the main function, which gives them their turns. */
export function actorsAndMain(story: Story): string {
  const { functions, resumed } = actorFunctions(story)
  const texts = functions.map(({ text }) => text)
  const roots = story.actors.filter((name) => (rootActors as readonly string[]).includes(name))
  const main = mainFunction(
    story,
    roots.map((name) => `start(actor_${name});`),
    resumed.length > 0,
  )
  return `${[...texts, ...resume(resumed), main].join('\n\n')}\n`
}

interface ActorFunction {
  readonly name: string
  readonly text: string
}

/** A function for each actor and, where it executes the program anew, for what comes then. */
function actorFunctions(story: Story) {
  const functions: ActorFunction[] = []
  const resumed: string[] = []
  // Children before those that make them.
  for (const actor of story.actors.toReversed()) {
    let name = `actor_${actor}`
    let body: string[] = [`arrive(${actor});`]
    for (const [at, step] of story.scenario.steps.entries()) {
      if (step.actor !== actor || isPseudo(step)) continue
      body.push('', `turn(${actor}, ${at + 1}); /* ${withoutActor(step)} */`, ...actorStatements(story, at))
      if (step.call.name !== 'exec' || step.call.image !== 0) continue
      functions.push(actorFunction(name, body))
      name = `actor_${actor}_after_${at + 1}`
      body = []
      resumed.push(`case ${at + 1}:`, `\tover(${actor}, 0);`, `\t${name}();`)
    }
    functions.push(actorFunction(name, body))
    for (const text of loans(story, actor)) functions.push({ name: '', text })
  }
  return { functions, resumed }
}

const withoutActor = (step: Step) =>
  printStep(step)
    .replace(/^\w+: /, '')
    .replaceAll('*/', '* /')

function actorFunction(name: string, body: readonly string[]): ActorFunction {
  const lines = [...body.slice(body[0] === '' ? 1 : 0), ...(body.length === 0 ? [] : ['']), 'stay();']
  return { name, text: `static _Noreturn void ${name}(void)\n{\n${lines.map(indented).join('\n')}\n}` }
}

/** Where a child begins that has the memory of its parent, or a thread. */
const loans = ({ scenario }: Story, actor: string): readonly string[] =>
  scenario.steps.flatMap(({ call }) =>
    !('as' in call) || call.as !== actor
      ? []
      : call.name === 'vfork'
        ? [
            `static int borrow_${call.as}(void *unused)\n{\n\tactor_${call.as}();\n\treturn unused != NULL;\n}`,
          ]
        : call.name === 'thread'
          ? [call.flags & CLONE_SYSVSEM ? sharer(call.as) : stranger(call.as)]
          : [],
  )

/** A thread as the library makes it, with CLONE_SYSVSEM. */
const sharer = (name: string): string =>
  `static void *thread_${name}(void *unused)\n{\n\tactor_${name}();\n\treturn unused;\n}`

/** A thread without CLONE_SYSVSEM, which the library does not make; some emulators have only such as the library's. */
const stranger = (name: string): string => `static pid_t donor_${name};

static int cloned_${name}(void *unused)
{
	(void)unused;
	while (syscall(SYS_tgkill, syscall(SYS_getpid), donor_${name}, 0) == 0)
		sched_yield();
	actor_${name}();
}

/* Hands its thread-local storage on to a thread that shares no adjustments. */
static void *thread_${name}(void *unused)
{
	const int flags = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD;
	static _Alignas(64) char stack_${name}[262144];

	donor_${name} = (pid_t)syscall(SYS_gettid);
	if (clone(cloned_${name}, stack_${name} + sizeof(stack_${name}), flags, NULL) == -1 && unshare(CLONE_SYSVSEM) == 0)
		actor_${name}();
	syscall(SYS_exit, 0);
	return unused;
}`

const resume = (resumed: readonly string[]): readonly string[] =>
  resumed.length === 0
    ? []
    : [
        `/* The same program once more, in a process that has executed it. */
static void resume(const char *words)
{
	s = mmap(NULL, sizeof(*s), PROT_READ | PROT_WRITE, MAP_SHARED, SHARED, 0);
	if (s == MAP_FAILED)
		abort();
	settle_in();
	switch (atoi(words)) {
${resumed.map(indented).join('\n')}
	}
}`,
      ]

/** The main function: starts the actors, gives them their turns, and looks at what comes of each step. */
export function mainFunction(story: Story, start: readonly string[], isResumed = false): string {
  const body = story.steps.flatMap(({ step }, at) => [
    ...stepStatements(story, step, at),
    ...checkOf(story, at, true),
  ])
  return `int main(${isResumed ? 'int count, char **words' : 'void'})
{
${isResumed ? '\tif (count > 1)\n\t\tresume(words[1]);\n' : ''}	PREPARE
${start.map(indented).join('\n')}

${body.map(indented).join('\n')}

	finish(0);
}`
}

function stepStatements({ scenario }: Story, step: Step, at: number): readonly string[] {
  const { call, actor } = step
  const words = quoted(printStep(step))
  const begin = [`begin(${at + 1}, ${words});`]
  if (call.name === 'tick') return [...begin, 'tick();', 'settle(-1, 0);']
  if (call.name === 'expires') return [...begin, `expire(${actor});`]
  if (call.name === 'overwrite') {
    const sent = scenario.steps
      .slice(0, at)
      .findLastIndex((each) => each.actor === actor && each.call.name === 'msgsnd')
    const sending = scenario.steps[sent]?.call
    const size = sending?.name === 'msgsnd' ? sending.size : 0
    return [...begin, `fill(&s->sent${sent + 1}, ${call.type}, ${size}, ${call.fill});`, 'settle(-1, 0);']
  }
  return [`step(${at + 1}, ${actor}, ${words});`, ...(isMomentary(call) ? [`expire(${actor});`] : [])]
}

/** A time limit that is over before anybody can look. */
const isMomentary = (call: Step['call']) =>
  call.name === 'semtimedop' &&
  call.timeout !== 'none' &&
  call.timeout.seconds === 0 &&
  call.timeout.nanoseconds >= 0 &&
  call.timeout.nanoseconds <= 1_000_000
