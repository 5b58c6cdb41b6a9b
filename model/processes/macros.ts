import { anything, type Expected } from '../expected.ts'
import { choose, type Moment, note, returns } from '../moment.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import { POISON } from '../vocabulary/names.ts'
import { macros as clauses } from './clauses/index.ts'
import { isSignal } from './signals.ts'
import type { Report } from './state.ts'

type Fields = Readonly<Record<FieldName, Expected>>
type FieldName =
  | 'exited'
  | 'exitstatus'
  | 'signaled'
  | 'termsig'
  | 'coredump'
  | 'stopped'
  | 'stopsig'
  | 'continued'

/** The macros of <sys/wait.h>, applied to a status. */
export function macros(moment: Moment, actor: string, { status }: CallOf<'macros'>): void {
  const report = reportOf(status)
  if (report.is === 'none') note(moment, status === POISON ? clauses.stale : clauses.foreign)
  else note(moment, clauses.exclusive)
  returns(moment, actor, 0, fieldsOf(moment, report))
}

const CORE_BIT = 0x80

/** What a wait that stored the status told; `none` where no wait stores such a number. */
function reportOf(status: number): Report {
  const low = status & 0x7f
  const high = (status >> 8) & 0xff
  if (status < 0 || status > 0xffff) return { is: 'none' }
  if (status === 0xffff) return { is: 'continued' }
  if (low === 0) return (status & CORE_BIT) === 0 ? { is: 'exited', code: high } : { is: 'none' }
  if ((status & 0xff) === 0x7f) return isSignal(high) ? { is: 'stopped', signal: high } : { is: 'none' }
  return high === 0 && isSignal(low)
    ? { is: 'killed', signal: low, core: (status & CORE_BIT) !== 0 }
    : { is: 'none' }
}

const none: Fields = {
  exited: 0,
  exitstatus: -1,
  signaled: 0,
  termsig: -1,
  coredump: anything,
  stopped: 0,
  stopsig: -1,
  continued: 0,
}
const open = Object.fromEntries(Object.keys(none).map((name) => [name, anything])) as Fields

function fieldsOf(moment: Moment, report: Report): Fields {
  switch (report.is) {
    case 'exited':
      note(moment, report.code === 0 ? clauses.zero : clauses.exited)
      return { ...none, exited: 1, exitstatus: report.code }
    case 'killed': {
      note(moment, clauses.signaled)
      note(moment, clauses.coreDump)
      const isTold = choose(moment, clauses.coreDump, 2) === 0
      const coredump = isTold ? Number(report.core) : anything
      return { ...none, signaled: 1, termsig: report.signal, coredump }
    }
    case 'stopped':
      note(moment, clauses.stopped)
      return { ...none, stopped: 1, stopsig: report.signal }
    case 'continued':
      note(moment, clauses.continued)
      return { ...none, continued: 1 }
    case 'none':
      return open
  }
}
