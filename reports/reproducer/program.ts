import { formOf } from '../../model/vocabulary/forms.ts'
import * as names from '../../model/vocabulary/names.ts'
import type { Account } from '../../oracle/account.ts'
import { aloneMain, childrenOf } from './alone.ts'
import { heading } from './heading.ts'
import { includes } from './includes.ts'
import type { ReproducerOptions } from './options.ts'
import { actorParts } from './parts/actors.ts'
import { aloneParts } from './parts/alone.ts'
import { commonParts } from './parts/common.ts'
import { declarations } from './parts/declarations.ts'
import { memoryParts } from './parts/memory.ts'
import { messageParts } from './parts/messages.ts'
import { objectParts } from './parts/objects.ts'
import { type Part, partsOf, uses } from './parts/part.ts'
import { processParts } from './parts/processes.ts'
import { programParts } from './parts/programs.ts'
import { sleeperParts } from './parts/sleepers.ts'
import { turnParts } from './parts/turns.ts'
import { usageParts } from './parts/usage.ts'
import { filled } from './places.ts'
import { idsOf, preparing, removal, settling, settlingDown, takenKeys } from './preparation.ts'
import { actorsAndMain } from './processes.ts'
import { roomFor } from './said/messages.ts'
import { sleepersAndMain } from './sleepers.ts'
import { hasEnds, hasSleepers, type Stage, type Story, stageOf, storyOf } from './story.ts'
import { turnsAndMain } from './turns.ts'

/** The whole file. */
export function program(account: Account, options: ReproducerOptions): string {
  const story = storyOf(account)
  const stage = stageOf(story)
  const { prepared, main } = mainOf(story, stage, options.ktap === true)
  const settled = settling(story, stage, main)
  const early = declarations(roomOf(story), story, stage).filter(
    ({ defines }) => stage !== 'alone' || defines !== 'pid()',
  )
  const helpers = [
    ...commonParts,
    ...messageParts,
    ...memoryParts,
    ...objectParts,
    ...processParts,
    ...programParts,
    ...usageParts,
  ]
  const staging = stage === 'sleepers' ? sleeperParts(hasEnds(story), hasSleepers(story)) : stageParts[stage]
  const seed = `check() ${main}${settled}${prepared}${removal(story)}`
  // What is filled in may itself use something.
  const first = textOf(partsOf(seed, [...helpers, ...staging]))
  const all = `${seed}${filled(first, seed + first, main, story, options)}`
  const wanted = partsOf(all, [...helpers, ...staging])
  const fill = (parts: readonly Part[]) => filled(textOf(parts), seed + textOf(wanted), main, story, options)
  const tools = fill(wanted.filter((part) => helpers.includes(part)))
  const acting = fill(wanted.filter((part) => staging.includes(part)))
  const memory = sharedMemory(story, stage, `${seed}${tools}${acting}`)
  const shared = stage === 'alone' ? [...childrenOf(story), memory].join('') : memory
  const declared = textOf(partsOf(`${shared}${seed}${tools}${acting}`, early))
  const text = [declared, shared, tools, settled, acting, prepared, main]
    .filter((each) => each !== '')
    .join('\n')
    // Short definitions stand together.
    .replaceAll(/^(#define .*[^\\]\n)\n(?=#define .*[^\\]\n\n)/gm, '$1')
  const plain = plainly(text, story, stage)
  const whole = definitions(options, plain) + plain
  return `${heading(story, options)}#define _GNU_SOURCE\n${includes(whole)}\n${young(whole)}${whole}`
}

/** The main function, and what it asks before it makes keys. */
function mainOf(
  story: Story,
  stage: Stage,
  ktap: boolean,
): { readonly prepared: string; readonly main: string } {
  const plain = withoutClock(mains[stage](story))
  const lines = preparing(story, stage, plain, ktap)
  const prepared = takenKeys(story)
  if (stage === 'alone') return { prepared, main: withoutClock(aloneMain(story, lines)) }
  const main = plain.replace(
    /^\tPREPARE\n/m,
    () => `${lines.map((line) => (line === '' ? '\n' : `\t${line}\n`)).join('')}\n`,
  )
  return { prepared, main }
}

const mains: Readonly<Record<Stage, (story: Story) => string>> = {
  alone: (story) => aloneMain(story, []),
  turns: turnsAndMain,
  sleepers: (story) =>
    sleepersAndMain(story, settlingDown(story, story.said.map(({ call }) => call).join('\n'))),
  actors: actorsAndMain,
}

/** Where no stamps are looked at the beginnings of steps need not be noted. */
const withoutClock = (text: string): string =>
  uses(text, 'within()') ? text : text.replaceAll(/^\ts->clock_at\[\d+\] = coarse_seconds\(\);\n/gm, '')

/** Where there is one process its variables are plain ones. */
function plainly(text: string, story: Story, stage: Stage): string {
  if (stage !== 'alone') return text
  const [main = ''] = story.actors
  const own = text
    .replaceAll(`pid(${main})`, '(pid_t)syscall(SYS_getpid)')
    .replaceAll(/\bpid\((\w+)\)/g, 'pid_$1')
  return isPlainlyNamed(story)
    ? own
        .replaceAll('s->uid', 'geteuid()')
        .replaceAll('s->gid', 'getegid()')
        .replaceAll(/^\t(geteuid|getegid)\(\) = .*\n/gm, '')
        .replaceAll('s->', '')
    : own
}

/** Whether no variable can be taken for something else. */
const isPlainlyNamed = ({ scenario }: Pick<Story, 'scenario'>): boolean =>
  scenario.steps.every(({ call }) => !('as' in call) || /^[A-Z][A-Z]?\d*$/.test(call.as))

const stageParts: Readonly<Record<Exclude<Stage, 'sleepers'>, readonly Part[]>> = {
  alone: aloneParts,
  turns: turnParts,
  actors: actorParts,
}

const textOf = (parts: readonly Part[]) => parts.map(({ text }) => text).join('\n')

export const exitStatuses = ({ ktap }: ReproducerOptions): string =>
  `enum { DEVIATES = 1, SKIPPED = ${ktap === true ? 4 : 77}, HARD_ERROR = 99 };\n`

/** Exit statuses, and words for what is looked at. */
const definitions = ({ ktap }: ReproducerOptions, text: string): string => {
  const statuses = [
    'DEVIATES = 1',
    ...(/\bSKIPPED\b|\bsetup\(/.test(text) ? [`SKIPPED = ${ktap === true ? 4 : 77}`] : []),
    ...(/\bHARD_ERROR\b/.test(text) ? ['HARD_ERROR = 99'] : []),
  ]
  const macros = ['expect', 'setup'].filter((word) => uses(text, `${word}()`))
  return `enum { ${statuses.join(', ')} };

${macros.map((word) => `#define ${word}(...) check(${word === 'expect' ? 'DEVIATES' : 'SKIPPED'}, __VA_ARGS__)\n`).join('')}
`
}

/** Bytes of the bodies of messages. */
export const roomOf = ({ scenario }: Pick<Story, 'scenario'>): number =>
  Math.max(
    1,
    ...scenario.steps.map(({ call }) =>
      call.name === 'msgsnd' || call.name === 'msgrcv' ? roomFor(call.size) : 1,
    ),
  )

/** The state of the actors, and the variables of the scenario. */
function sharedMemory({ scenario, said }: Story, stage: Stage, all: string): string {
  const hasThreads = scenario.steps.some(({ call }) => call.name === 'thread')
  const members = new Set<string>()
  for (const { call } of scenario.steps) {
    const { makes } = formOf(call.name)
    if ('as' in call && makes !== 'process' && makes !== 'thread')
      members.add(makes === 'attachment' ? `char *${call.as};` : `int ${call.as};`)
  }
  for (const { shared = [] } of said) for (const member of shared) members.add(member)
  const general = [
    ...(uses(all, 'KEY()') ? ['key_t keys;'] : []),
    ...(/s->uid\b|s->gid\b/.test(all) ? ['uid_t uid;', 'gid_t gid;'] : []),
    ...(/s->main\b/.test(all) ? ['pid_t main;'] : []),
    ...(uses(all, 'within()') ? ['long long clock_at[STEPS + 1];'] : []),
  ]
  const state = states[stage].map((line) =>
    hasThreads ? line.replace('pid_t pid;', 'pid_t pid, process;') : line,
  )
  const lines = [...state, ...general, ...together([...members])]
  if (lines.length === 0) return ''
  const isOne = stage === 'alone'
  const ids = new Set(idsOf({ scenario }).map(({ name }) => name))
  if (isOne && isPlainlyNamed({ scenario }))
    return lines
      .filter((line) => !/^[ug]id_t [ug]id;$/.test(line))
      .map(
        (line) =>
          `static ${line.replaceAll(/\b\w+(?=[,;])/g, (name) => (ids.has(name) ? `${name} = -1` : name))}\n`,
      )
      .join('')
  const comment = isOne
    ? '/* The variables of the scenario. */'
    : '/* What the processes share: where each actor is, and the variables of the scenario. */'
  const ending = isOne ? 'memory, *const s = &memory;' : '*s;'
  return `${comment}\nstatic struct {\n${lines.map((line) => `\t${line}`).join('\n')}\n} ${ending}\n`
}

/** Members of the same type in one line. */
export function together(members: readonly string[]): readonly string[] {
  const names = new Map<string, string[]>()
  for (const member of members) {
    const [, type = '', name = member] =
      /^((?:volatile )?(?:int|char|struct \w+|siginfo_t|long long)) (\*?\w+(?:\[\d+\])?);$/.exec(member) ?? []
    names.set(type === '' ? member : type, [...(names.get(type === '' ? member : type) ?? []), name])
  }
  return [...names].flatMap(([type, found]) => (type.endsWith(';') ? [type] : inLines(type, found)))
}

function inLines(type: string, names: readonly string[]): readonly string[] {
  const lines: string[] = []
  for (const name of names) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + name.length < COLUMNS)
      lines[lines.length - 1] = `${last}, ${name}`
    else lines.push(`${type} ${name}`)
  }
  return lines.map((line) => `${line};`)
}

const COLUMNS = 90

const states: Readonly<Record<Stage, readonly string[]>> = {
  alone: [],
  turns: ['volatile pid_t pids[ACTORS];', 'volatile int gone[ACTORS];', 'volatile int is_over, verdict;'],
  sleepers: [
    'struct {',
    '\tpid_t pid;',
    '\tint gate[2];',
    '\tvolatile int begun, done, error;',
    '\tvolatile long long value;',
    '} of[ACTORS];',
    'volatile int now;',
  ],
  actors: [
    'struct {',
    '\tvolatile pid_t pid;',
    '\tvolatile int begun, done, error;',
    '\tvolatile long long value;',
    '} of[ACTORS];',
    'int gates[ACTORS][2];',
    'volatile int now, forked, born;',
  ],
}

/** Names that older headers do not have. */
export function young(text: string): string {
  const all: Readonly<Record<string, number>> = {
    ...{ MSG_COPY: names.MSG_COPY, SHM_EXEC: names.SHM_EXEC },
    ...{ SEM_STAT_ANY: 20, MSG_STAT_ANY: 13, SHM_STAT_ANY: 15 },
    ...{ P_PIDFD: names.P_PIDFD, PIDFD_NONBLOCK: names.PIDFD_NONBLOCK, SYS_pidfd_open: 434 },
    ...{ __WNOTHREAD: names.WNOTHREAD, __WCLONE: names.WCLONE },
    ...{ SHM_HUGE_2MB: 21 << names.SHM_HUGE_SHIFT, SHM_HUGE_1GB: 30 << names.SHM_HUGE_SHIFT },
    ...{ PR_CAP_AMBIENT: 47 },
  }
  const lines = Object.entries(all)
    .filter(([name]) => uses(text, name))
    .map(
      ([name, value]) =>
        `#ifndef ${name}\n#define ${name} ${value < 0 ? `0x${(value >>> 0).toString(16)}` : value}\n#endif\n`,
    )
  return lines.length === 0 ? '' : `/* Younger than some libraries' headers. */\n${lines.join('')}\n`
}
