import type { Call } from '../../model/vocabulary/forms.ts'
import { IPC_CREAT, IPC_EXCL, IPC_NOWAIT, MSG_EXCEPT, MSG_NOERROR } from '../../model/vocabulary/names.ts'
import type { Draw } from '../arbitraries/draw.ts'
import type { Genre } from './genre.ts'

/** Programs about one queue, often with room for a few messages only. */
export const messageGenre: Genre = {
  family: 'messages',
  begin(draw) {
    const qbytes = draw.weighted([
      [3, 0],
      [2, 8],
      [3, 16],
      [1, 40],
    ])
    const nowait = draw.weighted([
      [2, 10],
      [3, 40],
    ])
    const removes = draw.chance(10)
    let fill = 0
    const wanted = draw.chance(30)
    return {
      setup: [
        { name: 'msgget', key: 'private', flags: 0o600, as: 'Q' },
        ...(qbytes === 0
          ? []
          : [{ name: 'msgctl.IPC_SET', queue: 'Q', uid: 'own', gid: 'own', mode: 0o600, qbytes } as const]),
      ],
      call(variable) {
        fill = (fill + 1) % 200
        return callOf(draw, nowait, removes, wanted, fill, variable)
      },
      looks: [
        { name: 'msgctl.IPC_STAT', queue: 'Q' },
        { name: 'msgrcv', queue: 'Q', size: 64, type: 0, flags: IPC_NOWAIT },
        { name: 'msgrcv', queue: 'Q', size: 64, type: 0, flags: IPC_NOWAIT },
        ...(draw.chance(50) ? [{ name: 'msgctl.IPC_RMID', queue: 'Q' } as const] : []),
      ],
    }
  },
}

function callOf(
  draw: Draw,
  nowait: number,
  removes: boolean,
  looks: boolean,
  fill: number,
  variable: string,
): Call {
  const flag = draw.chance(nowait) ? IPC_NOWAIT : 0
  return draw.weighted<() => Call>([
    [
      9,
      () => ({ name: 'msgsnd', queue: 'Q', type: 1 + draw.int(3), size: 1 + draw.int(8), fill, flags: flag }),
    ],
    [9, () => ({ name: 'msgrcv', queue: 'Q', ...wish(draw, flag) })],
    [looks ? 2 : 0, () => ({ name: 'msgctl.IPC_STAT', queue: 'Q' })],
    [removes ? 1 : 0, () => ({ name: 'msgctl.IPC_RMID', queue: 'Q' })],
    [
      1,
      () => ({
        name: 'msgget',
        key: 1,
        flags: 0o600 | draw.pick([IPC_CREAT, IPC_CREAT | IPC_EXCL, 0]),
        as: variable,
      }),
    ],
  ])()
}

function wish(draw: Draw, flag: number): { size: number; type: number; flags: number } {
  const size = draw.weighted([
    [8, 64],
    [1, 4],
  ])
  const cut = size < 64 && draw.chance(50) ? MSG_NOERROR : 0
  const except = draw.chance(10)
  const type = except ? 1 + draw.int(3) : draw.pick([0, 0, 1, 2, 3, -1, -2, -3])
  return { size, type, flags: flag | cut | (except ? MSG_EXCEPT : 0) }
}
