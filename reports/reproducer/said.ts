import { type Call, type FormName, formOf } from '../../model/vocabulary/forms.ts'
import { aboutMemory } from './said/memory.ts'
import { aboutMessages } from './said/messages.ts'
import { aboutObjects } from './said/objects.ts'
import { aboutProcesses } from './said/processes.ts'
import { aboutSemaphores } from './said/semaphores.ts'
import type { Place, Said, Saying, Sayings } from './saying.ts'
import { plainCall } from './words.ts'

const sayings: Sayings = {
  ...aboutSemaphores,
  ...aboutMessages,
  ...aboutMemory,
  ...aboutProcesses,
  ...aboutObjects,
}

/** A call in C: as the vocabulary describes it, unless more has to be said. */
export function say(call: Call, place: Place): Said {
  const saying = sayings[call.name] as Saying | undefined
  return saying === undefined ? { call: plainCall(call) } : saying(call as never, place)
}

/** Whether everything about the form is said in the vocabulary. */
export const isPlain = (name: FormName): boolean =>
  sayings[name] === undefined && formOf(name).outputs.length === 0
