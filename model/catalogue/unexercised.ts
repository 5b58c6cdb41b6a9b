import type { ClauseFamily } from '../catalogue.ts'
import type { Unexercised } from './entry.ts'
import { common } from './unexercised/common.ts'
import { messages } from './unexercised/messages.ts'
import { processes } from './unexercised/processes.ts'
import { semaphores } from './unexercised/semaphores.ts'
import { sharedMemory } from './unexercised/shared-memory.ts'

/** The rules of the catalogue that the model does not have. */
export const unexercised: Readonly<Record<ClauseFamily, readonly Unexercised[]>> = {
  common,
  semaphores,
  messages,
  'shared-memory': sharedMemory,
  processes,
}
