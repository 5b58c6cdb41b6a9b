import type { Family } from '../../model/vocabulary/shape.ts'
import { messages } from './messages.ts'
import { processes } from './processes.ts'
import { semaphores } from './semaphores.ts'
import type { FamilyGenerator } from './setting.ts'
import { sharedMemory } from './shared-memory.ts'

const none: FamilyGenerator = { propose: () => undefined, observe: () => [] }

/** The generator of each family. */
export const generators: Readonly<Record<Family, FamilyGenerator>> = {
  semaphores,
  messages,
  'shared-memory': sharedMemory,
  processes,
  common: none,
}
