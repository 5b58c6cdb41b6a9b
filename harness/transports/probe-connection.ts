import type { Scenario } from '../../model/vocabulary/scenario.ts'
import type { Recording } from '../../oracle/trace/trace.ts'
import type { TargetProblem } from '../problems.ts'
import type { Hello } from '../protocol/hello.ts'
import type { Packet, Reply } from '../protocol/packet.ts'

/** A running probe. */
export interface ProbeConnection {
  readonly hello: Hello
  /**
   * Sends the scenarios with one write and answers with their recordings, in order. Several calls may be under way
   * at once: they are answered in order, and two or more keep the probe busy. Rejects with `TargetProblem` once the
   * probe cannot be used any more, and with `ScenarioError` (nothing is sent then) if a scenario is wrong in itself.
   */
  run(batch: readonly Scenario[]): Promise<Recording[]>
  /** The same for a batch that somebody else wrote down and whose reply somebody else reads. */
  exchange(packet: Packet): Promise<Reply>
  /** Who read a reply found that it is not the protocol: ends the probe, and says so. */
  distrust(what: string): TargetProblem
  /** Lets the probe finish what it was given, ends it, and kills it if it stays; nothing of it is left after that. */
  close(): Promise<void>
}
