import { decide, type Moment } from '../moment.ts'
import type { Clause, Rule } from '../rule.ts'
import { type Errno, INT_MIN, WCLONE, WCONTINUED, WNOHANG, WUNTRACED } from '../vocabulary/names.ts'
import type { World } from '../world.ts'
import { beginWait, give } from './begin.ts'
import { clones, threads, waiting } from './clauses/index.ts'
import { KINDS, missesKind, missesOthers, namesKinds } from './kinds.ts'
import { childrenOf } from './lifecycle.ts'
import { failure } from './results.ts'
import { isHopeless, type Search } from './search.ts'
import { selectorOf } from './selector.ts'
import type { Selector, WaitCall } from './state.ts'

type PidCall = Exclude<WaitCall, { readonly name: 'waitid' }>

interface Situation {
  readonly call: PidCall
  readonly search: Search
}

/** wait, waitpid and wait4: the checks in Linux's order (kernel/exit.c, kernel_wait4), then a look at the children. */
export function wait(moment: Moment, actor: string, call: PidCall): void {
  const selector = selectorOf(moment.world, actor, call)
  decide(moment, rules, { call, search: { moment, waiter: actor, call, selector } })
}

const KNOWN = WNOHANG | WUNTRACED | WCONTINUED | KINDS

const refuses = (about: Clause, errno: Errno, when: (call: PidCall) => boolean): Rule<Situation> => ({
  ...about,
  errno,
  when: ({ call }) => when(call),
  outcome: ({ search: { moment, waiter }, call }) => give(moment, waiter, failure(moment, call, errno)),
})

/** The search itself ends with ECHILD; listed, since the standard does not say which of several errors comes first. */
const findsNobody = (about: Clause, when: (situation: Situation) => boolean): Rule<Situation> => ({
  ...about,
  errno: 'ECHILD',
  when: (situation) => isHopeless(situation.search) && when(situation),
  outcome: ({ search }) => beginWait(search),
})

const looks = (about: Clause, when: (situation: Situation) => boolean): Rule<Situation> => ({
  ...about,
  errno: 'none',
  when,
  outcome: ({ search }) => beginWait(search),
})

const isChildless = ({ search: { moment, waiter } }: Situation) =>
  childrenOf(moment.world, waiter).length === 0
const isForClones = (call: PidCall) => call.name !== 'wait' && (call.options & WCLONE) !== 0
const isFor = (is: Selector['is']) => (situation: Situation) => situation.search.selector.is === is
const isThread = ({ threads }: World, selector: Selector) =>
  selector.is === 'one' && threads[selector.process] !== undefined
const isZero = ({ call }: Situation) => call.name !== 'wait' && call.process === 0

const rules: readonly Rule<Situation>[] = [
  refuses(waiting.badOptions, 'EINVAL', (call) => call.name !== 'wait' && (call.options & ~KNOWN) !== 0),
  refuses(waiting.intMin, 'ESRCH', (call) => call.name !== 'wait' && call.process === INT_MIN),
  { ...refuses(clones.kindsUnknown, 'EINVAL', namesKinds), elsewhere: true },
  findsNobody(waiting.noChildren, isChildless),
  findsNobody(threads.ownOnly, ({ search }) => missesOthers(search)),
  findsNobody(clones.onlyClones, ({ call, search }) => isForClones(call) && missesKind(search)),
  findsNobody(clones.otherSignal, ({ search }) => missesKind(search)),
  findsNobody(threads.threadId, ({ search: { moment, selector } }) => isThread(moment.world, selector)),
  findsNobody(waiting.notAChild, isFor('one')),
  findsNobody(waiting.pidZero, isZero),
  findsNobody(waiting.pidGroup, isFor('group')),
  looks(waiting.pidOne, isFor('one')),
  looks(waiting.pidZero, isZero),
  looks(waiting.pidGroup, isFor('group')),
  looks(waiting.pidAny, () => true),
]
