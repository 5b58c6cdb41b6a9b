import { statusWord } from '../../../model/processes/results.ts'
import type { Call } from '../../../model/vocabulary/forms.ts'
import { POISON } from '../../../model/vocabulary/names.ts'
import { childrenOf, lifecycleOf, oneOf, type Scene } from './scene.ts'

const WAITED = 0x7f
const CORE = 0x80

/** Takes a status apart: that of a child, any that a wait can store, or seldom some other number. */
export function takeApart(scene: Scene, actor: string): Call {
  const { draw } = scene
  const report = lifecycleOf(scene, oneOf(scene, childrenOf(scene, actor)) ?? '')?.report
  const signal = 1 + draw.int(64)
  const status = draw.weighted<() => number>([
    [
      report === undefined || report.is === 'none' ? 0 : 30,
      () => (report === undefined ? 0 : statusWord(report)),
    ],
    [10, () => draw.pick([0, 1, 127, 128, 255, draw.int(256)]) << 8],
    [8, () => signal | (draw.chance(30) ? CORE : 0)],
    [8, () => (signal << 8) | WAITED],
    [4, () => 0xffff],
    [4, () => POISON],
    [3, () => draw.pick([-1, 0x7f, 0x80, 0x101, draw.int(0x20000)])],
  ])()
  return { name: 'macros', status }
}
