import type { ReproducerOptions } from './options.ts'
import { uses } from './parts/part.ts'
import { removal, settlingDown } from './preparation.ts'
import { result } from './result.ts'
import { hasEnds, type Story, stageOf } from './story.ts'

/** Parts as a program has them: `all` is what it uses, `main` what its actors do. */
export function filled(
  text: string,
  all: string,
  main: string,
  story: Story,
  options: ReproducerOptions,
): string {
  const lines = { ...linesOf(all, main, story), RESULT: result(options) }
  let made = text
  for (const [name, line] of Object.entries(lines))
    made = made.replaceAll(
      new RegExp(`^(\\t+)${name}\\n`, 'gm'),
      (_, tabs: string) => `${line === '' ? '' : `${tabs}${line.replaceAll('\n', `\n${tabs}`)}\n`}`,
    )
  for (const [name, words] of Object.entries(wordsOf(all, story))) made = made.replaceAll(name, words)
  return made.replaceAll('SAY', options.ktap === true ? '# ' : '')
}

/** Whole lines that parts leave open. */
function linesOf(all: string, main: string, story: Story): Readonly<Record<string, string>> {
  const stops = hasStops(story)
  const stage = stageOf(story)
  const takesNotes = uses(all, 'note()') && story.deviating < 0
  const isResumed = uses(main, 'run_again()')
  const beginning = [
    ...(takesNotes && stage !== 'alone' && stage !== 'turns' ? ["notes[0] = '\\0';"] : []),
    's->now = number;',
    'call = words;',
    ...(uses(all, 'within()') ? ['s->clock_at[number - 1] = coarse_seconds();'] : []),
    ...(stops ? ['memcpy(were_stopped, stopped, sizeof(stopped));'] : []),
  ].join('\n')
  return {
    FORGET: uses(all, 'take_caught()') && !takesVfork(story) ? 'forget_caught();' : '',
    BEGIN: uses(main, 'begin()') ? 'begin(number, words);' : beginning,
    BEGINNING: beginning,
    NOTES: takesNotes ? "notes[0] = '\\0';" : '',
    REMOVE: `${endings(story)}${removal(story)}`.trimEnd(),
    OWN_PROCESS: hasThreads(story) ? 's->of[who].process = (pid_t)syscall(SYS_getpid);' : '',
    SETTLE_IN: isResumed ? 'settle_in();' : settlingDown(story, main).join('\n'),
    SEE_STOPS: stops ? "else\n\tstopped[who] = state == 'T' || state == 't';" : '',
    TELL_STOPS: stops
      ? 'if (what(who) & (STOPPED | CONTINUED))\n\tprintf(" %s %s;", names[who], what(who) & STOPPED ? "stops" : "continues");'
      : '',
    REAP:
      stage === 'actors' || hasEnds(story)
        ? '/* Nobody else waits for these; the dead must not be there at the next step. */\nwhile (syscall(SYS_wait4, -1, NULL, WNOHANG | __WALL, NULL) > 0)\n\t;'
        : '',
  }
}

function wordsOf(all: string, story: Story): Readonly<Record<string, string>> {
  const stops = hasStops(story)
  const hasNotes = uses(all, 'note()')
  return {
    '"LASTNOTES': hasNotes ? '", notes' : '"',
    NOTED: hasNotes ? '%s' : '',
    IS_ASLEEP: takesVfork(story) ? "(state == 'S' || state == 'D')" : "state == 'S'",
    UNBORN: stageOf(story) === 'actors' ? ' || s->born < s->forked' : '',
    ROWS: takesVfork(story) ? '[ACTORS]' : '',
    ROW: takesVfork(story) ? '[me()]' : '',
    PID_MEMBER: hasThreads(story) ? 'process' : 'pid',
    KINDS_OF_STOPS: stops ? ', STOPPED = 4, CONTINUED = 8' : '',
    LESS_OR_MORE: stops
      ? ' |\n\t       (stopped[who] > were_stopped[who] ? STOPPED : 0) |\n\t       (stopped[who] < were_stopped[who] && !gone[who] ? CONTINUED : 0)'
      : '',
  }
}

/** Of children that the main process has made for itself. */
const endings = (story: Story): string =>
  stageOf(story) === 'alone'
    ? story.actors
        .slice(1)
        .map((child) => `end_child(pid_${child});\n`)
        .join('')
    : ''

/** Whether anybody is stopped, or might be. */
const hasStops = ({ steps }: Story): boolean =>
  steps.some(({ observed, allowed }) =>
    [observed.events, ...allowed.map(({ outcome }) => outcome.events)].some((events) =>
      events.some(({ is }) => is === 'stopped' || is === 'continued'),
    ),
  )

export const hasThreads = ({ steps }: Story): boolean => steps.some(({ step }) => step.call.name === 'thread')

const takesVfork = ({ steps }: Story) => steps.some(({ step }) => step.call.name === 'vfork')
