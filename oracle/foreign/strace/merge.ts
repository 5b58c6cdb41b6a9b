import { parseLine, type StraceLine } from './line.ts'

/** What `strace -ff` wrote of one thread. */
export interface ThreadFile {
  readonly pid: number
  /** May be asked for more than once, from the beginning each time. */
  lines(): Iterable<string>
}

/** Lines without a time cannot be put in order. */
export class NoTimes extends Error {
  override name = 'NoTimes'
}

interface Piece {
  readonly time: number
  /** Of calls at the same time those that begin come before those that return. */
  readonly rank: number
  readonly text: string
}

interface Source {
  readonly file: ThreadFile
  pieces: Iterator<Piece> | undefined
  next: Piece
}

/**
 * The lines of one file for each thread as `strace -f` would have written them into one file: what happened in other threads
 * while a call was under way stands between its beginning and its return. Files are opened when their first line is due.
 */
export function* merged(files: readonly ThreadFile[]): Generator<string> {
  const sources: Source[] = []
  for (const file of files) {
    const pieces = piecesOf(file)
    const first = pieces.next()
    pieces.return(undefined)
    if (first.done !== true) sources.push({ file, pieces: undefined, next: first.value })
  }
  const heap = createHeap(sources)
  for (let source = heap.first(); source !== undefined; source = heap.first()) {
    yield source.next.text
    if (source.pieces === undefined) {
      source.pieces = piecesOf(source.file)
      source.pieces.next()
    }
    const next = source.pieces.next()
    if (next.done === true) heap.drop()
    else {
      source.next = next.value
      heap.sink()
    }
  }
}

const BEGINS = 0
const RETURNS = 1

function* piecesOf({ pid, lines }: ThreadFile): Generator<Piece> {
  let last: { readonly line: StraceLine & { is: 'call' }; readonly text: string } | undefined
  for (const text of lines()) {
    const line = parseLine(text, pid)
    if (line.is === 'note') continue
    if (Number.isNaN(line.time)) {
      if (line.is === 'malformed' && last === undefined) continue
      throw new NoTimes(text)
    }
    if (last !== undefined) yield returnOf(pid, last.line, line.time)
    last = undefined
    if (line.is === 'call') {
      last = { line, text }
      yield {
        time: line.time,
        rank: BEGINS,
        text: `${pid} ${line.time.toFixed(6)} ${line.name}(${line.args} <unfinished ...>`,
      }
    } else yield { time: line.time, rank: BEGINS, text: `${pid} ${text}` }
  }
  if (last !== undefined) yield returnOf(pid, last.line, Number.POSITIVE_INFINITY)
}

/**
 * When a call was back is not known exactly: strace measures how long it took from when it has written down the arguments. It
 * was back before the next line of its thread.
 */
function returnOf(
  pid: number,
  { time, took, name, result }: StraceLine & { is: 'call' },
  next: number,
): Piece {
  const shown = Number.isFinite(next) ? next : time + (took ?? 0)
  const suffix = took === null ? '' : ` <${took.toFixed(6)}>`
  return {
    ...{ time: next, rank: RETURNS },
    text: `${pid} ${shown.toFixed(6)} <... ${name} resumed>) = ${result}${suffix}`,
  }
}

const isBefore = ({ next: a }: Source, { next: b }: Source) =>
  a.time < b.time || (a.time === b.time && a.rank < b.rank)

/** The source whose next piece is due. */
function createHeap(sources: Source[]) {
  const sink = (from: number) => {
    let at = from
    for (;;) {
      let least = at
      for (const child of [2 * at + 1, 2 * at + 2])
        if (child < sources.length && isBefore(sources[child] as Source, sources[least] as Source))
          least = child
      if (least === at) return
      ;[sources[at], sources[least]] = [sources[least] as Source, sources[at] as Source]
      at = least
    }
  }
  for (let at = (sources.length >> 1) - 1; at >= 0; at--) sink(at)
  return {
    first: (): Source | undefined => sources[0],
    sink: () => sink(0),
    drop() {
      const last = sources.pop()
      if (last === undefined || sources.length === 0) return
      sources[0] = last
      sink(0)
    },
  }
}
