import { grants, READ } from '../../../model/common/access.ts'
import { attachmentsOf } from '../../../model/shared-memory/places.ts'
import { isPredictable } from '../../../model/shared-memory/predictable.ts'
import type { Segment } from '../../../model/shared-memory/state.ts'
import type { Call } from '../../../model/vocabulary/forms.ts'
import { SHM_RDONLY } from '../../../model/vocabulary/names.ts'
import type { Step } from '../../../model/vocabulary/scenario.ts'
import { identityOf, limitsOf } from '../../../model/world.ts'
import { anActor, type Setting } from '../setting.ts'
import { type Holding, holdings, isHeld } from './addresses.ts'

/** Segments, attachments of each, bytes of each, and lost attachments that are looked at. */
const SEGMENTS_MAX = 6
const ATTACHMENTS_MAX = 3
const BYTES_MAX = 3
const LOST_MAX = 3

/**
 * Asks everything that can be asked: what is not mapped any more, keys, ended ids, and last the fields and contents,
 * which none of those questions may have changed.
 */
export function observe(setting: Setting): readonly Step[] {
  const held = holdings(setting)
  const steps: Step[] = [...lost(setting), ...keys(setting), ...ended(setting)]
  for (const [name, segment] of Object.entries(setting.world.segments).slice(0, SEGMENTS_MAX))
    steps.push(...fields(setting, name, segment), ...contents(setting, name, segment, held))
  return steps
}

const by = (setting: Setting, call: Call): Step => ({ actor: anActor(setting), call })

const load = (actor: string, base: string, offset: number): Step => ({
  actor,
  call: { name: 'load', address: { base, offset } },
})

/** IPC_STAT, after the mode was made to allow it. */
function fields(setting: Setting, segment: string, { permission }: Segment): readonly Step[] {
  const look = by(setting, { name: 'shmctl.IPC_STAT', segment })
  if (grants(identityOf(setting.world, look.actor), permission, READ)) return [look]
  return [by(setting, { name: 'shmctl.IPC_SET', segment, uid: 'own', gid: 'own', mode: 0o600 }), look]
}

/** What was written, and the beginning of each piece, through some attachments; through a new one if there is none. */
function contents(
  setting: Setting,
  name: string,
  segment: Segment,
  held: readonly Holding[],
): readonly Step[] {
  const { draw, world, able, fresh } = setting
  const written = Object.keys(segment.contents).map(Number)
  const through = held.filter(({ attachment }) => attachment.segment === name)
  if (through.length > 0)
    return through.slice(-ATTACHMENTS_MAX).flatMap((holding) => bytes(setting, holding, written))
  if (written.length === 0 || isHeld(world, name)) return []
  const roomy = able.filter((actor) => limitsOf(world, actor).addressSpace === 'usual')
  const actor = roomy[draw.int(roomy.length)]
  if (actor === undefined) return []
  const variable = fresh('X')
  const call: Call = {
    name: 'shmat',
    segment: name,
    address: { base: 'null', offset: 0 },
    flags: SHM_RDONLY,
    as: variable,
  }
  return [{ actor, call }, ...written.slice(-BYTES_MAX).map((offset) => load(actor, variable, offset))]
}

function bytes(
  { world }: Setting,
  { actor, variable, attachment }: Holding,
  written: readonly number[],
): Step[] {
  const { pageSize } = world.facts
  const steps: Step[] = []
  for (const { first, pages } of attachment.pieces) {
    const from = first * pageSize
    const inside = written.filter((offset) => offset >= from && offset < from + pages * pageSize)
    for (const offset of new Set([from, ...inside.slice(-BYTES_MAX)]))
      steps.push(load(actor, variable, offset))
  }
  return steps
}

/** Where something was attached. */
function lost({ world, able }: Setting): readonly Step[] {
  const steps: Step[] = []
  for (const actor of able) {
    const attachments = attachmentsOf(world, actor)
    for (const variable in attachments) {
      const attachment = attachments[variable]
      const mapped = attachment?.pieces.reduce((sum, { pages }) => sum + pages, 0) ?? 0
      if (attachment === undefined || mapped === attachment.pages) continue
      const step = load(actor, variable, 0)
      if (isPredictable(world, actor, step.call)) steps.push(step)
    }
  }
  return steps.slice(0, LOST_MAX)
}

/** Which segment a key finds, if any: one that is in use, and those that were freed. */
function keys(setting: Setting): readonly Step[] {
  const { draw, world, fresh } = setting
  const used = Object.values(world.segments).flatMap(({ permission }) => permission.key || [])
  const some = used.slice(draw.int(used.length)).slice(0, 1)
  const freed = world.freedKeys
    .filter((each) => each.startsWith('segment '))
    .map((each) => Number(each.slice(8)))
  return [...new Set([...freed, ...some])].map((key) =>
    by(setting, { name: 'shmget', key, size: draw.int(2), flags: 0, as: fresh('M') }),
  )
}

/** The identifier of some segment that was destroyed. */
function ended(setting: Setting): readonly Step[] {
  const { draw, world, made } = setting
  const names = made('M').filter(
    (name) => world.segments[name] === undefined && world.aliases[name] === undefined,
  )
  const segment = names[draw.int(names.length)]
  return segment === undefined ? [] : [by(setting, { name: 'shmctl.IPC_STAT', segment })]
}
