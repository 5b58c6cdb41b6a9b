import type { Call } from '../../model/vocabulary/forms.ts'
import { controlBuffers, IPC_NOWAIT, messageParts, semctlBuffers } from '../../model/vocabulary/names.ts'
import type { IdArgument } from '../../model/vocabulary/shape.ts'
import type { Setting } from './setting.ts'

const valuesOf = (of: Readonly<Record<string, number>>) => Object.values(of) as [number, ...number[]]

/** A call on the semaphores with an address that cannot be used, or a size that has more than 32 bits. */
export function badSemaphoreCall({ draw }: Setting, set: IdArgument): Call {
  const operations = [{ sem: draw.pick([0, 0, 70]), change: draw.pick([1, -1, 0]), flags: 0 }]
  return draw.pick<() => Call>([
    () => ({ name: 'bad_semop', set, count: draw.pick([1, 1, 2, 0, 501]) }),
    () => ({ name: 'bad_semtimedop', set, operations: draw.chance(80) ? operations : [] }),
    () => ({ name: 'wide_semop', set, operations: draw.chance(90) ? operations : [] }),
    () => ({ name: 'bad_semctl', set, buffer: draw.pick(valuesOf(semctlBuffers.of)) }),
  ])()
}

/** A call on the queue with an address that cannot be used. */
export function badMessageCall({ draw }: Setting, queue: IdArgument): Call {
  const type = draw.pick([1, 1, 2, 0])
  return draw.pick<() => Call>([
    () => ({ name: 'bad_msgctl', queue, buffer: draw.pick(valuesOf(controlBuffers.of)) }),
    () => ({
      name: 'bad_msgsnd',
      queue,
      part: draw.pick(valuesOf(messageParts.of)),
      size: draw.pick([1, 1, 10, 8193, 0, -1]),
      type,
    }),
    () => ({
      name: 'bad_msgrcv',
      queue,
      size: draw.pick([100, 100, 1, 0, -1]),
      type: draw.chance(60) ? 0 : type,
      flags: draw.chance(50) ? IPC_NOWAIT : 0,
    }),
  ])()
}

/** A call on the segment with an address that cannot be used. */
export const badMemoryCall = ({ draw }: Setting, segment: IdArgument): Call => ({
  name: 'bad_shmctl',
  segment,
  buffer: draw.pick(valuesOf(controlBuffers.of)),
})
