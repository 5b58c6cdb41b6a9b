import { objectName } from '../common/access.ts'
import { decide, fails, type Moment } from '../moment.ts'
import { type Clause, clause, type Rule } from '../rule.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import { controlBuffers } from '../vocabulary/names.ts'
import { segmentOf } from './segments.ts'
import { mayNotSet, mayNotStat, negativeId, unknownId } from './shmctl-errors.ts'
import type { Situation } from './shmctl-rules.ts'

/** shmctl with a buffer that cannot be used. */
export function badShmctl(moment: Moment, actor: string, { segment, buffer }: CallOf<'bad_shmctl'>): void {
  const situation = {
    moment,
    actor,
    call: { name: 'shmctl.IPC_STAT', segment },
    name: objectName(moment.world, segment),
    segment: segmentOf(moment.world, segment),
  } as const
  decide(moment, buffer === controlBuffers.of.IPC_SET ? setRules : statRules, situation)
}

const isBad = (about: Clause): Rule<Situation> => ({
  ...about,
  errno: 'EFAULT',
  when: () => true,
  outcome: ({ moment, actor }) => fails(moment, actor, 'EFAULT'),
})

const badSet = isBad(
  clause(
    'shmctl.set.efault-first',
    'may',
    'IPC_SET from a buffer that cannot be read is an error, before the identifier is looked at.',
    'Linux ipc/shm.c, ksys_shmctl',
  ),
)
const badStat = isBad(
  clause(
    'shmctl.stat.bad-buffer-efault',
    'unspecified',
    'IPC_STAT into a buffer that cannot be written is an error; a bad identifier is noticed first.',
    'shmctl(2), ERRORS, EFAULT',
  ),
)

const setRules = [negativeId, badSet, unknownId, mayNotSet]
const statRules = [negativeId, unknownId, mayNotStat, badStat]

export const badClauses = [badSet, badStat]
