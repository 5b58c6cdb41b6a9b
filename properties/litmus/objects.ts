import { type Call, formOf } from '../../model/vocabulary/forms.ts'
import type { ResourceKind } from '../../model/vocabulary/shape.ts'
import type { LitmusTest } from './litmus-test.ts'

type Made = Pick<LitmusTest, 'setup' | 'columns'>

/** An object that a test makes, and the calls that tell in the end what it is. */
export interface MadeObject {
  readonly name: string
  readonly looks: readonly Look[]
}

export interface Look {
  readonly call: Call
  /** What the end is told by: the names of outputs, or `value` for what the call returns, and how they are named in ends. */
  readonly tells: readonly { readonly output: string; readonly as: string }[]
}

const callsOf = ({ setup, columns }: Made): readonly Call[] => [
  ...setup.map(({ call }) => call),
  ...columns.flatMap(({ calls }) => calls),
]

/** Processes and threads that the test makes. */
export const madeActors = (test: Made): readonly string[] => madeOf(test, ['process', 'thread'])

const madeOf = (test: Made, kinds: readonly ResourceKind[]): readonly string[] =>
  callsOf(test).flatMap((call) => {
    const { makes } = formOf(call.name)
    return makes !== undefined && kinds.includes(makes) && 'as' in call ? [call.as] : []
  })

const objects = new WeakMap<Made, readonly MadeObject[]>()

/** The sets, queues and segments that the test makes, each once; always the same objects for the same test. */
export function objectsOf(test: Made): readonly MadeObject[] {
  const known = objects.get(test) ?? gather(test)
  objects.set(test, known)
  return known
}

function gather(test: Made): readonly MadeObject[] {
  const found = new Map<string, MadeObject>()
  for (const call of callsOf(test)) {
    if (call.name === 'semget') found.set(call.as, { name: call.as, looks: looksAtSet(call.as, call.nsems) })
    if (call.name === 'msgget') found.set(call.as, { name: call.as, looks: [looksAtQueue(call.as)] })
    if (call.name === 'shmget') found.set(call.as, { name: call.as, looks: [looksAtSegment(call.as)] })
  }
  return [...found.values()]
}

const SEMAPHORES_MAX = 16

function looksAtSet(set: string, nsems: number): readonly Look[] {
  const numbers = Array.from({ length: Math.min(Math.max(nsems, 0), SEMAPHORES_MAX) }, (_, semnum) => semnum)
  const about = (
    name: 'semctl.GETVAL' | 'semctl.GETNCNT' | 'semctl.GETZCNT',
    semnum: number,
    as: string,
  ): Look => ({
    call: { name, set, semnum },
    tells: [{ output: 'value', as }],
  })
  return numbers.flatMap((semnum) => [
    about('semctl.GETVAL', semnum, `${set}[${semnum}]`),
    about('semctl.GETNCNT', semnum, `${set}[${semnum}].ncnt`),
    about('semctl.GETZCNT', semnum, `${set}[${semnum}].zcnt`),
  ])
}

const looksAtQueue = (queue: string): Look => ({
  call: { name: 'msgctl.IPC_STAT', queue },
  tells: ['qnum', 'cbytes'].map((output) => ({ output, as: `${queue}.${output}` })),
})

const looksAtSegment = (segment: string): Look => ({
  call: { name: 'shmctl.IPC_STAT', segment },
  tells: [{ output: 'nattch', as: `${segment}.nattch` }],
})
