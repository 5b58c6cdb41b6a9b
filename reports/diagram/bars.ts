import type { Story } from './story.ts'

/** A call, from the step in which it began to the one in which it came back. */
export interface Bar {
  readonly actor: string
  readonly from: number
  /** The number of the step; of a call that never came back the last one. */
  readonly to: number
  /** How it ends: at once, `woken` later, by the end of its actor, or not at all. */
  readonly is: 'at once' | 'woken' | 'cut off' | 'open'
}

/** Somebody did something to somebody else: woke, ended, stopped, continued or made it. */
export interface Arrow {
  readonly step: number
  readonly from: string
  readonly to: string
  readonly is: 'wakes' | 'ends' | 'stops' | 'continues' | 'makes'
}

/** A stretch in which an actor is stopped. */
export interface Stop {
  readonly actor: string
  readonly from: number
  readonly to: number
}

export interface Course {
  readonly bars: readonly Bar[]
  readonly arrows: readonly Arrow[]
  readonly stops: readonly Stop[]
  /** The number of the step in which an actor ended. */
  readonly ends: Readonly<Record<string, number>>
}

/** How the calls of a story lie in time, and who did what to whom. */
export function courseOf({ steps }: Story): Course {
  const bars: Bar[] = []
  const arrows: Arrow[] = []
  const stops: Stop[] = []
  const ends: Record<string, number> = {}
  const open = new Map<string, number>()
  const stopped = new Map<string, number>()
  const close = (actor: string, to: number, is: Bar['is']) => {
    const from = open.get(actor)
    open.delete(actor)
    if (from !== undefined) bars.push({ actor, from, to, is: from === to && is === 'woken' ? 'at once' : is })
  }
  for (const { number, actor, isDriver, events } of steps) {
    if (!isDriver && events.some((event) => event.actor === actor && event.is !== 'stays'))
      open.set(actor, number)
    for (const event of events) {
      if (event.is === 'returns' || event.is === 'faults') close(event.actor, number, 'woken')
      if (event.is === 'ends') {
        close(event.actor, number, event.actor === actor ? 'woken' : 'cut off')
        ends[event.actor] = number
      }
      if (event.is === 'stops') stopped.set(event.actor, number)
      if (event.is === 'continues' || event.is === 'ends') {
        const from = stopped.get(event.actor)
        stopped.delete(event.actor)
        if (from !== undefined) stops.push({ actor: event.actor, from, to: number })
      }
      const effect = effects[event.is]
      if (event.actor !== actor && effect !== undefined && !isDriver)
        if (!arrows.some(({ step, to }) => step === number && to === event.actor))
          arrows.push({ step: number, from: actor, to: event.actor, is: effect })
    }
  }
  const last = steps.at(-1)?.number ?? 0
  for (const actor of [...open.keys()]) close(actor, last, 'open')
  for (const [actor, from] of stopped) stops.push({ actor, from, to: last })
  return { bars, arrows, stops, ends }
}

const effects: Partial<Record<Story['steps'][number]['events'][number]['is'], Arrow['is']>> = {
  returns: 'wakes',
  faults: 'wakes',
  ends: 'ends',
  stops: 'stops',
  continues: 'continues',
  made: 'makes',
}
