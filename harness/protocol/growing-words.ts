/** Words that are being collected, in an array that grows. */
export interface GrowingWords {
  words: Int32Array
  /** The next word to be written. */
  at: number
}

/** Makes room for `more` words. */
export function makeRoom(to: GrowingWords, more: number): void {
  if (to.at + more <= to.words.length) return
  const larger = new Int32Array(Math.max(to.words.length * 2, to.at + more))
  larger.set(to.words)
  to.words = larger
}
