import { collectOverlapping } from './collect-overlapping.ts'
import { collectScenario } from './collect-scenario.ts'
import type { Line } from './lines.ts'
import { type NumberedLine, numberedLines } from './numbered-lines.ts'
import { readLong } from './read-arguments.ts'
import type { Recording, TraceHeader } from './trace.ts'
import { TraceError, TruncatedTrace } from './trace-error.ts'
import { lineProblem } from './validate.ts'

export interface Trace {
  readonly header: TraceHeader
  /** One after the other, so that a trace of any length can be judged. Throws `TraceError` where it is wrong. */
  readonly recordings: AsyncGenerator<Recording>
}

/**
 * Reads a trace, given as text or in chunks; `name` is its file's, for messages. Throws `TraceError` if the header is
 * missing or wrong, and so does `recordings` at the first line that is wrong, or `TruncatedTrace` where one is missing.
 */
export async function readTrace(
  input: string | AsyncIterable<string | Uint8Array>,
  name = 'trace',
): Promise<Trace> {
  const lines = readLines(input, name)
  const first = await lines.next()
  if (first.done === true) throw new TraceError(`${name} is empty: a trace begins with a header line`)
  const { line, at } = first.value
  if (line.event !== 'header') throw new TraceError(`${at}: a trace begins with a header line`)
  return { header: readHeader(line), recordings: readRecordings(lines, name) }
}

interface ReadLine {
  readonly line: Line
  /** File and line number, for messages. */
  readonly at: string
}

async function* readLines(
  input: string | AsyncIterable<string | Uint8Array>,
  name: string,
): AsyncGenerator<ReadLine> {
  for await (const numbered of numberedLines(input, name)) {
    const at = `${name} line ${numbered.number}`
    yield { line: parse(numbered, at), at }
  }
}

function parse({ text, ended }: NumberedLine, at: string): Line {
  let line: unknown
  try {
    line = JSON.parse(text)
  } catch {
    throw ended
      ? new TraceError(`${at}: is not JSON`)
      : new TruncatedTrace(`${at}: the trace was cut off inside this line`)
  }
  const problem = lineProblem(line)
  if (problem !== null) throw new TraceError(`${at}: ${problem}`)
  return line as Line
}

function readHeader(line: Line & { readonly event: 'header' }): TraceHeader {
  const { event: _event, format: _format, version: _version, ...header } = line
  const { shmmax, shmall } = header.limits
  return {
    ...header,
    limits: { ...header.limits, shmmax: readLong(shmmax) ?? 0, shmall: readLong(shmall) ?? 0 },
    arena: readLong(header.arena) ?? 0,
  }
}

async function* readRecordings(lines: AsyncGenerator<ReadLine>, name: string): AsyncGenerator<Recording> {
  try {
    for (let next = await lines.next(); next.done !== true; next = await lines.next()) {
      const { line, at } = next.value
      if (line.event !== 'scenario')
        throw new TraceError(`${at}: a scenario line is due, not \`${line.event}\``)
      yield await readRecording(
        line,
        lines,
        `${name} ends inside the scenario that begins in ${at}: it was cut off`,
      )
    }
  } finally {
    await lines.return(undefined)
  }
}

async function readRecording(
  { title, started, overlapping }: Line & { readonly event: 'scenario' },
  lines: AsyncGenerator<ReadLine>,
  cutOff: string,
): Promise<Recording> {
  const scenario = overlapping === undefined ? collectScenario() : collectOverlapping(overlapping)
  for (let next = await lines.next(); next.done !== true; next = await lines.next()) {
    const { line, at } = next.value
    try {
      if (line.event === 'end')
        return { scenario: { title, steps: scenario.steps }, started, ...scenario.end(line) }
      scenario.take(line)
    } catch (error) {
      throw error instanceof TraceError ? new TraceError(`${at}: ${error.message}`) : error
    }
  }
  throw new TruncatedTrace(cutOff)
}
