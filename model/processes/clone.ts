import { decide, fails, type Moment, note } from '../moment.ts'
import type { Rule } from '../rule.ts'
import { keeperOf } from '../semaphores/shared-undo.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import { CLONE_PARENT, CLONE_SYSVSEM } from '../vocabulary/names.ts'
import { clones } from './clauses/index.ts'
import { beget, kinshipOf } from './fork.ts'
import { INIT, lifecycleOf } from './lifecycle.ts'
import { SIGCHLD } from './signals.ts'

interface Situation {
  readonly moment: Moment
  readonly actor: string
  readonly call: CallOf<'clone'>
}

/** clone with memory of its own: as fork, but for the flags and the signal that the end of the child sends. */
export function clone(moment: Moment, actor: string, call: CallOf<'clone'>): void {
  decide(moment, rules, { moment, actor, call })
}

/** vfork: as fork, but the child has the memory of its parent, which is suspended meanwhile. */
export function vfork(moment: Moment, actor: string, { as: child }: CallOf<'vfork'>): void {
  const kinship = { ...kinshipOf(moment.world, actor), exitSignal: SIGCHLD, undoKeeper: '', lender: actor }
  beget(moment, actor, child, kinship, clones.suspended)
}

const rules: readonly Rule<Situation>[] = [
  {
    ...clones.flagsUnknown,
    errno: 'EINVAL',
    elsewhere: true,
    when: () => true,
    outcome: ({ moment, actor }) => fails(moment, actor, 'EINVAL'),
  },
  {
    ...clones.makes,
    errno: 'none',
    when: () => true,
    outcome: ({ moment, actor, call }) => make(moment, actor, call),
  },
]

function make(moment: Moment, actor: string, { flags, exitSignal, as: child }: CallOf<'clone'>): void {
  const before = lifecycleOf(moment.world, actor)
  if (before === undefined) return
  const undoKeeper = (flags & CLONE_SYSVSEM) === 0 ? '' : keeperOf(moment.world, actor)
  if ((flags & CLONE_PARENT) === 0) {
    const kinship = { ...kinshipOf(moment.world, actor), exitSignal, undoKeeper, lender: '' }
    beget(moment, actor, child, kinship, clones.makes)
    return
  }
  note(moment, clones.sibling)
  if (before.exitSignal !== exitSignal && before.parent !== INIT) note(moment, clones.siblingSignal)
  const { parent, parentThread, exitSignal: inherited, parentExeced } = before
  const kinship = { parent, parentThread, exitSignal: inherited, parentExeced, undoKeeper, lender: '' }
  beget(moment, actor, child, kinship, clones.makes)
}
