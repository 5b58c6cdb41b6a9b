import { isPseudo } from './obstacle.ts'
import { mainFunction } from './processes.ts'
import { indented, isWide, returning } from './statements.ts'
import type { Story } from './story.ts'

/** The calls of all, whoever makes them; the actors, which do what they are told; and the main function, which tells them. */
export const sleepersAndMain = (story: Story, settling: readonly string[]): string =>
  `${[calls(story), actor(settling), mainFunction(story, ['for (int who = 0; who < ACTORS; who++)', '\tstart(who);'])].join('\n\n')}\n`

function calls(story: Story): string {
  const cases = story.scenario.steps.flatMap((step, at) => {
    if (isPseudo(step)) return []
    const lines = returning(story, at)
    const declares = lines.slice(0, -1).some((line) => /^(static|const|struct|union|long) /.test(line))
    const [begin, end] = declares ? [' {', ['}']] : ['', []]
    return lines.length === 1 && !isWide(lines[0] ?? '')
      ? [`case ${at + 1}: ${lines[0]}`]
      : [`case ${at + 1}:${begin}`, ...lines.map((line) => `\t${line}`), ...end]
  })
  return `/* The calls of the steps. */
static long long make_call(int number)
{
	switch (number) {
${cases.map(indented).join('\n')}
	}
	return 0;
}`
}

const actor = (
  settling: readonly string[],
): string => `/* An actor makes the calls that it is told to; should all else fail, it ends with the main process or after a while. */
static void start(int who)
{
	int number;
	pid_t pid = pipe(s->of[who].gate) == 0 ? fork() : -1;

	if (pid != 0) {
		s->of[who].pid = pid;
		return;
	}
	alarm(60);
	prctl(PR_SET_PDEATHSIG, (unsigned long)SIGKILL, 0UL, 0UL, 0UL);
${settling.map((line) => `\t${line}\n`).join('')}	for (;;) {
		while (read(s->of[who].gate[0], &number, sizeof(number)) != sizeof(number))
			;
		s->of[who].begun = number;
		s->of[who].value = make_call(number);
		s->of[who].error = s->of[who].value == -1 ? errno : 0;
		s->of[who].done = s->now;
	}
}`
