import { rootActors, type Step } from '../../model/vocabulary/scenario.ts'
import type { Family } from '../../model/vocabulary/shape.ts'
import type { OverlappingProgram } from '../../oracle/trace/timed-call.ts'
import { drawFrom } from '../arbitraries/draw.ts'
import { seeded } from '../arbitraries/random.ts'
import type { Genre } from './genre.ts'
import { messageGenre } from './messages.ts'
import { processProgram } from './processes.ts'
import { semaphoreGenre } from './semaphores.ts'
import { memoryGenre } from './shared-memory.ts'
import { signalProgram } from './signals.ts'

/** Programs about objects. */
const genres: readonly Genre[] = [semaphoreGenre, messageGenre, memoryGenre]

/** The families that have programs whose calls overlap. */
export const overlappingFamilies: readonly Family[] = [...genres.map(({ family }) => family), 'processes']

/** Actors, and calls of each. */
const ACTORS_LEAST = 2
const CALLS_LEAST = 4
const CALLS_MOST = 12

/** The program of a seed: two to four actors with four to twelve calls each. */
export function generateProgram(seed: number, families: readonly Family[]): OverlappingProgram {
  const draw = drawFrom(seeded(seed))
  const usable = overlappingFamilies.filter((family) => families.includes(family))
  const chosen = usable[draw.int(usable.length)]
  if (chosen === 'processes') return draw.chance(60) ? signalProgram(draw) : processProgram(draw)
  const genre = genres.find(({ family }) => family === chosen) ?? semaphoreGenre
  const plot = genre.begin(draw)
  const count = ACTORS_LEAST + draw.int(rootActors.length - ACTORS_LEAST + 1)
  const actors = rootActors.slice(0, count)
  const setup: Step[] = plot.setup.map((call) => ({ actor: 'A', call }))
  for (const actor of actors) for (const call of plot.each ?? []) setup.push({ actor, call })
  const together: Step[] = []
  for (const actor of actors) {
    const calls = CALLS_LEAST + draw.int(CALLS_MOST - CALLS_LEAST + 1)
    for (let at = 0; at < calls; at++)
      together.push({ actor, call: plot.call(`${actor}${at + 1}`, actor, actors) })
  }
  const observer = rootActors[count] ?? 'A'
  const looks: Step[] = plot.looks.map((call) => ({ actor: observer, call }))
  const first = setup.length
  return {
    scenario: { title: '', steps: [...setup, ...together, ...looks] },
    ...{ first, last: first + together.length },
  }
}
