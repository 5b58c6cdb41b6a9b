import type { Family } from '../../model/vocabulary/shape.ts'
import { semaphores } from './semaphores.ts'
import type { FamilyGenerator } from './setting.ts'

const none: FamilyGenerator = { propose: () => undefined, observe: () => [] }

/** The generator of each family. */
export const generators: Readonly<Record<Family, FamilyGenerator>> = {
  semaphores,
  messages: none,
  'shared-memory': none,
  processes: none,
  common: none,
}
