import { countAttached } from '../../model/shared-memory/segments.ts'
import { printCall } from '../../model/vocabulary/text/print.ts'
import { activityOf, actorsOf, type Sleep, type World } from '../../model/world.ts'
import { waitStatusWords } from '../status-words.ts'

/** An object, or a process of which there is something to say, as the kernel remembers it between two steps. */
export interface ObjectState {
  readonly name: string
  readonly is: 'set' | 'queue' | 'segment' | 'process'
  /** Values, messages or attachments, or what became of the process. */
  readonly words: string
  /** Who is asleep on it. */
  readonly sleepers: readonly string[]
}

/** The objects in the order in which they were made, then the processes that do not simply run. */
export const objectStates = (world: World): readonly ObjectState[] => [
  ...Object.entries(world.sets).map(
    ([name, { semaphores, sleepers }]): ObjectState => ({
      ...{ name, is: 'set', sleepers },
      words: `{${semaphores.map(({ value }) => value).join(' ')}}`,
    }),
  ),
  ...Object.entries(world.queues).map(
    ([name, { messages, receivers, senders }]): ObjectState => ({
      ...{ name, is: 'queue', sleepers: [...receivers, ...senders] },
      words: `[${messages.map(({ type, size }) => `${type}:${size}`).join(' ')}]`,
    }),
  ),
  ...Object.entries(world.segments)
    .filter(([, { removal }]) => removal !== 'id gone')
    .map(
      ([name]): ObjectState => ({
        ...{ name, is: 'segment', sleepers: [] },
        words: segmentWords(name, world),
      }),
    ),
  ...Object.entries(world.processes).flatMap(([name, { lifecycle }]): ObjectState[] => {
    const words =
      lifecycle.life === 'zombie'
        ? `zombie${endWords(lifecycle.report)}`
        : lifecycle.life === 'stopped'
          ? 'stopped'
          : ''
    return words === '' ? [] : [{ name, is: 'process', words, sleepers: [] }]
  }),
]

/** An object state on one line: `S {0 1}, asleep: B C`. */
export const stateWords = ({ name, words, sleepers }: ObjectState): string =>
  `${name} ${words}${sleepers.length === 0 ? '' : `, asleep: ${sleepers.join(' ')}`}`

/** Who is inside a call without sleeping on an object, and in which. */
export const otherSleepWords = (world: World): readonly string[] =>
  actorsOf(world).flatMap((actor) => {
    const activity = activityOf(world, actor)
    if (activity === undefined || activity.is === 'idle') return []
    if (objectStates(world).some(({ sleepers }) => sleepers.includes(actor))) return []
    return [`${actor} ${activity.is === 'held' ? 'is stopped' : 'is asleep'} in ${inCall(activity.on)}`]
  })

/** What an actor that cannot be given a call does instead. */
export function whyNot(world: World, actor: string): string {
  const activity = activityOf(world, actor)
  if (activity === undefined) return `there is no process ${actor} here`
  if (activity.is !== 'idle') return `${actor} is inside ${inCall(activity.on)} here`
  const life = world.processes[actor]?.lifecycle.life ?? 'running'
  return `${actor} ${life === 'stopped' ? 'is stopped' : 'has ended'} here`
}

function inCall(sleep: Sleep): string {
  if (sleep.in === 'vfork') return 'vfork()'
  return 'call' in sleep ? printCall(sleep.call) : 'a call'
}

function segmentWords(name: string, world: World): string {
  const segment = world.segments[name]
  const holders = Object.entries(world.processes)
    .filter(([, { attachments }]) =>
      Object.values(attachments).some((each) => each.segment === name && each.pieces.length > 0),
    )
    .map(([process]) => process)
  const bytes = Object.entries(segment?.contents ?? {}).map(([offset, byte]) => `${offset}=${byte}`)
  return [
    `${countAttached(world, name)} attached${holders.length === 0 ? '' : ` (${holders.join(' ')})`}`,
    ...(bytes.length === 0 ? [] : [`bytes ${bytes.slice(0, BYTES_MAX).join(' ')}`]),
    ...(segment?.removal === 'pending' ? ['removed'] : []),
    ...(segment?.locked === true ? ['locked'] : []),
  ].join(', ')
}

const BYTES_MAX = 4

function endWords(report: World['processes'][string]['lifecycle']['report']): string {
  if (report.is === 'exited') return ` (exited ${report.code & 0xff})`
  return report.is === 'killed' ? ` (${waitStatusWords(report.signal)})` : ''
}
