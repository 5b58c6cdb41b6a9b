import { WireError } from './decode.ts'
import { frameKinds, PAYLOAD_MAX } from './kinds.ts'

/** A frame that arrived: its payload is the words `from` up to `to`. Valid until the next `push`. */
export interface Frame {
  readonly kind: number
  readonly words: Int32Array
  readonly from: number
  readonly to: number
}

/** Cuts what a probe writes into frames. */
export interface FrameReader {
  push(chunk: Uint8Array): void
  /** The next whole frame, or null. Throws `WireError` where no frame can be. */
  next(): Frame | null
  /** Whether only a part of the next frame has arrived. */
  isInside(): boolean
  /** Whether the probe's byte order is not this machine's; known after the first frame. */
  swapped(): boolean
}

export function createFrameReader(): FrameReader {
  let bytes = new Uint8Array(1 << 16)
  let words = new Int32Array(bytes.buffer)
  let begin = 0
  let end = 0
  let swapped: boolean | undefined

  const makeRoom = (more: number) => {
    if (begin === end) begin = end = 0
    if (end + more <= bytes.length) return
    const larger = end - begin + more > bytes.length / 2
    const to = larger ? new Uint8Array(roundUp((end - begin + more) * 2)) : bytes
    to.set(bytes.subarray(begin, end))
    end -= begin
    begin = 0
    bytes = to
    words = new Int32Array(bytes.buffer)
  }

  return {
    push(chunk) {
      makeRoom(chunk.length)
      bytes.set(chunk, end)
      end += chunk.length
    },
    next() {
      if (end - begin < 8) return null
      const at = begin / 4
      swapped ??= words[at + 1] === swap(frameKinds.hello)
      const payload = order(words[at] ?? 0, swapped) >>> 0
      const kind = order(words[at + 1] ?? 0, swapped)
      if (payload > PAYLOAD_MAX || payload % 4 !== 0 || !isReply(kind))
        throw new WireError(`no frame begins with ${excerpt(bytes.subarray(begin, end))}`)
      if (end - begin < 8 + payload) return null
      begin += 8 + payload
      if (swapped && kind === frameKinds.result) Buffer.from(bytes.buffer, (at + 2) * 4, payload).swap32()
      return { kind, words, from: at + 2, to: at + 2 + payload / 4 }
    },
    isInside: () => begin < end,
    swapped: () => swapped ?? false,
  }
}

/** The payload of a frame as text. */
export const textOf = ({ words, from, to }: Frame): string =>
  Buffer.from(words.buffer, from * 4, (to - from) * 4)
    .toString('utf8')
    .trimEnd()

const isReply = (kind: number) =>
  kind === frameKinds.hello ||
  kind === frameKinds.result ||
  kind === frameKinds.failure ||
  kind === frameKinds.spoilt

/** Some bytes, as text if they look like text. */
function excerpt(bytes: Uint8Array): string {
  const some = Buffer.from(bytes.subarray(0, 40))
  const text = some.toString('latin1')
  return /^[\t\n\r -~]*$/.test(text) ? JSON.stringify(text) : `the bytes ${some.toString('hex')}`
}

const roundUp = (bytes: number) => (bytes + 3) & ~3

const order = (word: number, swapped: boolean) => (swapped ? swap(word) : word)

const swap = (word: number) => (word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24)
