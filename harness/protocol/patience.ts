import type { Scenario } from '../../model/vocabulary/scenario.ts'

/** Seconds that a scenario may take by its own wish: each `tick` waits for a second, each `expires` for a timeout. */
export function patienceFor({ steps }: Scenario): number {
  let seconds = 0
  let longest = 0
  for (const { call } of steps)
    switch (call.name) {
      case 'tick':
        seconds += 2
        break
      case 'expires':
        seconds += 1 + longest
        break
      case 'semtimedop':
        if (call.timeout !== 'none')
          longest = Math.max(longest, Math.min(Number(call.timeout.seconds) + 1, EXPIRES_MAX))
    }
  return seconds
}

/** Seconds: no scenario waits longer for one deadline. */
const EXPIRES_MAX = 60
