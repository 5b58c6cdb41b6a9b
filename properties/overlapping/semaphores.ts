import type { Call } from '../../model/vocabulary/forms.ts'
import { IPC_CREAT, IPC_EXCL, IPC_NOWAIT } from '../../model/vocabulary/names.ts'
import type { Operation } from '../../model/vocabulary/shape.ts'
import type { Draw } from '../arbitraries/draw.ts'
import type { Genre } from './genre.ts'

/** Programs about one set of a few semaphores, and sometimes a second one that actors race to make. */
export const semaphoreGenre: Genre = {
  family: 'semaphores',
  begin(draw) {
    const nsems = draw.weighted([
      [5, 1],
      [4, 2],
      [2, 3],
    ])
    const values = Array.from({ length: nsems }, () => draw.int(3))
    const nowait = draw.weighted([
      [2, 10],
      [3, 40],
    ])
    const removes = draw.chance(10)
    const counts = draw.chance(30)
    const signals = draw.chance(12)
    const isAbout = { draw, nsems, nowait, counts }
    return {
      setup: [
        { name: 'semget', key: 'private', nsems, flags: 0o600, as: 'S' },
        { name: 'semctl.SETALL', set: 'S', values, semnum: 0 },
      ],
      ...(signals ? { each: [handled] } : {}),
      call: (variable, actor, actors) =>
        signals && draw.chance(25)
          ? { name: 'kill', process: other(draw, actor, actors), signal: SIGNAL }
          : callOf(isAbout, removes, variable),
      looks: looksOf(nsems, draw.chance(30), draw.chance(50)),
    }
  },
}

/** SIGUSR1: see `signals` of the vocabulary. */
const SIGNAL = 10

const handled: Call = { name: 'sigaction', signal: SIGNAL, disposition: 2, flags: 0 }

function other(draw: Draw, actor: string, actors: readonly string[]): string {
  const others = actors.filter((each) => each !== actor)
  return others[draw.int(others.length)] ?? actor
}

interface About {
  readonly draw: Draw
  readonly nsems: number
  /** In how many of 100 calls sleeping is not wanted. */
  readonly nowait: number
  readonly counts: boolean
}

function callOf(about: About, removes: boolean, variable: string): Call {
  const { draw, nsems, counts } = about
  const semnum = draw.int(nsems)
  return draw.weighted<() => Call>([
    [12, () => ({ name: 'semop', set: 'S', operations: operations(about) })],
    [1, () => ({ name: 'semtimedop', set: 'S', operations: operations(about), timeout: timeout(draw) })],
    [2, () => ({ name: 'semctl.GETVAL', set: 'S', semnum })],
    [1, () => ({ name: 'semctl.GETALL', set: 'S', semnum: 0 })],
    [1, () => ({ name: 'semctl.SETVAL', set: 'S', semnum, value: draw.int(3) })],
    [
      1,
      () => ({
        name: 'semctl.SETALL',
        set: 'S',
        semnum: 0,
        values: Array.from({ length: nsems }, () => draw.int(3)),
      }),
    ],
    [counts ? 2 : 0, () => ({ name: draw.pick(['semctl.GETNCNT', 'semctl.GETZCNT']), set: 'S', semnum })],
    [counts ? 1 : 0, () => ({ name: 'semctl.GETPID', set: 'S', semnum })],
    [removes ? 1 : 0, () => ({ name: 'semctl.IPC_RMID', set: 'S', semnum: 0 })],
    [
      1,
      () => ({
        name: 'semget',
        key: 1,
        nsems: 1,
        flags: 0o600 | draw.pick([IPC_CREAT, IPC_CREAT | IPC_EXCL, 0]),
        as: variable,
      }),
    ],
  ])()
}

function operations({ draw, nsems, nowait }: About): readonly Operation[] {
  const length = draw.weighted([
    [6, 1],
    [nsems > 1 ? 4 : 1, 2],
    [nsems > 1 ? 2 : 0, 3],
  ])
  const flag = draw.chance(nowait) ? IPC_NOWAIT : 0
  return Array.from({ length }, () => ({
    sem: draw.int(nsems),
    change: draw.weighted([
      [6, 1],
      [1, 2],
      [6, -1],
      [1, -2],
      [1, 0],
    ]),
    flags: flag,
  }))
}

/** Mostly over before anybody comes. */
const timeout = (draw: Draw) => ({ seconds: 0, nanoseconds: draw.pick([0, 20_000, 200_000, 1_000_000]) })

function looksOf(nsems: number, removal: boolean, status: boolean): readonly Call[] {
  const numbers = Array.from({ length: nsems }, (_, semnum) => semnum)
  return [
    { name: 'semctl.GETALL', set: 'S', semnum: 0 },
    ...numbers.flatMap((semnum): Call[] => [
      { name: 'semctl.GETNCNT', set: 'S', semnum },
      { name: 'semctl.GETZCNT', set: 'S', semnum },
    ]),
    ...(status
      ? [
          { name: 'semctl.IPC_STAT', set: 'S', semnum: 0 } as const,
          ...numbers.map((semnum) => ({ name: 'semctl.GETPID', set: 'S', semnum }) as const),
        ]
      : []),
    ...(removal ? [{ name: 'semctl.IPC_RMID', set: 'S', semnum: 0 } as const] : []),
  ]
}
