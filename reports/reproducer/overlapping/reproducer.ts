import type { ReproducerOptions } from '../options.ts'
import type { Reproducer } from '../reproducer.ts'
import { obstacleTo } from './obstacle.ts'
import { overlappingProgram } from './program.ts'
import { type OverlappingAccount, overlappingStory } from './story.ts'

/**
 * A program whose calls overlap as a stand-alone C program, which repeats it: exit status 0 if every round came out in a way
 * that is allowed, 1 as soon as one did not.
 */
export function overlappingReproducer(account: OverlappingAccount, options: ReproducerOptions): Reproducer {
  const obstacle = obstacleTo(account)
  if (obstacle !== '') return { obstacle }
  return { text: overlappingProgram(overlappingStory(account), options) }
}
