import { setTimeout as delay } from 'node:timers/promises'

/** Milliseconds; does not keep this process alive. */
export const pause = (milliseconds: number): Promise<void> => delay(milliseconds, undefined, { ref: false })
