import { choose, decide, type Moment } from '../moment.ts'
import type { Clause, Rule } from '../rule.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import {
  type Errno,
  P_ALL,
  P_PGID,
  P_PID,
  P_PIDFD,
  WCONTINUED,
  WEXITED,
  WNOHANG,
  WNOWAIT,
  WSTOPPED,
} from '../vocabulary/names.ts'
import { beginWait, give } from './begin.ts'
import { waitid as clauses, clones } from './clauses/index.ts'
import { KINDS, namesKinds } from './kinds.ts'
import { lifecycleOf } from './lifecycle.ts'
import { failure } from './results.ts'
import { matching, type Search } from './search.ts'
import { selectorOf } from './selector.ts'
import { isNegative } from './targets.ts'

type WaitidCall = CallOf<'waitid'>

interface Situation {
  readonly call: WaitidCall
  readonly search: Search
}

/** waitid: the checks in Linux's order (kernel/exit.c, kernel_waitid_prepare), then a look at the children. */
export function waitid(moment: Moment, actor: string, given: WaitidCall): void {
  const call = given.idtype === P_PIDFD ? { ...given, id: descriptorOf(moment, actor, given) } : given
  const selector = selectorOf(moment.world, actor, call)
  decide(moment, rules, { call, search: { moment, waiter: actor, call, selector } })
}

/** A number that another process received, or that was closed: here it may be any descriptor, or none. */
function descriptorOf(moment: Moment, actor: string, { id }: WaitidCall): WaitidCall['id'] {
  if (typeof id === 'number' || id.startsWith('-')) return id
  if (moment.world.failed.includes(id)) return -1
  const own = lifecycleOf(moment.world, actor)?.pidfds ?? {}
  if (own[id] !== undefined) return id
  const candidates = [NO_DESCRIPTOR, ...Object.keys(own)]
  return candidates[choose(moment, clauses.pidfdBad, candidates.length, 'always')] ?? NO_DESCRIPTOR
}

/** A number that no process has open. */
const NO_DESCRIPTOR = 0x7fffffff

const EVENTS = WEXITED | WSTOPPED | WCONTINUED
const KNOWN = EVENTS | WNOHANG | WNOWAIT | KINDS
const TYPES: readonly number[] = [P_ALL, P_PID, P_PGID, P_PIDFD]

const refuses = (
  about: Clause,
  errno: Errno,
  when: (call: WaitidCall, search: Search) => boolean,
): Rule<Situation> => ({
  ...about,
  errno,
  when: ({ call, search }) => when(call, search),
  outcome: ({ search: { moment, waiter }, call }) => give(moment, waiter, failure(moment, call, errno)),
})

/** What some systems refuse, or take to mean something else. */
const looksOrRefuses = (about: Clause, when: (call: WaitidCall) => boolean): Rule<Situation> => ({
  ...about,
  errno: 'none',
  when: ({ call }) => when(call),
  outcome: ({ search, call }) => {
    const { moment, waiter } = search
    if (choose(moment, about, 2) === 1) give(moment, waiter, failure(moment, call, 'EINVAL'))
    else beginWait(search)
  },
})

const isPidfd = (call: WaitidCall, { moment, waiter }: Search) =>
  lifecycleOf(moment.world, waiter)?.pidfds[call.id] !== undefined

const rules: readonly Rule<Situation>[] = [
  refuses(clauses.unknownOption, 'EINVAL', ({ options }) => (options & ~KNOWN) !== 0),
  { ...refuses(clones.kindsUnknown, 'EINVAL', namesKinds), elsewhere: true },
  refuses(clauses.noEvent, 'EINVAL', ({ options }) => (options & EVENTS) === 0),
  refuses(clauses.unknownType, 'EINVAL', ({ idtype }) => !TYPES.includes(idtype)),
  refuses(
    clauses.pidNotPositive,
    'EINVAL',
    ({ idtype, id }) => idtype === P_PID && (id === 0 || isNegative(id)),
  ),
  refuses(clauses.groupNegative, 'EINVAL', ({ idtype, id }) => idtype === P_PGID && isNegative(id)),
  refuses(clauses.pidfdBad, 'EINVAL', ({ idtype, id }) => idtype === P_PIDFD && isNegative(id)),
  refuses(clauses.pidfdBad, 'EBADF', (call, search) => call.idtype === P_PIDFD && !isPidfd(call, search)),
  {
    ...clauses.noChild,
    errno: 'ECHILD',
    when: ({ search }) => matching(search).length === 0,
    outcome: ({ search }) => beginWait(search),
  },
  looksOrRefuses(clauses.pidfdChild, ({ idtype }) => idtype === P_PIDFD),
  looksOrRefuses(clauses.groupZero, ({ idtype, id }) => idtype === P_PGID && id === 0),
  {
    ...clauses.selects,
    errno: 'none',
    when: () => true,
    outcome: ({ search }) => beginWait(search),
  },
]
