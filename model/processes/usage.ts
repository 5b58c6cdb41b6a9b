import { anything, atLeast, atMost, type Expected } from '../expected.ts'
import { choose, type Moment, note } from '../moment.ts'
import { usage as clauses } from './clauses/index.ts'
import { changeLifecycle, lifecycleOf } from './lifecycle.ts'
import { type Lifecycle, nothingUsed, type Used, type WaitCall } from './state.ts'

type Out = Readonly<Record<string, Expected>>

/** What two have used: time adds up, of memory the larger counts. */
const together = (one: Used, other: Used): Used => ({
  time: one.time + other.time,
  memory: Math.max(one.memory, other.memory),
})

export const hasUsed = ({ time, memory }: Used): boolean => time > 0 || memory > 0

/** What a process has used itself and by those that it waited for. */
export const usageOf = (lifecycle: Lifecycle | undefined): Used =>
  lifecycle === undefined ? nothingUsed : together(lifecycle.used, lifecycle.usedByChildren)

/** The process uses something. */
export function use(moment: Moment, name: string, more: Used): void {
  const used = lifecycleOf(moment.world, name)?.used ?? nothingUsed
  changeLifecycle(moment, name, { used: together(used, more) })
}

/** The child was waited for: from now on its usage counts. */
export function countUsage(moment: Moment, waiter: string, child: string): void {
  const usage = usageOf(lifecycleOf(moment.world, child))
  const before = lifecycleOf(moment.world, waiter)?.usedByChildren ?? nothingUsed
  if (!hasUsed(usage)) return
  note(moment, clauses.addedAtReaping)
  if (usage.memory > 0 && before.memory > 0) note(moment, clauses.largest)
  changeLifecycle(moment, waiter, { usedByChildren: together(before, usage) })
}

/** What a wait tells of the usage of the child that it reports; no standard has these calls. */
export function usageReported(moment: Moment, call: WaitCall, child: Lifecycle | undefined): Out {
  const why = call.name === 'waitid' ? clauses.rawWaitid : clauses.childAndItsReaped
  const usage = usageOf(child)
  if (call.name === 'waitid' || hasUsed(usage)) note(moment, why)
  return choose(moment, why, 2) === 0 ? { ...toldTime(usage), ...toldMemory(usage) } : open
}

/** What getrusage tells. The standard knows no memory. */
export function usageAnswered(moment: Moment, usage: Used): Out {
  const isOpen = choose(moment, clauses.largest, 2) === 1
  return { ...toldTime(usage), ...(isOpen ? openMemory : toldMemory(usage)) }
}

const toldTime = ({ time }: Used): Out => ({ least: atMost(time), most: atLeast(time) })
const toldMemory = ({ memory }: Used): Out => ({ leastMemory: atMost(memory), mostMemory: atLeast(memory) })
const openMemory: Out = { leastMemory: anything, mostMemory: anything }
const open: Out = { least: anything, most: anything, ...openMemory }
