import type { World } from '../../../model/world.ts'
import { createNumbering } from '../interned.ts'
import { Pairs } from '../pairs.ts'
import { contentsOnly, unseenForgotten } from '../sight.ts'
import { type Asking, plainOutcomes } from './ask-model.ts'
import type { Kind } from './kinds.ts'
import { FIRST, NOTHING, ODD, type Subject } from './subject.ts'

/** What calls on sets do in worlds, as numbers: the model is asked once for each kind of call in each world. */
export class SetSubject implements Subject {
  readonly #worlds: World[] = []
  readonly #numbering = createNumbering()
  readonly #rows = new Map<number, number>()
  readonly #found = new Pairs()
  /** By the number of an answer. */
  readonly #next: number[] = new Array(FIRST).fill(0)
  readonly #more: number[] = new Array(FIRST).fill(NOTHING)
  readonly #before: number[] = []
  #row = 0

  get size(): number {
    return this.#numbering.size() + this.#next.length
  }

  rowOf(world: World): number {
    const seen = unseenForgotten(world, contentsOnly)
    const number = this.#numbering.numberOf(seen)
    const known = this.#rows.get(number)
    if (known !== undefined) return known
    const row = this.#worlds.push(seen) - 1
    this.#rows.set(number, row)
    return row
  }

  begin(row: number): void {
    this.#row = row
  }

  number(): number {
    return this.#row
  }

  ask(kind: Kind, _call: number, asking: Asking): number {
    const known = this.#found.get(this.#row, kind.number)
    if (known !== 0) return known
    const answer = this.#answer(kind, asking)
    this.#found.add(this.#row, kind.number, answer)
    return answer
  }

  #answer(kind: Kind, asking: Asking): number {
    const found = plainOutcomes(this.#worlds[this.#row] as World, kind, kind.call, asking)
    if (found === undefined) return ODD
    let answer = NOTHING
    for (const { world } of found.toReversed()) {
      this.#next.push(this.rowOf(world))
      answer = this.#more.push(answer) - 1
    }
    return answer
  }

  more(answer: number): number {
    return this.#more[answer] as number
  }

  changes(answer: number): boolean {
    return this.#next[answer] !== this.#row
  }

  do(answer: number, _call: number, depth: number): void {
    this.#before[depth] = this.#row
    this.#row = this.#next[answer] as number
  }

  undo(_answer: number, depth: number): void {
    this.#row = this.#before[depth] as number
  }
}
