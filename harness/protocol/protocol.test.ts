import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formNumber } from '../../model/vocabulary/forms.ts'
import type { Scenario } from '../../model/vocabulary/scenario.ts'
import { arbitraryRecording } from '../../oracle/trace/arbitrary-recording.ts'
import type { Recording } from '../../oracle/trace/trace.ts'
import { decodeResult, WireError } from './decode.ts'
import { createEncoder, type Request } from './encode.ts'
import { resultWords } from './result-words.ts'

const wakeUp: Scenario = {
  title: '',
  steps: [
    { actor: 'A', call: { name: 'semget', key: 'private', nsems: 1, flags: 0o600, as: 'S' } },
    { actor: 'C', call: { name: 'semop', set: 'S', operations: [{ sem: 0, change: -1, flags: 0 }] } },
    { actor: 'A', call: { name: 'semop', set: 'S', operations: [{ sem: 0, change: 1, flags: 4096 }] } },
  ],
}

function encode(scenario: Scenario, number = 7): { words: number[]; request: Request } {
  const encoder = createEncoder()
  const request = encoder.add(scenario, number)
  const bytes = encoder.take()
  return { words: [...new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)], request }
}

describe('createEncoder', () => {
  it('writes the words of the protocol', () => {
    const { words, request } = encode(wakeUp)
    expect(request.actors).toEqual(['A', 'C'])
    expect(words).toEqual([
      ...[31 * 4, 2, 7, 2, 0, 3],
      ...[7, 0, formNumber.semget, 16, 0, 1, 0o600],
      ...[10, 1, formNumber.semop, -1, 1, 16, 1, 0, -1, 0],
      ...[10, 0, formNumber.semop, -1, 1, 16, 1, 0, 1, 4096],
    ])
  })

  it('gives slots to roots that are only named, and to children', () => {
    const { words, request } = encode({
      title: '',
      steps: [
        { actor: 'B', call: { name: 'fork', as: 'A' } },
        { actor: 'A', call: { name: 'getppid' } },
        { actor: 'A', call: { name: 'kill', process: '-D', signal: 0 } },
        { actor: 'A', call: { name: 'tick' } },
      ],
    })
    expect(request.actors).toEqual(['B', 'D', 'A'])
    expect(words.slice(3, 6)).toEqual([2, 3, 4])
    expect(words.slice(6)).toEqual([
      ...[4, 0, formNumber.fork, 2],
      ...[4, 2, formNumber.getppid, -1],
      ...[7, 2, formNumber.kill, -1, 2, 1, 0],
      ...[4, 0, formNumber.tick, -1],
    ])
  })

  it('writes 64-bit values low word first', () => {
    const size = 2n ** 63n - 1n
    const { words } = encode({
      title: '',
      steps: [
        { actor: 'A', call: { name: 'shmget', key: 3, size, flags: 0, as: 'M' } },
        { actor: 'A', call: { name: 'msgrcv', queue: -1, size: 2 ** 33 + 5, type: -2, flags: 0 } },
      ],
    })
    expect(words.slice(10, 14)).toEqual([3, -1, 0x7fffffff, 0])
    expect(words.slice(18)).toEqual([0, -1, 5, 2, -2, -1, 0])
  })

  it('grows for long lists', () => {
    const values = Array.from({ length: 32_768 }, (_, index) => index % 65536)
    const { words } = encode({
      title: '',
      steps: [
        { actor: 'A', call: { name: 'semctl.SETALL', set: 5, values, semnum: 3 } },
        { actor: 'A', call: { name: 'getppid' } },
      ],
    })
    expect(words.slice(6, 13)).toEqual([32_776, 0, formNumber['semctl.SETALL'], -1, 0, 5, 32_768])
    expect(words.slice(13, 32_781)).toEqual(values)
    expect(words.slice(32_781)).toEqual([3, 4, 0, formNumber.getppid, -1])
    expect(words[0]).toBe((words.length - 2) * 4)
  })

  it.each([
    ['an unknown variable', 'nothing before it made S', { name: 'semctl.IPC_RMID', set: 'S', semnum: 0 }],
    ['an unknown call', 'no call semfoo', { name: 'semfoo' }],
    ['a missing argument', 'argument signal is missing', { name: 'kill', process: 0 }],
    ['a nameless result', 'no name', { name: 'fork' }],
    ['a name that is taken', 'already the name', { name: 'pidfd_open', process: 0, flags: 0, as: 'B' }],
  ])('rejects %s and goes on', (_, message, call) => {
    const encoder = createEncoder()
    const steps = [
      { actor: 'B', call: { name: 'getppid' } },
      { actor: 'B', call },
    ]
    expect(() => encoder.add({ title: '', steps } as unknown as Scenario, 1)).toThrow(message)
    expect(encoder.take().length).toBe(0)
    encoder.add(wakeUp, 7)
    expect(encoder.take().length).toBe(33 * 4)
  })

  it('rejects what the probe has no room for', () => {
    const step = { actor: 'A', call: { name: 'getppid' } } as const
    expect(() => encode({ title: '', steps: Array(1025).fill(step) })).toThrow('1025 steps')
    const operations = Array(4096).fill({ sem: 0, change: 0, flags: 0 })
    const long = { actor: 'A', call: { name: 'semop', set: 0, operations } } as const
    expect(() => encode({ title: '', steps: Array(6).fill(long) })).toThrow(
      'Step 6 cannot be sent: the scenario',
    )
    const longer = { actor: 'A', call: { ...long.call, operations: [...operations, operations[0]] } }
    expect(() => encode({ title: '', steps: [longer] })).toThrow('argument operations: 4097 elements')
  })

  it('rejects an actor that does not exist yet', () => {
    const steps = [{ actor: 'child', call: { name: 'getppid' } }]
    expect(() => encode({ title: '', steps } as unknown as Scenario)).toThrow('no actor child')
  })
})

describe('decodeResult', () => {
  it('gives back what was recorded', () => {
    fc.assert(
      fc.property(arbitraryRecording(), fc.nat(), (recording, number) => {
        const { request } = encode(recording.scenario, number)
        const words = resultWords(recording, request)
        expect(decodeResult({ words, from: 0, to: words.length, request })).toEqual(recording)
      }),
    )
  })

  it('knows who is still in an earlier call', () => {
    const { request } = encode({
      title: '',
      steps: [
        { actor: 'A', call: { name: 'semctl.GETALL', set: 0, semnum: 0 } },
        { actor: 'A', call: { name: 'getppid' } },
      ],
    })
    const words = Int32Array.of(7, 0, 1, 2, 0, 1, 2, 2, 0, 6, 0, 1 | (3 << 16), 0, 0, 0, 2, 8, 9)
    expect(decodeResult({ words, from: 0, to: words.length, request }).steps[1]?.events).toEqual([
      { is: 'skipped', actor: 'A' },
      { is: 'returned', actor: 'A', value: 0, errno: 0, out: [[8, 9]], clobbered: false },
    ])
  })

  it('answers any garbage with a WireError or a recording', () => {
    fc.assert(
      fc.property(
        arbitraryRecording(),
        fc.array(fc.tuple(fc.nat(), interestingWords())),
        (recording, changes) => {
          const { request } = encode(recording.scenario)
          const words = resultWords(recording, request)
          for (const [where, word] of changes) words[where % words.length] = word
          decodeOrWireError(words, request)
        },
      ),
    )
  })

  it('answers any cut with a WireError', () => {
    fc.assert(
      fc.property(arbitraryRecording(), fc.nat(), (recording, where) => {
        const { request } = encode(recording.scenario)
        const words = resultWords(recording, request)
        const to = where % words.length
        expect(() => decodeResult({ words, from: 0, to, request })).toThrow(WireError)
      }),
    )
  })
})

const interestingWords = () =>
  fc.oneof(fc.integer(), fc.constantFrom(0, 1, -1, 2, 3, 0x10001, 0x7fffffff, -0x80000000), fc.nat(20))

function decodeOrWireError(words: Int32Array, request: Request): Recording | undefined {
  try {
    return decodeResult({ words, from: 0, to: words.length, request })
  } catch (error) {
    expect(error).toBeInstanceOf(WireError)
    return undefined
  }
}
