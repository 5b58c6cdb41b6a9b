import type { Forbidden } from '../../../oracle/histories/forbidden.ts'
import { quoted } from '../checks.ts'
import { nobodySleeps, tableOf } from './sleepers.ts'
import type { OverlappingStory } from './story.ts'

/** What each round is held against. */
export const tables = ({ allowed, forbidden, sleepers }: OverlappingStory): string =>
  sleepers !== undefined
    ? tableOf(sleepers)
    : forbidden === null
      ? `/* Each way in which a round may come out. */
static const char *const allowed[] = {
${inLines(allowed.map((outcome) => `${quoted(outcome.join('; '))},`))}};
`
      : `/* The way in which no round may come out. */
static const char forbidden[] = ${quoted(forbidden.came.join('; '))};
`

/** Short ones side by side, indented. */
function inLines(items: readonly string[]): string {
  const lines: string[] = []
  for (const item of items) {
    const last = lines.at(-1)
    if (last === undefined || last.length + 1 + item.length > WIDTH) lines.push(item)
    else lines[lines.length - 1] = `${last} ${item}`
  }
  return lines.map((line) => `\t${line}\n`).join('')
}

const WIDTH = 110

/** C that tells whether a round came out in the way in which none may. */
const isForbidden = ({
  precedences,
}: Forbidden): string => `/* The same way, of calls that followed one another in the same way. */
static int is_allowed(void)
{
	return ${[
    'strcmp(forbidden, words) != 0',
    ...precedences.map(({ before, after }) => `s->came[${before + 1}].ended > s->came[${after + 1}].began`),
  ].join(' ||\n\t       ')};
}
`

/** C of its own that tells whether a round came out well; empty where that is told from the table of all ways. */
export function judgingOf({ forbidden, sleepers, said }: OverlappingStory): string {
  if (sleepers !== undefined) return nobodySleeps(sleepers, said[sleepers.look]?.out?.values ?? '')
  return forbidden === null ? '' : isForbidden(forbidden)
}

/** Whether it matters which calls followed one another. */
export const isTimed = ({ forbidden }: OverlappingStory): boolean =>
  forbidden !== null && forbidden.precedences.length > 0
