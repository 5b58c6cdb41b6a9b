import type { Call, CallOf } from '../../../model/vocabulary/forms.ts'
import { IPC_CREAT, MSG_EXCEPT, MSG_NOERROR, SA_RESTART, signals } from '../../../model/vocabulary/names.ts'
import type { Step } from '../../../model/vocabulary/scenario.ts'
import type { Setting } from '../setting.ts'
import { aType } from './send.ts'

const plots = [30, 25, 25, 20] as const

/** A queue where much can happen: full with senders asleep, empty with receivers asleep, or of many types; or none. */
export function prepare(setting: Setting): readonly Step[] {
  const { draw, fresh } = setting
  const plot = draw.index(plots)
  if (plot === 0) return []
  const queue = fresh('Q')
  const [host, ...guests] = shuffled(setting)
  const by =
    (actor: string) =>
    (call: Call): Step => ({ actor, call })
  const key = draw.chance(30) ? 1 : ('private' as const)
  const steps: Step[] = [by(host)({ name: 'msgget', key, flags: IPC_CREAT | 0o600, as: queue })]
  if (setting.withProcesses) steps.push(...guests.map((guest) => by(guest)(handler(setting))))
  if (plot === 1)
    steps.push(...full(setting, queue).map(by(host)), ...sleepers(setting, guests, queue, aSend))
  else if (plot === 2) steps.push(...sleepers(setting, guests, queue, aReceive))
  else for (let count = 2 + draw.int(4); count > 0; count--) steps.push(by(host)(aSend(setting, queue)))
  return steps
}

/** The actors in any order. */
function shuffled({ draw, able }: Setting): readonly [string, ...string[]] {
  const [first, ...others] = able
  const order: [string, ...string[]] = [first]
  for (const other of others) order.splice(draw.int(order.length + 1), 0, other)
  return order
}

const handler = ({ draw }: Setting): Call => ({
  name: 'sigaction',
  signal: signals.SIGUSR1,
  disposition: draw.chance(85) ? 2 : 1,
  flags: draw.pick([0, SA_RESTART]),
})

/** A small limit, and as many bytes as it allows in one message or two. */
function full(setting: Setting, queue: string): readonly Call[] {
  const { draw } = setting
  const qbytes = draw.pick([5, 10, 10, 20])
  const first = draw.chance(40) ? qbytes : 1 + draw.int(qbytes - 1)
  const sizes = first === qbytes ? [first] : [first, qbytes - first]
  return [
    { name: 'msgctl.IPC_SET', queue, uid: 'own', gid: 'own', mode: 0o600, qbytes },
    ...sizes.map((size) => ({ ...aSend(setting, queue), size })),
  ]
}

/** Some of the guests sleep. */
const sleepers = (
  setting: Setting,
  guests: readonly string[],
  queue: string,
  call: (setting: Setting, queue: string) => Call,
): readonly Step[] =>
  guests.slice(0, 1 + setting.draw.int(guests.length)).map((actor) => ({ actor, call: call(setting, queue) }))

const aSend = (setting: Setting, queue: string): CallOf<'msgsnd'> => ({
  name: 'msgsnd',
  queue,
  type: aType(setting),
  size: setting.draw.int(6),
  fill: setting.draw.int(256),
  flags: 0,
})

const aReceive = (setting: Setting, queue: string): CallOf<'msgrcv'> => {
  const { draw } = setting
  const type = aType(setting)
  return {
    name: 'msgrcv',
    queue,
    size: draw.pick([100, 100, 3, draw.int(6)]),
    type: draw.pick([0, type, type, -type]),
    flags: (draw.chance(20) ? MSG_EXCEPT : 0) | (draw.chance(20) ? MSG_NOERROR : 0),
  }
}
