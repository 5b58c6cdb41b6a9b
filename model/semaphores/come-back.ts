import type { Result } from '../expected.ts'
import { happens, type Moment } from '../moment.ts'
import type { Errno } from '../vocabulary/names.ts'
import { idle, withProcess } from '../world.ts'
import { elapsed } from './elapsed.ts'
import type { SemaphoreSleep } from './state.ts'

/**
 * The call of a sleeper comes back: at once, or when the process is continued where it was stopped without leaving
 * the set. `least`: how many microseconds it slept at least.
 */
export function comeBack(
  moment: Moment,
  sleeper: string,
  { call }: SemaphoreSleep,
  errno: Errno | 'none',
  least = 0,
): void {
  const result: Result = { value: errno === 'none' ? 0 : -1, errno, out: elapsed(call, least) }
  const isStopped = moment.world.processes[sleeper]?.lifecycle.life === 'stopped'
  if (!isStopped) happens(moment, { is: 'returned', actor: sleeper, result })
  moment.world = withProcess(moment.world, sleeper, {
    activity: isStopped ? { is: 'asleep', on: { in: 'return', result } } : idle,
  })
}
