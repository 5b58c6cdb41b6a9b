import type { ClauseFamily } from '../catalogue.ts'
import { common } from './ids/common.ts'
import { messages } from './ids/messages.ts'
import { processes } from './ids/processes.ts'
import { semaphores } from './ids/semaphores.ts'
import { sharedMemory } from './ids/shared-memory.ts'

/** The ids of all rules that the standard and the manual pages were found to state, permanent, by family. */
export const catalogueIds: Readonly<Record<ClauseFamily, readonly string[]>> = {
  common,
  semaphores,
  messages,
  'shared-memory': sharedMemory,
  processes,
}
