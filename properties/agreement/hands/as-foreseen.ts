import { longOf } from '../../../harness/protocol/decode.ts'
import type { Span } from '../../../harness/protocol/packet.ts'
import { type Bindings, type Context, initialBindings, match } from '../../../oracle/bindings.ts'
import type { TraceHeader } from '../../../oracle/trace/trace.ts'
import { ANY, CLOCK, EXACT, type Foretold } from './foretold.ts'

/**
 * Whether an answer says that everything went as foreseen, told from its words. A yes saves reading them as a
 * recording and judging it: there was one way only for each step, and it explains all that was seen. A no says nothing.
 */
export function isAsForeseen({ words, from, to }: Span, foretold: Foretold, header: TraceHeader): boolean {
  const { words: due, kinds, holes, steps } = foretold
  const shift = from + HEAD - foretold.from
  if (to - shift !== foretold.to || words[from + 1] !== 0 || words[from + 3] !== steps) return false
  const clock: { seconds: number }[] = []
  const context: Context = { header, recording: { started: (words[from + 2] ?? 0) >>> 0, steps: clock } }
  let bindings: Bindings | undefined
  for (let at = foretold.from; at < foretold.to; at++) {
    const kind = kinds[at] as number
    const word = words[at + shift] as number
    if (kind === EXACT) {
      if (word !== due[at]) return false
    } else if (kind === CLOCK) clock.push({ seconds: word >>> 0 })
    else if (kind !== ANY) {
      const hole = holes[kind]
      if (hole === undefined) return false
      const seen = hole.isWide ? longOf(word, words[++at + shift] as number) : word
      bindings = match(hole.expected, seen, bindings ?? initialBindings(header), hole.world, context)
      if (bindings === undefined) return false
    }
  }
  return true
}

/** Words before the first step. */
const HEAD = 4
