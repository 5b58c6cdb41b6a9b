/** A map from numbers that mostly stays small: a few entries are found faster one after the other, and take less memory. */
export class Few<T> {
  #keys: number[] = []
  #values: T[] = []
  #many: Map<number, T> | undefined

  get(key: number): T | undefined {
    if (this.#many !== undefined) return this.#many.get(key)
    const at = this.#keys.indexOf(key)
    return at < 0 ? undefined : this.#values[at]
  }

  /** The key must be a new one. */
  add(key: number, value: T): void {
    if (this.#many !== undefined) {
      this.#many.set(key, value)
      return
    }
    this.#keys.push(key)
    this.#values.push(value)
    if (this.#keys.length <= FEW) return
    this.#many = new Map(this.#keys.map((each, at) => [each, this.#values[at] as T]))
    this.#keys = []
    this.#values = []
  }
}

const FEW = 8
