import { expect, it } from 'vitest'
import { foreseen } from './foresight.ts'
import { initialWorld, usualFacts } from './initial.ts'
import { outcomes } from './outcomes.ts'
import { linux, posix } from './profile.ts'
import { rootActors } from './vocabulary/scenario.ts'
import { parseCall } from './vocabulary/text/parse.ts'

const start = initialWorld(usualFacts, rootActors)
const made = outcomes(start, 'A', parseCall('S = semget(private, 1)'), 1, linux)
const world = made[0]?.world ?? start
const used = outcomes(world, 'A', parseCall('semop(S, [0 +1])'), 2, linux)
const foresight = { start, profile: linux, steps: [made, used] }

it('knows the steps as they were asked, each in its world', () => {
  expect(foreseen(foresight, 0, start, linux)).toBe(made)
  expect(foreseen(foresight, 1, world, linux)).toBe(used)
})

it('knows nothing of another profile, of another world, or of what comes later', () => {
  expect(foreseen(foresight, 0, start, posix)).toBeUndefined()
  expect(foreseen(foresight, 0, world, linux)).toBeUndefined()
  expect(foreseen(foresight, 1, start, linux)).toBeUndefined()
  expect(foreseen(foresight, 2, used[0]?.world ?? start, linux)).toBeUndefined()
})
