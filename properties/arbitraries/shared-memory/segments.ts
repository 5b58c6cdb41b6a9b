import type { Call } from '../../../model/vocabulary/forms.ts'
import {
  IPC_CREAT,
  IPC_EXCL,
  LONG_MIN,
  SHM_HUGE_SHIFT,
  SHM_HUGETLB,
  SHM_NORESERVE,
} from '../../../model/vocabulary/names.ts'
import type { Long } from '../../../model/vocabulary/shape.ts'
import type { Draw } from '../draw.ts'
import { aKey } from '../keys.ts'
import type { Setting } from '../setting.ts'

/** Keys of a scenario: few, so that they meet. */
const KEYS = 2
const UNKNOWN_FLAGS = [0o10000, 0x40000000, 0o400000] as const

export function create(setting: Setting): Call {
  const { draw, fresh, world } = setting
  const key = draw.chance(40) ? aKey(setting, KEYS) : ('private' as const)
  const { pageSize } = world.facts
  const size = aSize(draw, pageSize)
  const flags =
    (key === 'private' && draw.chance(70) ? 0 : IPC_CREAT) |
    (draw.chance(20) ? IPC_EXCL : 0) |
    draw.weighted<number>([
      [68, 0o600],
      [8, 0o700],
      [24, draw.pick([0o666, 0o777, 0o400, 0o200, 0o200, 0, 0o066, 0o500])],
    ]) |
    (draw.chance(2) ? draw.pick(UNKNOWN_FLAGS) : 0) |
    (draw.chance(3) ? hugeFlags(draw) : 0)
  return { name: 'shmget', key, size, flags, as: fresh('M') }
}

/** Huge pages, most often without any set aside: most machines have none. */
const hugeFlags = (draw: Draw): number =>
  SHM_HUGETLB |
  (draw.chance(65) ? SHM_NORESERVE : 0) |
  (draw.chance(25) ? draw.pick([1, 3, 12, 21]) << SHM_HUGE_SHIFT : 0)

const sizes = [16, 16, 16, 14, 8, 28, 3, 3, 1, 1]

function aSize(draw: Draw, pageSize: number): Long {
  switch (draw.index(sizes)) {
    case 1:
      return 100
    case 2:
      return pageSize
    case 3:
      return pageSize + 1
    case 4:
      return 2 * pageSize
    case 5:
      return 3 * pageSize
    case 6:
      return 5 * pageSize - 1
    case 7:
      return 0
    case 8:
      return draw.pick<Long>([2 ** 26, 2 ** 30])
    case 9:
      return draw.pick<Long>([-1, -pageSize, LONG_MIN])
    default:
      return 1
  }
}

/** A get call for keys that may or may not be in use, or were. */
export function lookUp(setting: Setting): Call {
  const { draw, fresh, world } = setting
  const used = Object.values(world.segments).flatMap(({ permission }) => permission.key || [])
  const key =
    draw.chance(65) && used.length > 0 ? (used[draw.int(used.length)] ?? 1) : aKey(setting, KEYS + 1)
  const existing = Object.values(world.segments).find(({ permission }) => permission.key === key)
  const size = Number(existing?.size ?? 100)
  const mode = existing?.permission.mode ?? 0o600
  const { pageSize } = world.facts
  return {
    name: 'shmget',
    key,
    size: draw.pick([size, size, 0, 0, 1, size - 1, size + 1, Math.ceil((size + 1) / pageSize) * pageSize]),
    flags:
      draw.pick([0, 0, IPC_CREAT, IPC_CREAT, IPC_EXCL, IPC_CREAT | IPC_EXCL]) |
      draw.pick([0, 0o600, 0o400, 0o200, 0o700, 0o006, 0o060, 0o004, 0o666, mode, mode]) |
      (draw.chance(2) ? draw.pick(UNKNOWN_FLAGS) : 0) |
      (draw.chance(1) ? hugeFlags(draw) : 0),
    as: fresh('M'),
  }
}

/** IPC_SET: modes that refuse, modes that open again, other owners. */
export function change({ draw, world }: Setting, segment: string): Call {
  const { uid, gid, mapsOthers } = world.facts
  return {
    name: 'shmctl.IPC_SET',
    segment,
    uid: draw.weighted<'own' | number>([
      [76, 'own'],
      [18, mapsOthers ? uid + 1 : 'own'],
      [4, -1],
    ]),
    gid: draw.weighted<'own' | number>([
      [90, 'own'],
      [6, mapsOthers ? gid + 1 : 'own'],
      [3, -1],
    ]),
    mode: draw.pick([0o600, 0o600, 0o700, 0o666, 0, 0o400, 0o200, 0o100, 0o066, 0o044, 0o177777]),
  }
}
