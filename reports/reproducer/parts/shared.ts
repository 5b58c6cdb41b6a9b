import type { Part } from './part.ts'

/* Pieces that reproducers of several stages have, by name: each of these puts them where it needs them. */

export const microseconds: Part = {
  defines: 'microseconds()',
  text: `static long long microseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000LL + now.tv_nsec / 1000;
}
`,
}

export const cannot: Part = {
  defines: 'cannot()',
  text: `static _Noreturn void cannot(const char *why)
{
	printf("SAYthis cannot be tried here: %s\\n", why);
	finish(SKIPPED);
}
`,
}

export const giveUp: Part = {
  defines: 'give_up',
  text: `static void give_up(int number)
{
	static const char words[] = "SAYthe actors came to no rest\\n";

	(void)number;
	if (write(1, words, sizeof(words) - 1) > 0)
		finish(HARD_ERROR);
}
`,
}

export const expire: Part = {
  defines: 'expire()',
  text: `/* Waits until a call with a time limit has returned, or should have long since. */
static void expire(int who)
{
	const struct timespec moment = { 0, 100000 };
	long long end = microseconds() + 8000000;

	while (s->of[who].begun != s->of[who].done && microseconds() < end)
		nanosleep(&moment, NULL);
	settle(-1, 0);
}
`,
}
