/** Numbers above 0, by two numbers: a table of its own, since a map would need an object for each pair. */
export class Pairs {
  #mask = (1 << 10) - 1
  #firsts = new Int32Array(this.#mask + 1)
  #seconds = new Int32Array(this.#mask + 1)
  /** 0 says that nothing is there. */
  #values = new Int32Array(this.#mask + 1)
  #count = 0

  /** 0: nothing was set. */
  get(first: number, second: number): number {
    return this.#values[this.#slotOf(first, second)] as number
  }

  /** The pair must be a new one. */
  add(first: number, second: number, value: number): void {
    const slot = this.#slotOf(first, second)
    this.#firsts[slot] = first
    this.#seconds[slot] = second
    this.#values[slot] = value
    if (2 * ++this.#count > this.#mask) this.#grow()
  }

  #slotOf(first: number, second: number): number {
    const mask = this.#mask
    let slot = (Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b)) >>> 0
    slot = (slot ^ (slot >>> 15)) & mask
    while (this.#values[slot] !== 0 && (this.#firsts[slot] !== first || this.#seconds[slot] !== second))
      slot = (slot + 1) & mask
    return slot
  }

  #grow(): void {
    const [firsts, seconds, values] = [this.#firsts, this.#seconds, this.#values]
    this.#mask = 2 * this.#mask + 1
    this.#firsts = new Int32Array(this.#mask + 1)
    this.#seconds = new Int32Array(this.#mask + 1)
    this.#values = new Int32Array(this.#mask + 1)
    for (let at = 0; at < values.length; at++) {
      if (values[at] === 0) continue
      const slot = this.#slotOf(firsts[at] as number, seconds[at] as number)
      this.#firsts[slot] = firsts[at] as number
      this.#seconds[slot] = seconds[at] as number
      this.#values[slot] = values[at] as number
    }
  }
}
