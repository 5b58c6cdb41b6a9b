import type { Call } from '../../model/vocabulary/forms.ts'
import { IPC_CREAT, IPC_EXCL, SHM_RDONLY } from '../../model/vocabulary/names.ts'
import type { Draw } from '../arbitraries/draw.ts'
import type { Genre } from './genre.ts'

/** Pages of the arena in which each attachment has a place of its own. */
const PAGE = 4096
const PLACES = 64

/** Programs about one segment that is attached, detached and removed, and another one that actors race to make. */
export const memoryGenre: Genre = {
  family: 'shared-memory',
  begin(draw) {
    const removes = draw.chance(40)
    const isKeyed = draw.chance(50)
    const looks = draw.chance(60)
    const isHeld = draw.chance(50)
    const held = new Map<string, string[]>()
    let places = 0
    const attach = (actor: string, variable: string, segment: string): Call => {
      held.set(actor, [...(held.get(actor) ?? []), variable])
      const offset = (places++ % PLACES) * PAGE
      const address = draw.chance(20) ? { base: 'null', offset: 0 } : { base: 'arena', offset }
      return { name: 'shmat', segment, address, flags: draw.chance(20) ? SHM_RDONLY : 0, as: variable }
    }
    const made = { name: 'shmget', key: isKeyed ? 1 : 'private', size: 100, as: 'M' } as const
    const before: readonly Call[] = isHeld ? [attach('A', 'A0', 'M')] : []
    return {
      setup: [{ ...made, flags: 0o600 | (isKeyed ? IPC_CREAT : 0) }, ...before],
      call(variable, actor) {
        const mine = held.get(actor) ?? []
        return draw.weighted<() => Call>([
          [8, () => attach(actor, variable, 'M')],
          [mine.length === 0 ? 0 : 7, () => detach(draw, held, actor)],
          [looks ? 4 : 0, () => ({ name: 'shmctl.IPC_STAT', segment: 'M' })],
          [removes ? 2 : 0, () => ({ name: 'shmctl.IPC_RMID', segment: 'M' })],
          [
            1,
            () => ({
              name: 'shmctl.IPC_SET',
              segment: 'M',
              uid: 'own',
              gid: 'own',
              mode: draw.pick([0o600, 0o640]),
            }),
          ],
          [isKeyed ? 4 : 1, () => found(draw, variable)],
        ])()
      },
      looks: [
        { name: 'shmctl.IPC_STAT', segment: 'M' },
        ...(isKeyed ? [{ name: 'shmget', key: 1, size: 0, flags: 0, as: 'L' } as const] : []),
        ...(draw.chance(50) ? [{ name: 'shmctl.IPC_RMID', segment: 'M' } as const] : []),
        { name: 'shmctl.IPC_STAT', segment: 'M' },
      ],
    }
  },
}

/** Each attachment is detached once: the kernel may use its address again. */
function detach(draw: Draw, held: Map<string, string[]>, actor: string): Call {
  const mine = held.get(actor) ?? []
  const base = mine[draw.int(mine.length)] ?? ''
  held.set(
    actor,
    mine.filter((each) => each !== base),
  )
  return { name: 'shmdt', address: { base, offset: 0 } }
}

/** Somebody finds or makes the segment of a key. */
const found = (draw: Draw, variable: string): Call => ({
  ...{ name: 'shmget', key: 1, size: draw.pick([0, 100, 100, 200]), as: variable },
  flags: 0o600 | draw.pick([IPC_CREAT, IPC_CREAT | IPC_EXCL, 0]),
})
