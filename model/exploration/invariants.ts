import type { Invariant } from './invariant.ts'
import { memoryInvariants } from './memory.ts'
import { messageInvariants } from './messages.ts'
import { processInvariants } from './processes.ts'
import { semaphoreInvariants } from './semaphores.ts'

/** What is always true, whatever is done: each invariant is checked in every world and step of every exploration. */
export const invariants: readonly Invariant[] = [
  ...semaphoreInvariants,
  ...messageInvariants,
  ...memoryInvariants,
  ...processInvariants,
]
