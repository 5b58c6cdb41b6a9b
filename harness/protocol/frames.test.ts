import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WireError } from './decode.ts'
import { createFrameReader, textOf } from './frames.ts'

interface Sent {
  readonly kind: number
  readonly payload: readonly number[]
}

const bytesOf = (sent: readonly Sent[]) =>
  Buffer.from(
    Int32Array.from(sent.flatMap(({ kind, payload }) => [payload.length * 4, kind, ...payload])).buffer,
  )

const received = (chunks: readonly Uint8Array[]): Sent[] => {
  const reader = createFrameReader()
  const all: Sent[] = []
  for (const chunk of chunks) {
    reader.push(chunk)
    for (let frame = reader.next(); frame !== null; frame = reader.next())
      all.push({ kind: frame.kind, payload: [...frame.words.subarray(frame.from, frame.to)] })
  }
  expect(reader.isInside()).toBe(false)
  return all
}

const cutAt = (bytes: Buffer, cuts: readonly number[]) => {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  return places.slice(1).map((place, index) => bytes.subarray(places[index], place))
}

const frames = fc.array(
  fc.record({
    kind: fc.constantFrom(1, 3, 4),
    payload: fc.array(fc.integer(), { size: 'medium', maxLength: 40_000 }),
  }),
)

describe('createFrameReader', () => {
  it('finds the same frames however the bytes are cut', () => {
    fc.assert(
      fc.property(frames, fc.array(fc.nat()), (sent, cuts) => {
        expect(received(cutAt(bytesOf(sent), cuts))).toEqual(
          sent.map(({ kind, payload }) => ({ kind, payload })),
        )
      }),
    )
  })

  it('grows for large frames and keeps what is behind them', () => {
    const large = { kind: 3, payload: Array.from({ length: 100_000 }, (_, index) => index) }
    const sent = [large, { kind: 3, payload: [1] }, large]
    expect(received(cutAt(bytesOf(sent), [100, 400_100, 400_104]))).toEqual(sent)
  })

  it('turns the words of the other byte order, but not text', () => {
    const hello = { kind: 1, payload: [Buffer.from('{}  ').readInt32LE()] }
    const result = { kind: 3, payload: [1, -2, 0x01020304] }
    const bytes = Buffer.concat([bytesOf([hello]).swap32(), bytesOf([result]).swap32()])
    Buffer.from('{}  ').copy(bytes, 8)
    const reader = createFrameReader()
    reader.push(bytes)
    const first = reader.next()
    expect(first === null ? '' : textOf(first)).toBe('{}')
    expect(reader.swapped()).toBe(true)
    const second = reader.next()
    expect(second?.words.subarray(second.from, second.to)).toEqual(Int32Array.from(result.payload))
  })

  it.each([
    ['text', Buffer.from('Usage: probe [options]')],
    ['a huge length', Buffer.from(Int32Array.of(-4, 3).buffer)],
    ['an odd length', Buffer.from(Int32Array.of(5, 3).buffer)],
    ['an unknown kind', Buffer.from(Int32Array.of(4, 9).buffer)],
  ])('rejects %s', (_, bytes) => {
    const reader = createFrameReader()
    reader.push(bytes)
    expect(() => reader.next()).toThrow(WireError)
  })

  it('shows text as text', () => {
    const reader = createFrameReader()
    reader.push(Buffer.from('Usage: probe [options]'))
    expect(() => reader.next()).toThrow('"Usage: probe [options]"')
  })
})
