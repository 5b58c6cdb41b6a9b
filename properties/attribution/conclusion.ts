import type { Simpler } from '../../harness/targets/simpler.ts'
import { type Call, functionOf } from '../../model/vocabulary/forms.ts'
import type { Blame } from '../../oracle/run.ts'
import type { Trial } from './trials.ts'

/** What a scenario came to on a simpler setup. */
export interface Compared {
  readonly setup: Pick<Simpler, 'without' | 'called' | 'how'>
  readonly trial: Trial
}

/** What is known of the target that the deviation was found on. */
export interface Found {
  /** The same scenario, run there again. */
  readonly again: Trial
  /** The call that deviates, if it is known. */
  readonly call: Call | undefined
  /** It is a 32-bit program. */
  readonly narrow: boolean
}

/**
 * Who is to blame: the layer without which the scenario conforms, or the kernel where it never does. What could not be
 * tried is never taken for either.
 */
export function conclusion({ again, call, narrow }: Found, compared: readonly Compared[]): Blame {
  const outcomes = compared.map(({ setup, trial }) => ({
    ...{ how: setup.how, came: trial.is },
    why: trial.is === 'unknown' ? trial.why : '',
  }))
  const blamed = (on: Blame['on'], sentence: string): Blame => ({ on, sentence, compared: outcomes })
  const unknown = (why: string) => blamed('unknown', `not established: ${why}`)

  if (again.is === 'unknown') return unknown(`run once more, the scenario was not settled: ${again.why}`)
  if (again.is === 'conforms' || !again.always)
    return unknown('the scenario does not deviate each time that it is run')

  const end = compared.findIndex(({ trial }) => trial.is === 'conforms')
  const without = compared[end]
  const before = end === -1 ? compared : compared.slice(0, end)
  const open = before.filter(({ trial }) => trial.is === 'unknown')
  const [first] = open
  if (first !== undefined) {
    const candidates = [...open, ...(without === undefined ? [] : [without])]
    const others = without === undefined ? ' or something below' : ''
    return unknown(
      `it may be ${candidates.map(({ setup }) => setup.called).join(' or ')}${others}; ${open.map(whyOpen).join('; ')}`,
    )
  }
  const deviates = before.map(({ setup }) => setup.how).join(' and ')
  const too = deviates === '' ? '' : `deviates ${deviates} as well`
  if (without === undefined)
    return blamed(
      'kernel',
      too === ''
        ? 'the kernel, or what else is below syscall(2), for that is how the call is made'
        : `the kernel, or what else is below syscall(2): the same scenario ${too}`,
    )
  const { setup } = without
  if (setup.without === 'C library' && call !== undefined && isOfLibrary(call))
    return blamed('C library', `the C library: ${functionOf(call.name)} is no system call`)
  return blamed(
    setup.without === 'build' ? (narrow ? 'compat layer' : 'C library') : setup.without,
    `${setup.called}: the same scenario ${too === '' ? '' : `${too}, but `}conforms ${setup.how}`,
  )
}

const whyOpen = ({ setup, trial }: Compared) =>
  trial.is === 'unknown' ? `${setup.how} the same scenario was not settled: ${trial.why}` : ''

/** Whether the C library does the call without the kernel, or in a way of its own. */
export const isOfLibrary = ({ name }: Call): boolean => name === 'ftok' || name === 'macros'

/** Whether a program does the call, with a C library of its own. */
export const isOfProgram = ({ name }: Call): boolean => /^ipc(s|rm)\./.test(name)
