import { type Call, formOf } from '../../../model/vocabulary/forms.ts'
import { IPC_NOWAIT } from '../../../model/vocabulary/names.ts'
import type { Step } from '../../../model/vocabulary/scenario.ts'
import type { Forbidden } from '../../../oracle/histories/forbidden.ts'
import type { OverlappingProgram } from '../../../oracle/trace/timed-call.ts'
import type { TraceHeader } from '../../../oracle/trace/trace.ts'
import { say } from '../said.ts'
import type { Said } from '../saying.ts'
import { type Sleepers, sleepersOf } from './sleepers.ts'

/** A program whose calls overlap, and what may come of it. */
export interface OverlappingAccount {
  /** As `observed` makes it of what was found. */
  readonly program: OverlappingProgram
  readonly header: TraceHeader
  /** Every way in which the steps from `first` on may come out. */
  readonly allowed: readonly (readonly string[])[]
  /** The way in which they did; null where that is allowed. */
  readonly seen: readonly string[] | null
  /** Where not all allowed ways can be told: one that is not. */
  readonly forbidden: Forbidden | null
}

/** Who makes the calls before and behind those that overlap: the process that watches the others. */
export const OBSERVER = 'O'

/** The same program, with what is done alone made by the observer; what an actor does for itself stays its own. */
export const observed = ({ scenario, first, last }: OverlappingProgram): OverlappingProgram => {
  const steps = scenario.steps.map((step, at) =>
    (at >= first && at < last) || (at < first && isOwn(step)) ? step : { ...step, actor: OBSERVER },
  )
  return { scenario: { ...scenario, steps }, first, last }
}

/** Whether it changes the actor and nothing else. */
export const isOwn = ({ call }: Step): boolean => formOf(call.name).reach === 'processes'

/** Whether any of the calls that overlap may have to wait. */
export const mayWait = ({
  program: { scenario, first, last },
}: Pick<OverlappingAccount, 'program'>): boolean =>
  scenario.steps.slice(first, last).some(({ call }) => !isPrompt(call))

/** Whether it comes back at once, whatever it finds. */
function isPrompt(call: Call): boolean {
  if ('operations' in call) return call.operations.every(({ flags }) => (flags & IPC_NOWAIT) !== 0)
  if (call.name === 'msgsnd' || call.name === 'msgrcv') return (call.flags & IPC_NOWAIT) !== 0
  return /^(sem|msg|shm)(get|at|dt|ctl\.)/.test(call.name) || /^(kill|sigaction)$/.test(call.name)
}

export interface OverlappingStory extends OverlappingAccount {
  readonly steps: readonly Step[]
  /** The processes beside the observer. */
  readonly actors: readonly string[]
  readonly said: readonly Said[]
  /** Where that alone shows what is wrong: who may not sleep in the end. */
  readonly sleepers: Sleepers | undefined
}

/** How long a call took is not looked at. */
const untimed = (said: Said): Said => (said.out?.elapsed === undefined ? said : { call: said.call })

export function overlappingStory(account: OverlappingAccount): OverlappingStory {
  const { scenario } = account.program
  const named = scenario.steps.flatMap(({ actor, call }) => [
    actor,
    ...('process' in call && typeof call.process === 'string' ? [call.process] : []),
  ])
  const said = scenario.steps.map(({ actor, call }, at) =>
    untimed(say(call, { ...{ number: at + 1, actor, scenario }, clobbered: false })),
  )
  const actors = [...new Set(named)].filter((actor) => actor !== OBSERVER).sort()
  return { ...account, ...{ steps: scenario.steps, actors, said, sleepers: sleepersOf(account) } }
}
