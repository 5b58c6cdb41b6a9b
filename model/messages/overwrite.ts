import { choose, type Moment, note } from '../moment.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import { activityOf, withProcess } from '../world.ts'
import * as clauses from './clauses.ts'
import type { Message } from './state.ts'

/**
 * overwrite: the buffer of a sender that is inside its call changes. Linux has copied the message (ipc/msg.c, do_msgsnd:
 * load_msg) and looks at the buffer again only if the call begins again.
 */
export function overwrite(moment: Moment, sender: string, { type, fill }: CallOf<'overwrite'>): void {
  const activity = activityOf(moment.world, sender)
  if (activity === undefined || activity.is === 'idle') return
  const { on: sleep } = activity
  if (sleep.in !== 'messages' || sleep.does !== 'send') return
  const call = { ...sleep.call, type, fill }
  if (activity.is === 'held') {
    moment.world = withProcess(moment.world, sender, { activity: { ...activity, on: { ...sleep, call } } })
    return
  }
  note(moment, clauses.copiedAtCall)
  const message = sentAfter(sleep.message, { type, fill }, choose(moment, clauses.copiedAtCall, 3))
  moment.world = withProcess(moment.world, sender, {
    activity: { ...activity, on: { ...sleep, call, message: { ...message, overwritten: true } } },
  })
}

/** What is sent in the end: what there was, with a body that is copied only now, or all of what there is now. */
function sentAfter(message: Message, now: Pick<Message, 'type' | 'fill'>, chosen: number): Message {
  if (chosen === 0) return message
  const fill = message.size > 0 ? now.fill & 0xff : -1
  return { ...message, fill, type: chosen === 1 ? message.type : now.type }
}
