import type { Part } from './part.ts'

/** What programs have in common where a process watches the others: that they rest, and what came of their calls. */
export const letter: Part = {
  defines: 'letter()',
  text: `/* The first letter behind what the format skips in a file about an actor; 0: there is none. */
static char letter(int who, const char *name, const char *format)
{
	char path[64], letter = 0;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/%s", (int)s->of[who].pid, name);
	file = fopen(path, "r");
	if (file == NULL || fscanf(file, format, &letter) != 1)
		letter = 0;
	if (file != NULL)
		fclose(file);
	return letter;
}
`,
}

export const settle: Part = {
  defines: 'settle()',
  text: `/* Waits until all actors rest, twenty times in a row, and this one has begun its call. */
static void settle(int who, int number)
{
	for (int quiet = 0, tries = 0; quiet < 20; quiet++)
		for (int each = 0; each < ACTORS; each++)
			if (!rests(each)UNBORN || (who >= 0 && s->of[who].begun != number)) {
				check(HARD_ERROR, tries++ < 200000, "all actors come to rest");
				quiet = 0;
				usleep(50);
			}
	REAP
}
`,
}

export const callInWords: Part = {
  defines: 'call',
  text: '/* The step under way, in words. */\nstatic const char *call;\n',
}

export const begin: Part = {
  defines: 'begin()',
  text: `static void begin(int number, const char *words)
{
	BEGINNING
}
`,
}

/** Of the step under way, where an actor does nothing in it but to return. */
export const outcomes: readonly Part[] = [
  { defines: 'sleeps()', text: '#define sleeps(who) (what(who) == 0)\n' },
  { defines: 'ended()', text: '#define ended(who) (what(who) == ENDED)\n' },
  { defines: 'value()', text: '#define value(who) s->of[who].value\n' },
  {
    defines: 'returned_any()',
    text: '#define returned_any(who) (what(who) == RETURNED && s->of[who].error == 0)\n',
  },
  {
    defines: 'returned()',
    text: '#define returned(who, number) (what(who) == RETURNED && s->of[who].error == 0 && s->of[who].value == (number))\n',
  },
  {
    defines: 'failed()',
    text: '#define failed(who, code) (what(who) == RETURNED && s->of[who].error == (code))\n',
  },
  {
    defines: 'came_back()',
    text: '#define came_back(who, number) (what(who) & RETURNED && s->of[who].error == 0 && s->of[who].value == (number))\n',
  },
  {
    defines: 'came_back_failing()',
    text: '#define came_back_failing(who, code) (what(who) & RETURNED && s->of[who].error == (code))\n',
  },
]

/** Where actors end, too, and are stopped. */
export const endings: readonly Part[] = [
  {
    defines: 'gone',
    text: '/* The step in which somebody has ended. */\nstatic int gone[ACTORS];\n',
  },
  {
    defines: 'stopped were_stopped',
    text: '/* Who is stopped, and who was before the step. */\nstatic int stopped[ACTORS], were_stopped[ACTORS];\n',
  },
  {
    defines: 'what() RETURNED ENDED STOPPED CONTINUED',
    text: `enum { RETURNED = 1, ENDED = 2KINDS_OF_STOPS };

/* What has happened to an actor in this step. */
static int what(int who)
{
	return (s->of[who].done == s->now ? RETURNED : 0) | (gone[who] == s->now ? ENDED : 0)LESS_OR_MORE;
}
`,
  },
]
