import { TraceError } from './trace-error.ts'

export interface NumberedLine {
  /** Counted from 1. */
  readonly number: number
  readonly text: string
  /** Whether its line end was there; only the last line may lack it. */
  readonly ended: boolean
}

/** Cuts text, whole or in chunks, into its lines; blank lines are left out. `name` is for messages. */
export async function* numberedLines(
  input: string | AsyncIterable<string | Uint8Array>,
  name: string,
): AsyncGenerator<NumberedLine> {
  const decoder = new TextDecoder()
  let number = 1
  let begun = ''
  for await (const chunk of typeof input === 'string' ? [input] : input) {
    const text = typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true })
    let from = 0
    for (let to = text.indexOf('\n'); to >= 0; to = text.indexOf('\n', from)) {
      const line = begun + text.slice(from, to)
      begun = ''
      from = to + 1
      if (line.trim() !== '') yield { number, text: line, ended: true }
      number++
    }
    begun += text.slice(from)
    if (begun.length > LINE_MAX)
      throw new TraceError(`${name} line ${number} is longer than ${LINE_MAX} characters`)
  }
  begun += decoder.decode()
  if (begun.trim() !== '') yield { number, text: begun, ended: false }
}

/** Characters; the longest genuine line is a GETALL of 32000 semaphores. */
const LINE_MAX = 4_000_000
