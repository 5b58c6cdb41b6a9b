import type { World } from '../../../model/world.ts'

/** Whether two worlds are the same, part by part, but for the messages of a queue, and who used it last. */
export const isSameBut = (a: World, b: World, queue: string): boolean =>
  a.sets === b.sets &&
  a.segments === b.segments &&
  a.processes === b.processes &&
  a.threads === b.threads &&
  a.aliases === b.aliases &&
  a.failed === b.failed &&
  a.freedKeys === b.freedKeys &&
  a.limits === b.limits &&
  a.settings === b.settings &&
  a.space === b.space &&
  a.spaces === b.spaces &&
  a.madeIn === b.madeIn &&
  a.undone === b.undone &&
  a.facts === b.facts &&
  areSameButOne(a.queues, b.queues, queue)

function areSameButOne(a: World['queues'], b: World['queues'], name: string): boolean {
  for (const other in b) if (other !== name && a[other] !== b[other]) return false
  for (const other in a) if (!(other in b)) return false
  const [one, two] = [a[name], b[name]]
  return (
    one !== undefined &&
    two !== undefined &&
    one.permission === two.permission &&
    one.initialMode === two.initialMode &&
    one.limit === two.limit &&
    one.ctime === two.ctime &&
    one.receivers === two.receivers &&
    one.senders === two.senders
  )
}
