import { attachmentsOf } from '../../../model/shared-memory/places.ts'
import type { Attachment } from '../../../model/shared-memory/state.ts'
import type { AddressArgument } from '../../../model/vocabulary/shape.ts'
import type { World } from '../../../model/world.ts'
import type { Draw } from '../draw.ts'
import type { Setting } from '../setting.ts'

/** Something that a process has or had attached, by the variable that received its address. */
export interface Holding {
  readonly actor: string
  readonly variable: string
  readonly attachment: Attachment
}

/** What the actors that can make a call have attached. */
export const holdings = (setting: Setting): readonly Holding[] =>
  remembered(setting, ({ pieces }) => pieces.length > 0)

/** What they had attached, as long as it is known what lies there. */
export const losses = (setting: Setting): readonly Holding[] =>
  remembered(setting, ({ pieces }) => pieces.length === 0)

function remembered({ world, able }: Setting, is: (attachment: Attachment) => boolean): readonly Holding[] {
  const found: Holding[] = []
  for (const actor of able) {
    const attachments = attachmentsOf(world, actor)
    for (const variable in attachments) {
      const attachment = attachments[variable]
      if (attachment !== undefined && is(attachment)) found.push({ actor, variable, attachment })
    }
  }
  return found
}

export const aHolding = (draw: Draw, all: readonly Holding[]): Holding | undefined =>
  all[draw.int(all.length)]

/** Whether some process has the segment attached. */
export function isHeld(world: World, segment: string): boolean {
  for (const process in world.processes) {
    const attachments = world.processes[process]?.attachments
    for (const variable in attachments) {
      const attachment = attachments[variable]
      if (attachment?.segment === segment && attachment.pieces.length > 0) return true
    }
  }
  return false
}

/** The address `offset` bytes behind the beginning of an attachment, by its variable or by its place in the arena. */
export const addressIn = (
  draw: Draw,
  { variable, attachment: { at } }: Holding,
  offset: number,
): AddressArgument =>
  at.base === 'arena' && draw.chance(30)
    ? { base: 'arena', offset: at.offset + offset }
    : { base: variable, offset }

/** The variable of some attachment, living or not, of some process. */
export function anyVariable({ draw, world }: Setting): string | undefined {
  const variables: string[] = []
  for (const process in world.processes)
    for (const variable in world.processes[process]?.attachments) variables.push(variable)
  return variables[draw.int(variables.length)]
}
