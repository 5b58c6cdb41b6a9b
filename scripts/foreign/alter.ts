import { judgeStrace } from '../../oracle/foreign/judge-strace.ts'
import { alterations } from './alterations.ts'

/** How many alterations of a kind were made, and how many of them the judge noticed. */
export type Found = Record<string, { made: number; found: number }>

/** Lines behind the altered one that are judged as well. */
const BEHIND = 1_500
/** Lines before an altered one: a trace that is longer is judged up to here only. */
const BEFORE = 8_000

/** A small generator of numbers, so that a seed makes the same alterations again (xorshift). */
export function chooser(seed: number): (count: number) => number {
  let state = seed | 1
  return (count) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % count
  }
}

/** Alters one result at a time, and tells which alterations are noticed. */
export async function alterTrace(
  text: string,
  each: number,
  choose: (count: number) => number,
  found: Found,
  missed: (kind: string, line: string) => void = () => {},
): Promise<void> {
  const lines = text.trimEnd().split('\n')
  for (const { kind, alone = false, alter } of alterations) {
    const able: number[] = []
    for (let at = 0; at < Math.min(lines.length, BEFORE); at++)
      if (alter(lines[at] as string, () => 0) !== undefined) able.push(at)
    for (let made = 0; made < each && able.length > 0; made++) {
      const [at] = able.splice(choose(able.length), 1) as [number]
      const line = alter(lines[at] as string, choose)
      if (line === undefined) continue
      const count = found[kind] ?? { made: 0, found: 0 }
      found[kind] = count
      count.made++
      const { verdict } = await judgeStrace(
        bytesOf([...lines.slice(0, at), line, ...lines.slice(at + 1, at + BEHIND)].join('\n')),
        { alone },
      )
      if (verdict === 'deviates') count.found++
      else missed(kind, line)
    }
  }
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text, 'latin1')
}
