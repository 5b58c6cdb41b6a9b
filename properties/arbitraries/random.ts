/** Where random numbers come from: fast-check's `Random`, or one's own. */
export interface Randomness {
  /** `min` to `max`, both included. */
  nextInt(min: number, max: number): number
}

/** Words that are thrown away, so that seeds which resemble each other lead to different numbers. */
const WARM_UP = 12

/**
 * Numbers that are the same for the same seed (Doty-Humphrey's small fast counter, sfc32): scenarios take hundreds of
 * them, most for a choice among few. Each number is as likely as another but for one part in 2^32 / (max - min).
 */
export function seeded(seed: number): Randomness {
  let a = 0
  let b = seed | 0
  let c = seed ^ 0x9e3779b9
  let counter = 1
  const next = (): number => {
    const word = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + word) | 0
    return word >>> 0
  }
  for (let count = 0; count < WARM_UP; count++) next()
  return { nextInt: (min, max) => min + Math.floor((next() / 2 ** 32) * (max - min + 1)) }
}
