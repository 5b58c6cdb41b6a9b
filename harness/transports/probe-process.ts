import { fittedScenario } from '../../model/vocabulary/fitted.ts'
import { splitCommand } from '../command-line.ts'
import type { TargetProblem, TargetProblemKind } from '../problems.ts'
import { WireError } from '../protocol/decode.ts'
import { createFrameReader, type Frame, textOf } from '../protocol/frames.ts'
import { type Hello, parseHello } from '../protocol/hello.ts'
import { frameKinds } from '../protocol/kinds.ts'
import { createPacker, type Packet, type Reply } from '../protocol/packet.ts'
import { startChild } from './child.ts'
import { createDeferred } from './deferred.ts'
import { createInFlight } from './in-flight.ts'
import { pause } from './pause.ts'
import type { ProbeConnection } from './probe-connection.ts'
import type { ProbeStart } from './probe-start.ts'
import { targetProblem } from './target-problem.ts'
import { createWatchdog } from './watchdog.ts'

/** Starts a probe and waits for its hello. Throws `TargetProblem`; nothing is left running then. */
export async function startProbe(start: ProbeStart): Promise<ProbeConnection> {
  const { replyWithin = 10, endWithin = 2 } = start
  const frames = createFrameReader()
  const packer = createPacker()
  const inFlight = createInFlight()
  const greeting = createDeferred<Hello>()
  let problem: TargetProblem | undefined
  let closing = false

  const child = open(start, receive)
  const watchdog = createWatchdog((seconds) => fail('hung', `did not answer within ${seconds} s`))
  watchdog.feed(replyWithin)
  void child.ended.then(({ started, how }) => {
    if (closing) fail('closed', 'was closed')
    else fail(started ? 'exited' : 'start', frames.isInside() ? `${how} in the middle of a reply` : how)
  })

  function receive(chunk: Uint8Array): void {
    if (problem !== undefined) return
    try {
      frames.push(chunk)
      for (let frame = frames.next(); frame !== null; frame = frames.next()) receiveFrame(frame)
    } catch (error) {
      if (!(error instanceof WireError)) throw error
      distrust(error.message)
    }
    if (problem === undefined) expectReply()
  }

  function receiveFrame(frame: Frame): void {
    if (frame.kind === frameKinds.failure) fail('refused', `cannot run here: ${textOf(frame)}`)
    else if (frame.kind === frameKinds.spoilt) fail('spoilt', `cannot go on: ${textOf(frame)}`)
    else if (frame.kind === frameKinds.result && greeting.isSettled()) inFlight.answer(frame)
    else if (frame.kind === frameKinds.hello && !greeting.isSettled())
      greeting.resolve(parseHello(textOf(frame)))
    else throw new WireError(`an untimely frame of kind ${frame.kind}`)
  }

  function expectReply(): void {
    if (inFlight.unanswered() === 0 && greeting.isSettled()) watchdog.rest()
    else watchdog.feed(replyWithin + inFlight.patience())
  }

  function fail(kind: TargetProblemKind, what: string): TargetProblem {
    if (problem !== undefined) return problem
    const unanswered = inFlight.unanswered()
    problem = targetProblem(start, kind, what, unanswered, child.lastWords())
    watchdog.rest()
    child.kill()
    greeting.reject(problem)
    inFlight.reject(problem)
    return problem
  }

  async function exchange(packet: Packet): Promise<Reply> {
    if (problem !== undefined) throw problem
    const answer = inFlight.add(packet)
    child.write(frames.swapped() ? swapped(packet.bytes) : packet.bytes)
    expectReply()
    return answer
  }

  const distrust = (what: string) => fail('garbage', `wrote what is not the protocol: ${what}`)

  try {
    const hello = await greeting.promise
    return {
      hello,
      exchange,
      distrust,
      async run(batch) {
        if (problem !== undefined) throw problem
        if (batch.length === 0) return []
        const fitting = batch.map((scenario) => fittedScenario(scenario, hello.pointerBytes))
        const { packet, read } = packer.pack(fitting)
        const reply = await exchange(packet)
        try {
          return read(reply)
        } catch (error) {
          throw error instanceof WireError ? distrust(error.message) : error
        }
      },
      async close() {
        closing = true
        child.endInput()
        await Promise.race([child.ended, pause(endWithin * 1000)])
        child.kill()
        await child.ended
      },
    }
  } catch (error) {
    await child.ended
    throw error
  }
}

const open = (start: ProbeStart, receive: (chunk: Uint8Array) => void) =>
  start.open?.(receive) ??
  startChild([...splitCommand(start.wrap ?? ''), ...start.command], start.environment ?? {}, receive)

const swapped = (bytes: Uint8Array<ArrayBuffer>) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).swap32()
