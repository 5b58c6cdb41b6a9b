import type { Call } from '../../../model/vocabulary/forms.ts'
import { SA_RESTART, signals } from '../../../model/vocabulary/names.ts'
import type { Step } from '../../../model/vocabulary/scenario.ts'
import { anActor, type Setting } from '../setting.ts'
import { sleepOf } from './scene.ts'

/** Signals to who is inside a call on a queue, and handlers for who will be. */
export function signal(setting: Setting): Step {
  const { draw, world } = setting
  const actor = anActor(setting)
  const sleepers = Object.keys(world.processes).filter((name) => sleepOf(world, name) !== undefined)
  const sleeper = sleepers[draw.int(sleepers.length)]
  return {
    actor,
    call: sleeper === undefined || draw.chance(20) ? handle(setting) : disturb(setting, sleeper),
  }
}

const handle = ({ draw }: Setting): Call => ({
  name: 'sigaction',
  signal: signals.SIGUSR1,
  disposition: draw.weighted([
    [8, 2],
    [1, 1],
  ]),
  flags: draw.pick([0, SA_RESTART]),
})

function disturb({ draw, world }: Setting, sleeper: string): Call {
  const lifecycle = world.processes[sleeper]?.lifecycle
  const isStopped = lifecycle?.life === 'stopped'
  const isHandled = lifecycle?.actions[signals.SIGUSR1] !== undefined
  const kind = draw.weighted<number>([
    [isStopped ? 1 : 5, signals.SIGSTOP],
    [isStopped ? 8 : 1, signals.SIGCONT],
    [isHandled ? 8 : 1, signals.SIGUSR1],
    [2, signals.SIGKILL],
    [1, signals.SIGTERM],
  ])
  return { name: 'kill', process: sleeper, signal: kind }
}
