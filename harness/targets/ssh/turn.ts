const turns = new Map<string, Promise<unknown>>()

/** Does the work once all work of the same name that was asked for before is done, however it ended. */
export function inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
  const before = turns.get(name) ?? Promise.resolve()
  const mine = before.then(work, work)
  turns.set(
    name,
    mine.catch(() => {}),
  )
  return mine
}
