import { type Call, type FormName, formNames, formOf } from '../../model/vocabulary/forms.ts'
import { aboutMemory } from './said/memory.ts'
import { aboutMessages } from './said/messages.ts'
import { aboutObjects } from './said/objects.ts'
import { aboutProcesses } from './said/processes.ts'
import { aboutSemaphores } from './said/semaphores.ts'
import type { Obstacle, Place, Said, Saying, Sayings } from './saying.ts'
import { plainCall } from './words.ts'

const sayings: Sayings = {
  ...aboutSemaphores,
  ...aboutMessages,
  ...aboutMemory,
  ...aboutProcesses,
  ...aboutObjects,
}

/** Why scenarios with such calls have no reproducer; undefined if they can have one. */
export function obstacleOf(name: FormName): string | undefined {
  const saying = sayings[name]
  return saying !== undefined && 'obstacle' in saying ? saying.obstacle : undefined
}

/** The forms without reproducer, with the reasons. */
export const withoutReproducer: readonly { readonly form: FormName; readonly reason: string }[] =
  formNames.flatMap((form) => {
    const reason = obstacleOf(form)
    return reason === undefined ? [] : [{ form, reason }]
  })

/** A call in C: as the vocabulary describes it, unless more has to be said. */
export function say(call: Call, place: Place): Said {
  const saying = sayings[call.name] as Saying | Obstacle | undefined
  if (saying === undefined || 'obstacle' in saying) return { call: plainCall(call) }
  return saying(call as never, place)
}

/** Whether everything about the form is said in the vocabulary. */
export const isPlain = (name: FormName): boolean =>
  sayings[name] === undefined && formOf(name).outputs.length === 0
