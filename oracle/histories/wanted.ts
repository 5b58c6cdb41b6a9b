import type { TimedCall } from './history.ts'

/**
 * When the message of each `msgsnd` was back from a `msgrcv`, by the index of the sending call; what was not received is missing.
 * Messages of one size are taken for received in the order in which they were sent: a guess, fit to choose what is tried first.
 */
export function wantedTimes(calls: readonly TimedCall[]): ReadonlyMap<number, number> {
  const received = new Map<number, number[]>()
  for (const { call, seen, end } of calls)
    if (call.name === 'msgrcv' && seen?.is === 'returned' && seen.errno === 0 && end !== 'never') {
      const size = Number(seen.value)
      const known = received.get(size)
      if (known === undefined) received.set(size, [end])
      else known.push(end)
    }
  for (const times of received.values()) times.sort((a, b) => b - a)
  const wanted = new Map<number, number>()
  if (received.size === 0) return wanted
  const sent = calls.flatMap(({ call, begin }, at) =>
    call.name === 'msgsnd' ? [{ at, begin, size: Number(call.size) }] : [],
  )
  for (const { at, begin, size } of sent.sort((a, b) => a.begin - b.begin)) {
    const times = received.get(size)
    while (times !== undefined && (times.at(-1) ?? begin) < begin) times.pop()
    const time = times?.pop()
    if (time !== undefined) wanted.set(at, time)
  }
  return wanted
}
