import { formOf } from '../../model/vocabulary/forms.ts'
import type { Step } from '../../model/vocabulary/scenario.ts'
import { printStep } from '../../model/vocabulary/text/print.ts'
import type { Said } from './saying.ts'
import type { Story } from './story.ts'
import { variable } from './words.ts'

/** An actor's call, and what it leaves in the shared memory. */
export function statements({ scenario, said }: Story, at: number, actor: string): readonly string[] {
  const who = `${actor}, `
  const { call } = scenario.steps[at] as Step
  const { before = [], call: text, after = [] } = said[at] as Said
  const { makes } = formOf(call.name)
  const into = 'as' in call ? variable(call.as) : ''
  const over =
    makes === undefined || makes === 'process' || makes === 'thread'
      ? `over(${who}${text});`
      : makes === 'attachment'
        ? `${into} = (char *)(intptr_t)over(${who}${text});`
        : `${into} = (int)over(${who}${text});`
  return [...before, over, ...after]
}

/** A call of whoever looks itself at what came of it: `value`. */
export function ownStatements({ scenario, said }: Story, at: number): readonly string[] {
  const { call } = scenario.steps[at] as Step
  const { before = [], call: text, after = [] } = said[at] as Said
  const { makes } = formOf(call.name)
  const into = 'as' in call && makes !== 'process' && makes !== 'thread' ? variable(call.as) : undefined
  const made =
    into === undefined
      ? [`value = ${text};`]
      : makes === 'attachment'
        ? [`value = ${text};`, `${into} = (char *)(intptr_t)value;`]
        : [`value = ${into} = ${/^syscall\(/.test(text) ? `(int)${text}` : text};`]
  return [clockLine(at), ...before, ...made, ...after]
}

/** A call of which the value is returned. */
export function returning(story: Story, at: number): readonly string[] {
  const { call } = story.scenario.steps[at] as Step
  if (call.name === '_exit') return [`end(${call.status});`, 'return 0;']
  const [, ...lines] = ownStatements(story, at)
  const { after = [] } = story.said[at] as Said
  const last = lines.at(-1) ?? ''
  if (after.length === 0 && last.startsWith('value = '))
    return [...lines.slice(0, -1), last.replace('value =', 'return')]
  return [...lines.map((line) => line.replace(/^value = /, 'long long value = ')), 'return value;']
}

/** Taken out where no stamps are looked at. */
export const clockLine = (at: number): string => `s->clock_at[${at}] = coarse_seconds();`

/** What an actor does in its turn. */
export function actorStatements(story: Story, at: number): readonly string[] {
  const { actor, call } = story.scenario.steps[at] as Step
  switch (call.name) {
    case 'fork':
      return [`if (is_child(${actor}, fork()))`, `\tactor_${call.as}();`]
    case 'clone':
      return [`if (is_child(${actor}, CLONE(${cloneFlags(call)})))`, `\tactor_${call.as}();`]
    case 'vfork':
      return [
        's->forked++;',
        `if (over(${actor}, clone(borrow_${call.as}, stack_top(), CLONE_VM | CLONE_VFORK | SIGCHLD, NULL)) == -1)`,
        '\ts->forked--;',
      ]
    case '_exit':
      return [`end(${call.status});`, `over(${actor}, 0);`]
    case 'exec':
      return call.image === 0
        ? [`run_again("${at + 1}");`, `over(${actor}, -1);`]
        : statements(story, at, actor)
    default:
      return statements(story, at, actor)
  }
}

const cloneFlags = (call: Extract<Step['call'], { name: 'clone' }>) => {
  const [flags = '0', signal = 'SIGCHLD'] =
    /\((.*)\)/.exec(printStep({ actor: 'A', call }))?.[1]?.split(', ') ?? []
  return flags === '0' ? signal : `${flags.replaceAll('|', ' | ')} | ${signal}`
}

/** In a function; long conditions go on in the next line. */
export function indented(line: string): string {
  if (line === '') return ''
  if (line.length <= COLUMNS) return `\t${line}`
  const lines: string[] = []
  let rest = line
  while (rest.length > COLUMNS) {
    const breaks = [...rest.matchAll(/ (&&|\|\|) |, (?=")/g)].map(
      ({ index, 0: word }) => index + word.trimEnd().length,
    )
    const at = breaks.findLast((each) => each <= COLUMNS) ?? breaks[0]
    if (at === undefined) break
    lines.push(rest.slice(0, at))
    rest = rest.slice(at + 1)
  }
  return [...lines, rest].map((each, number) => `\t${number === 0 ? '' : '\t\t'}${each}`).join('\n')
}

/** Whether a line would be broken. */
export const isWide = (line: string): boolean => line.length > COLUMNS

const COLUMNS = 108
