import { canonicalKey } from '../../model/canonical.ts'
import type { Profile } from '../../model/profile.ts'
import type { Facts } from '../../model/world.ts'
import { type Randomness, seeded } from '../arbitraries/random.ts'
import { begin, movableColumns, move, type Position } from './enumerate.ts'
import type { LitmusTest } from './litmus-test.ts'

/** An order of the calls: for each the number of its column, from 0. */
export type Schedule = readonly number[]

/** Orders in which the calls can be made, as far as the profile says who sleeps. */
export interface Schedules {
  readonly schedules: readonly Schedule[]
  /** All that there are, or a sample of them. */
  readonly complete: boolean
}

/** More orders than these are not listed; they are drawn. */
const SCHEDULES_MAX = 5000

interface Wanted {
  readonly profile: Profile
  readonly facts: Facts
  /** How many runs; 0: one of each order. */
  readonly runs: number
  readonly seed: number
}

/** The orders to run: every one as often as any other, or a random sample where there are more than runs. */
export function chooseSchedules(test: LitmusTest, { profile, facts, runs, seed }: Wanted): Schedules {
  const start = begin(test, profile, facts)
  const random = seeded(seed)
  const all: Schedule[] = []
  for (const schedule of ordersFrom(test, start, profile, [])) {
    all.push(schedule)
    if (all.length > SCHEDULES_MAX) {
      const count = runs === 0 ? SCHEDULES_MAX : runs
      const drawn = Array.from({ length: count }, () => draw(test, start, profile, random))
      return { schedules: drawn, complete: false }
    }
  }
  const most = runs === 0 ? all.length : runs
  if (most < all.length) return { schedules: shuffled(all, random).slice(0, most), complete: false }
  return { schedules: Array.from({ length: most }, (_, at) => all[at % all.length] ?? []), complete: true }
}

function* ordersFrom(
  test: LitmusTest,
  positions: readonly Position[],
  profile: Profile,
  before: Schedule,
): Generator<Schedule> {
  if (positions.some((position) => movableColumns(test, position).length === 0)) yield before
  for (const at of columnsOf(test, positions))
    yield* ordersFrom(test, after(test, positions, at, profile), profile, [...before, at])
}

const columnsOf = (test: LitmusTest, positions: readonly Position[]): readonly number[] =>
  [...new Set(positions.flatMap((position) => movableColumns(test, position)))].sort((a, b) => a - b)

/** Where those positions lead that can make the call, each once. */
const after = (test: LitmusTest, positions: readonly Position[], at: number, profile: Profile) => [
  ...new Map(
    positions
      .filter((position) => movableColumns(test, position).includes(at))
      .flatMap((position) => move(test, position, at, profile))
      .map((position) => [canonicalKey(position.world), position] as const),
  ).values(),
]

function draw(test: LitmusTest, start: readonly Position[], profile: Profile, random: Randomness): Schedule {
  const schedule: number[] = []
  for (let positions = start; ; ) {
    const columns = columnsOf(test, positions)
    const at = columns[random.nextInt(0, columns.length - 1)]
    if (at === undefined) return schedule
    schedule.push(at)
    positions = after(test, positions, at, profile)
  }
}

function shuffled<T>(values: readonly T[], random: Randomness): readonly T[] {
  const mixed = [...values]
  for (let at = mixed.length - 1; at > 0; at--) {
    const other = random.nextInt(0, at)
    const kept = mixed[at] as T
    mixed[at] = mixed[other] as T
    mixed[other] = kept
  }
  return mixed
}
