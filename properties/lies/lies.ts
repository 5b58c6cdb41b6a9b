import { aboutClones } from './about-clones.ts'
import { aboutIdentities } from './about-identities.ts'
import { aboutKernels } from './about-kernels.ts'
import { aboutLibrary } from './about-library.ts'
import { aboutLimits } from './about-limits.ts'
import { aboutMappings } from './about-mappings.ts'
import { aboutMemory } from './about-memory.ts'
import { aboutMessages } from './about-messages.ts'
import { aboutOverlap } from './about-overlap.ts'
import { aboutProcesses } from './about-processes.ts'
import { aboutPrograms } from './about-programs.ts'
import { aboutSemaphores } from './about-semaphores.ts'
import { aboutThreads } from './about-threads.ts'
import { aboutUsage } from './about-usage.ts'
import type { Lie } from './lie.ts'

/** Every lie: see the C files for who might tell it. */
export const lies: readonly Lie[] = [
  ...aboutSemaphores,
  ...aboutMessages,
  ...aboutMemory,
  ...aboutIdentities,
  ...aboutLimits,
  ...aboutClones,
  ...aboutMappings,
  ...aboutProcesses,
  ...aboutLibrary,
  ...aboutUsage,
  ...aboutPrograms,
  ...aboutThreads,
  ...aboutKernels,
  ...aboutOverlap,
]
