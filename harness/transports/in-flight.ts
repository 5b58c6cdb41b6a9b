import { WireError } from '../protocol/decode.ts'
import type { Frame } from '../protocol/frames.ts'
import { makeRoom } from '../protocol/growing-words.ts'
import type { Packet, Reply } from '../protocol/packet.ts'

/** The packets that were sent and are not answered in full, oldest first. */
export interface InFlight {
  /** Resolves when every request of the packet has been answered. */
  add(packet: Packet): Promise<Reply>
  /** Takes a result frame as the answer to the oldest request. Throws `WireError` if there is none. */
  answer(frame: Frame): void
  reject(problem: Error): void
  /** How many requests are unanswered. */
  unanswered(): number
  /** Seconds that the scenarios under way may take by their own wish. */
  patience(): number
}

interface Waiting {
  readonly packet: Packet
  answered: number
  readonly resolve: (reply: Reply) => void
  readonly reject: (problem: Error) => void
}

export function createInFlight(): InFlight {
  const waiting: Waiting[] = []
  const reply = { words: new Int32Array(1 << 14), at: 0 }
  return {
    add: (packet) =>
      new Promise((resolve, reject) => {
        waiting.push({ packet, answered: 0, resolve, reject })
      }),
    answer({ words, from, to }) {
      const oldest = waiting[0]
      if (oldest === undefined) throw new WireError('a result that nobody asked for')
      const due = (oldest.packet.first + oldest.answered) & 0x7fffffff
      if (words[from] !== due || from === to)
        throw new WireError(`a result for scenario ${words[from]} where ${due} was due`)
      makeRoom(reply, 1 + to - from)
      reply.words[reply.at] = to - from
      reply.words.set(words.subarray(from, to), reply.at + 1)
      reply.at += 1 + to - from
      if (++oldest.answered < oldest.packet.requests) return
      waiting.shift()
      oldest.resolve(reply.words.slice(0, reply.at))
      reply.at = 0
    },
    reject(problem) {
      for (const each of waiting.splice(0)) each.reject(problem)
    },
    unanswered: () => waiting.reduce((sum, { packet, answered }) => sum + packet.requests - answered, 0),
    patience: () => waiting.reduce((sum, { packet }) => sum + packet.patience, 0),
  }
}
