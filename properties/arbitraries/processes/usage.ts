import { hasUsed, usageOf } from '../../../model/processes/usage.ts'
import type { Call } from '../../../model/vocabulary/forms.ts'
import { RUSAGE_CHILDREN, RUSAGE_SELF } from '../../../model/vocabulary/names.ts'
import type { Step } from '../../../model/vocabulary/scenario.ts'
import type { Scene } from './scene.ts'

/** Whether somebody uses processor time or memory on purpose, so that it is worth asking for. */
export const isUsed = (scene: Scene): boolean =>
  scene.everybody.some((name) => hasUsed(usageOf(scene.world.processes[name]?.lifecycle)))

/** The actor uses something more: only where somebody does already, for it takes its time. */
export const useMore = ({ draw }: Scene): Call =>
  draw.chance(80) ? { name: 'burn', units: 1 } : { name: 'fill', units: 1 + draw.int(2) }

export const askForUsage = ({ draw }: Scene, actor: string): Step => ({
  actor,
  call: {
    name: 'getrusage',
    who: draw.weighted([
      [8, RUSAGE_CHILDREN],
      [6, RUSAGE_SELF],
      [1, draw.pick([2, -2, -3])],
    ]),
  },
})
