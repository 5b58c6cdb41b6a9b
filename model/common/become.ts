import type { Identity } from '../identity.ts'
import { type Moment, returns } from '../moment.ts'
import { forgetDeathSignal } from '../processes/death-signal.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import { withProcess } from '../world.ts'
import { userNumber } from './access.ts'

/** The actor becomes somebody else. Nothing is tested by that; what the new identity may do is. */
export function become(moment: Moment, actor: string, call: CallOf<'become'>): void {
  const { facts } = moment.world
  const uid = userNumber(call.uid, facts.uid)
  const gid = userNumber(call.gid, facts.gid)
  const identity: Identity = {
    uid,
    ruid: call.ruid === SAME ? uid : userNumber(call.ruid, facts.uid),
    gid,
    fsgid: call.fsgid === SAME ? gid : userNumber(call.fsgid, facts.gid),
    groups: call.groups,
    capabilities: call.capabilities,
  }
  forgetDeathSignal(moment, actor, identity)
  moment.world = withProcess(moment.world, actor, { identity })
  returns(moment, actor)
}

const SAME = -1
