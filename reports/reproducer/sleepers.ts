import { printStep } from '../../model/vocabulary/text/print.ts'
import { isPseudo } from './obstacle.ts'
import { mainFunction } from './processes.ts'
import { indented, statements } from './statements.ts'
import type { Story } from './story.ts'

/** The calls of all, whoever makes them; the actors, which do what they are told; and the main function, which tells them. */
export const sleepersAndMain = (story: Story, settling: readonly string[]): string =>
  `${[calls(story), actor(settling), mainFunction(story, ['for (int who = 0; who < ACTORS; who++)', '\tstart(who);'])].join('\n\n')}\n`

function calls(story: Story): string {
  const cases = story.scenario.steps.flatMap((step, at) => {
    if (isPseudo(step)) return []
    const lines = statements(story, at, `${step.actor}, `)
    const declares = lines.slice(0, -1).some((line) => /^(static|const|struct|union|long) /.test(line))
    const [begin, end] = declares ? [' {', ['}']] : ['', []]
    return [
      `case ${at + 1}:${begin} /* ${printStep(step)} */`,
      ...[...lines, 'break;'].map((line) => `\t${line}`),
      ...end,
    ]
  })
  return `static void make_call(int number)
{
	switch (number) {
${cases.map(indented).join('\n')}
	}
}`
}

const actor = (
  settling: readonly string[],
): string => `/* An actor; should all else fail, it ends after a while. */
static _Noreturn void act(int who)
{
	int number;

	signal(SIGALRM, SIG_DFL);
	alarm(LONGEST);
${settling.map((line) => `\t${line}\n`).join('')}	while (read(s->of[who].gate[0], &number, sizeof(number)) == sizeof(number)) {
		s->of[who].begun = number;
		make_call(number);
		s->of[who].done = number;
	}
	_exit(HARD_ERROR);
}

static void start(int who)
{
	pid_t pid = pipe(s->of[who].gate) == 0 ? fork() : -1;

	if (pid == 0)
		act(who);
	if (pid < 0)
		cannot("no process can be made");
	s->of[who].pid = pid;
}`
