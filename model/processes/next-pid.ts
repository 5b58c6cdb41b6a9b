import { type Expected, pidOf } from '../expected.ts'
import { isCapable } from '../identity.ts'
import { choose, decide, fails, type Moment, note, returns } from '../moment.ts'
import type { Rule } from '../rule.ts'
import type { Settings } from '../settings.ts'
import type { Call, CallOf } from '../vocabulary/forms.ts'
import { formOf } from '../vocabulary/forms.ts'
import { CAP_SYS_ADMIN } from '../vocabulary/names.ts'
import { identityOf, type World } from '../world.ts'
import * as clauses from './clauses/fork.ts'

interface Situation {
  readonly moment: Moment
  readonly actor: string
  readonly call: CallOf<'setnextpid'>
}

/** setnextpid: the number that the next process is to have. */
export function setNextPid(moment: Moment, actor: string, call: CallOf<'setnextpid'>): void {
  decide(moment, rules, { moment, actor, call })
}

const rules: readonly Rule<Situation>[] = [
  {
    ...clauses.nextPid,
    errno: 'EPERM',
    when: ({ moment, actor }) => !isCapable(identityOf(moment.world, actor), CAP_SYS_ADMIN),
    outcome: ({ moment, actor }) => fails(moment, actor, 'EPERM'),
  },
  {
    ...clauses.nextPid,
    errno: 'none',
    when: () => true,
    outcome: ({ moment, actor, call }) => {
      change(moment, { nextPid: typeof call.process === 'string' ? call.process : '' })
      returns(moment, actor)
    },
  },
]

function change(moment: Moment, settings: Partial<Settings>): void {
  const { world } = moment
  moment.world = { ...world, settings: { ...world.settings, ...settings } }
}

/** The pid of a new process, which is in the world already: a free one, that of another process if it was asked for. */
export function newPid(moment: Moment, child: string): Expected {
  const { processes, settings } = moment.world
  const { nextPid: wanted } = settings
  if (wanted === '') return pidOf(child)
  change(moment, { nextPid: '' })
  if (wanted in processes) return pidOf(child)
  const others = Object.values(processes)
  if (others.some(({ lifecycle }) => lifecycle.group === wanted)) {
    note(moment, clauses.heldByGroup)
    return pidOf(child)
  }
  if (others.some(({ lifecycle }) => lifecycle.session === wanted)) return pidOf(child)
  note(moment, clauses.nextPid)
  if (choose(moment, clauses.nextPid, 2) === 1) return pidOf(child)
  change(moment, { succeeded: [...settings.succeeded, wanted] })
  return { is: 'pid again', of: child, first: wanted }
}

/** Whether the call names a process that is gone and whose number another one has: who is meant is not known then. */
export function namesSuccessor({ settings }: World, call: Call): boolean {
  const { succeeded } = settings
  if (succeeded.length === 0) return false
  const given = call as unknown as Readonly<Record<string, unknown>>
  return formOf(call.name).arguments.some(({ name, kind }) => {
    const value = given[name]
    return kind === 'process' && typeof value === 'string' && succeeded.includes(value.replace(/^-/, ''))
  })
}
