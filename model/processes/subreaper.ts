import { choose, fails, type Moment, note, returns } from '../moment.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import { grouping } from './clauses/index.ts'
import { changeLifecycle } from './lifecycle.ts'

/** prctl(PR_SET_CHILD_SUBREAPER): Linux only; elsewhere the request is unknown. */
export function setSubreaper(
  moment: Moment,
  actor: string,
  { on }: CallOf<'prctl.PR_SET_CHILD_SUBREAPER'>,
): void {
  note(moment, grouping.subreaperSet)
  if (choose(moment, grouping.subreaperUnknown, 2) === 1) {
    fails(moment, actor, 'EINVAL')
    return
  }
  changeLifecycle(moment, actor, { subreaper: on !== 0 })
  returns(moment, actor)
}
