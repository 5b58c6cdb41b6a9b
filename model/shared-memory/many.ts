import { choose, decide, fails, type Moment, note, returns } from '../moment.ts'
import { clause, type Rule } from '../rule.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import { withProcess } from '../world.ts'
import { attachmentsOf, overtake } from './places.ts'
import { changeSegment, countAttached, destroyIfUnused } from './segments.ts'
import { refusals } from './shmat.ts'
import { repeatSeparate } from './shmat-clauses.ts'
import { type ShmatSituation, situationOf } from './shmat-situation.ts'

export const noCount = clause(
  'shmat.limit.no-count',
  'may',
  'A system may limit the attachments of a process; Linux limits only its mappings.',
  'POSIX.1-2024 shmat, ERRORS, [EMFILE]',
)

interface Situation extends ShmatSituation {
  readonly times: number
}

/** many_shmat: a process attaches a segment many times, and detaches it as often. */
export function manyShmat(moment: Moment, actor: string, { segment, times }: CallOf<'many_shmat'>): void {
  const address = { base: 'null', offset: 0 }
  const one = situationOf(moment, actor, { name: 'shmat', segment, address, flags: 0, as: '' })
  decide<Situation>(moment, [...refusals, attachesAll], { ...one, times })
}

const attachesAll: Rule<Situation> = {
  ...noCount,
  errno: 'none',
  when: ({ segment }) => segment !== undefined,
  outcome: ({ moment, actor, name, times }) => {
    const attachments = attachmentsOf(moment.world, actor)
    const nattch = countAttached(moment.world, name) + times
    // Elsewhere one attachment may be too many, the first one already.
    const chosen = choose(moment, noCount, 3)
    if (chosen === 2) return fails(moment, actor, 'EMFILE')
    const { facts } = moment.world
    moment.world = withProcess(moment.world, actor, { attachments: overtake(attachments, facts.pageSize) })
    changeSegment(moment, name, { lpid: actor, atime: moment.now, dtime: moment.now })
    if (times > 1) note(moment, repeatSeparate)
    if (chosen === 1) fails(moment, actor, 'EMFILE')
    else returns(moment, actor, 0, { attached: times, nattch })
    destroyIfUnused(moment, name)
  },
}
