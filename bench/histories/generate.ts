import { errnos } from '../../model/vocabulary/names.ts'
import type { TimedCall } from '../../oracle/histories/history.ts'
import { type Draw, drawFrom } from '../../properties/arbitraries/draw.ts'
import { seeded } from '../../properties/arbitraries/random.ts'
import { actors, callOf, returned } from './objects.ts'
import type { Case } from './shared-format.ts'

/** What kind of history: on how many actors, of how many calls, with one wrong result or without. */
export interface Kind {
  /** `objects`: two semaphores and two queues. */
  readonly about: 'semaphore' | 'queue' | 'objects'
  readonly actors: number
  readonly calls: number
  readonly corrupted: boolean
}

/** Calls that take effect at a random moment of their interval; every actor begins its next one at once. */
export function generateHistory({ about, actors: count, calls, corrupted }: Kind, seed: number): Case {
  const draw = drawFrom(seeded(seed))
  const due: Planned[] = []
  const free = Array.from({ length: count }, () => 0)
  for (let at = 0; at < calls; at++) {
    const actor = free.indexOf(Math.min(...free))
    const begin = (free[actor] ?? 0) + 1 + draw.int(3)
    const effect = begin + 1 + draw.int(20)
    const end = effect + 1 + draw.int(20)
    free[actor] = end
    due.push({ actor: actors[actor] ?? 'A', begin, effect, end })
  }
  due.sort((a, b) => a.effect - b.effect)
  const wrong = corrupted ? draw.int(calls) : -1
  const perform = performing(about, draw)
  return { value: 0, history: { calls: due.map((each, at) => perform(each, at === wrong ? 1 : 0)) } }
}

interface Planned {
  readonly actor: string
  readonly begin: number
  readonly effect: number
  readonly end: number
}

type Perform = (planned: Planned, more: number) => TimedCall

function performing(about: Kind['about'], draw: Draw): Perform {
  if (about === 'semaphore') return semaphore(draw, 'S')
  if (about === 'queue') return queue(draw, 'Q')
  const each = [semaphore(draw, 'S'), semaphore(draw, 'T'), queue(draw, 'Q'), queue(draw, 'R')]
  return (planned, more) => (each[draw.int(each.length)] as Perform)(planned, more)
}

function semaphore(draw: Draw, set: string): Perform {
  let value = 0
  return ({ actor, begin, end }, more) => {
    const what = draw.int(3)
    if (what === 0) {
      value++
      const call = callOf(`semop(${set}, [0 +1])`)
      return { actor, call, begin, end, seen: returned(actor, call, 0) }
    }
    if (what === 1) {
      const call = callOf(`semctl(${set}, 0, GETVAL)`)
      return { actor, call, begin, end, seen: returned(actor, call, value + more) }
    }
    const call = callOf(`semop(${set}, [0 -1 IPC_NOWAIT])`)
    const done = value > 0
    if (done) value--
    return { actor, call, begin, end, seen: cameOrNot(actor, call, done !== more > 0, 0, errnos.EAGAIN) }
  }
}

function queue(draw: Draw, name: string): Perform {
  const sizes: number[] = []
  let id = 0
  return ({ actor, begin, end }, more) => {
    if (draw.chance(50)) {
      const call = callOf(`msgsnd(${name}, 1, ${++id})`)
      sizes.push(id)
      return { actor, call, begin, end, seen: returned(actor, call, 0) }
    }
    const call = callOf(`msgrcv(${name}, 100000, 0, IPC_NOWAIT)`)
    const size = sizes.shift()
    const seen = cameOrNot(actor, call, size !== undefined, (size ?? 0) + more, errnos.ENOMSG)
    return { actor, call, begin, end, seen }
  }
}

const cameOrNot = (actor: string, call: TimedCall['call'], done: boolean, value: number, errno: number) =>
  done ? returned(actor, call, value) : returned(actor, call, -1, errno)
