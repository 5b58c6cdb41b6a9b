import { packProgram, type Repeated } from '../../harness/protocol/overlap.ts'
import type { StartedTarget } from '../../harness/targets/target.ts'
import { initialWorld } from '../../model/initial.ts'
import type { Profile } from '../../model/profile.ts'
import { rootActors } from '../../model/vocabulary/scenario.ts'
import type { HistoryJudgement } from '../../oracle/histories/history.ts'
import { type Judging, judgeHistory, type Memory } from '../../oracle/histories/judge-history.ts'
import { factsOf } from '../../oracle/judge.ts'
import type { OverlappingProgram, OverlappingRun } from '../../oracle/trace/timed-call.ts'
import type { TraceHeader } from '../../oracle/trace/trace.ts'

/** Runs a program so often; fewer runs come back where the probe had to give up, or had no room for more. */
export async function runProgram(
  target: StartedTarget,
  program: OverlappingProgram,
  repeated: Repeated,
): Promise<{ readonly runs: readonly OverlappingRun[]; readonly problem: string }> {
  const { packet, read } = packProgram(program, repeated, 0)
  return read(await target.exchange(packet))
}

/** What one run is judged against. */
export const judgingOf = (
  header: TraceHeader,
  profile: Profile,
  run: Pick<OverlappingRun, 'started' | 'ended'>,
  memory: Memory,
): Judging => ({
  ...{ header, profile, memory },
  start: startOf(header),
  seconds: [run.started, run.ended],
})

const starts = new WeakMap<TraceHeader, Judging['start']>()

function startOf(header: TraceHeader): Judging['start'] {
  const known = starts.get(header) ?? initialWorld(factsOf(header), rootActors)
  starts.set(header, known)
  return known
}

export const judgeRun = (
  run: OverlappingRun,
  header: TraceHeader,
  profile: Profile,
  memory: Memory,
): HistoryJudgement => judgeHistory(run, judgingOf(header, profile, run, memory))
