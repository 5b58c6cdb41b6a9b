import { pidOf } from '../expected.ts'
import { choose, decide, fails, type Moment, note, returns } from '../moment.ts'
import type { Clause, Rule } from '../rule.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import type { Errno } from '../vocabulary/names.ts'
import type { ProcessArgument } from '../vocabulary/shape.ts'
import { ending, exec, grouping } from './clauses/index.ts'
import { changeLifecycle, lifecycleOf, membersOf, sessionOfGroup } from './lifecycle.ts'
import { noteMove } from './moves.ts'
import type { Lifecycle } from './state.ts'
import { isNegative, targetOf } from './targets.ts'
import type { Unrest } from './unrest.ts'

interface Situation {
  readonly moment: Moment
  readonly actor: string
  readonly call: CallOf<'setpgid'>
  readonly caller: Lifecycle | undefined
  /** The name of the process that is to be moved; '' is nobody. */
  readonly name: string
  readonly process: Lifecycle | undefined
  readonly group: string
}

/** setpgid: the checks in Linux's order (kernel/sys.c, setpgid). */
export function setpgid(unrest: Unrest, actor: string, call: CallOf<'setpgid'>): void {
  const { moment } = unrest
  const name = nameOf(call.process, actor)
  decide(moment, rules, {
    moment,
    actor,
    call,
    caller: lifecycleOf(moment.world, actor),
    name,
    process: lifecycleOf(moment.world, name),
    group: nameOf(call.group, name),
  })
}

export function getpgid(moment: Moment, actor: string, { process }: CallOf<'getpgid'>): void {
  const name = nameOf(process, actor)
  const lifecycle = lifecycleOf(moment.world, name)
  decide(moment, getpgidRules, { moment, actor, process, lifecycle })
}

export function setsid(unrest: Unrest, actor: string): void {
  const { moment } = unrest
  decide(moment, setsidRules, { moment, actor })
}

export function getppid(moment: Moment, actor: string): void {
  note(moment, grouping.parentTold)
  returns(moment, actor, pidOf(lifecycleOf(moment.world, actor)?.parent ?? ''))
}

/** The process that an argument names; 0 stands for another one. */
function nameOf(argument: ProcessArgument, zero: string): string {
  const target = targetOf(argument)
  return target.is === 'zero' ? zero : target.is === 'process' ? target.name : ''
}

const refuses = <S extends { readonly moment: Moment; readonly actor: string }>(
  about: Clause,
  errno: Errno,
  when: (situation: S) => boolean,
): Rule<S> => ({
  ...about,
  errno,
  when,
  outcome: ({ moment, actor }) => fails(moment, actor, errno),
})

const isChild = ({ process, actor }: Situation) => process?.parent === actor
const isSelf = ({ name, actor }: Situation) => name === actor
const isInSession = ({ process, caller }: Situation) => process?.session === caller?.session

const rules: readonly Rule<Situation>[] = [
  refuses<Situation>(
    grouping.groupInvalid,
    'EINVAL',
    ({ call }) => isNegative(call.group) || (call.group === 0 && isNegative(call.process)),
  ),
  refuses<Situation>(grouping.notOurs, 'ESRCH', (situation) => !isChild(situation) && !isSelf(situation)),
  refuses<Situation>(
    grouping.otherSession,
    'EPERM',
    (situation) => isChild(situation) && !isInSession(situation),
  ),
  refuses<Situation>(
    exec.setpgidAfter,
    'EACCES',
    (situation) => isChild(situation) && situation.process?.execed === true,
  ),
  refuses<Situation>(
    grouping.leaderStays,
    'EPERM',
    ({ process, name }) => process !== undefined && process.session === name,
  ),
  refuses<Situation>(
    grouping.noSuchGroup,
    'EPERM',
    ({ moment, caller, name, group, process }) =>
      process !== undefined && group !== name && sessionOfGroup(moment.world, group) !== caller?.session,
  ),
  {
    ...grouping.moves,
    errno: 'none',
    when: () => true,
    outcome: ({ moment, actor, name, process, group }) => {
      if (process?.life === 'zombie') {
        note(moment, ending.zombieSetpgid)
        if (choose(moment, ending.zombieSetpgid, 2) === 1) {
          fails(moment, actor, 'ESRCH')
          return
        }
      }
      const members = membersOf(moment.world, group)
      if (
        members.length > 0 &&
        members.every((member) => lifecycleOf(moment.world, member)?.life === 'zombie')
      )
        note(moment, ending.zombieGroupJoinable)
      const before = process?.group ?? ''
      changeLifecycle(moment, name, { group })
      noteMove(moment, name, before)
      returns(moment, actor)
    },
  },
]

interface Question {
  readonly moment: Moment
  readonly actor: string
  readonly process: ProcessArgument
  readonly lifecycle: Lifecycle | undefined
}

const getpgidRules: readonly Rule<Question>[] = [
  refuses<Question>(
    ending.reapedUnknown,
    'ESRCH',
    ({ process, lifecycle }) =>
      lifecycle === undefined && typeof process === 'string' && !isNegative(process),
  ),
  refuses<Question>(
    grouping.noProcess,
    'ESRCH',
    ({ process, lifecycle }) =>
      lifecycle === undefined && (typeof process === 'number' || isNegative(process)),
  ),
  refuses<Question>(grouping.negativeProcess, 'EINVAL', ({ process }) => isNegative(process)),
  {
    ...grouping.groupTold,
    errno: 'none',
    when: ({ lifecycle }) => lifecycle !== undefined,
    outcome: ({ moment, actor, lifecycle }) => {
      if (lifecycle?.life === 'zombie') note(moment, ending.zombieGroupKept)
      returns(moment, actor, pidOf(lifecycle?.group ?? ''))
    },
  },
]

const setsidRules: readonly Rule<{ readonly moment: Moment; readonly actor: string }>[] = [
  refuses(grouping.leaderRefused, 'EPERM', ({ moment, actor }) => membersOf(moment.world, actor).length > 0),
  {
    ...grouping.sessionMade,
    errno: 'none',
    when: () => true,
    outcome: ({ moment, actor }) => {
      const before = lifecycleOf(moment.world, actor)?.group ?? ''
      changeLifecycle(moment, actor, { group: actor, session: actor })
      noteMove(moment, actor, before)
      returns(moment, actor, pidOf(actor))
    },
  },
]
