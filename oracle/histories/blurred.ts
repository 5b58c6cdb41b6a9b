import { formOf } from '../../model/vocabulary/forms.ts'
import { UNSEEN } from '../bindings.ts'
import type { TimedCall } from './history.ts'

/**
 * Linux (ipc/shm.c, do_shmat) counts an attachment at first, once more while it maps it, and notes in between who made it: a
 * status that is read meanwhile tells neither, and who was the last is open where another one came by (see
 * model/open-questions.md).
 */
export function blurred(calls: readonly TimedCall[]): readonly TimedCall[] {
  if (!calls.some(isStatus) || !calls.some(attaches)) return calls
  const using = calls.filter((each) => attaches(each) || each.call.name === 'shmdt')
  return calls.map((call) => {
    if (!isStatus(call)) return call
    const names = [
      ...(using.some((other) => attaches(other) && overlap(call, other)) ? ['nattch', 'atime'] : []),
      ...(isLastUnclear(call, using) ? ['lpid'] : []),
    ]
    return names.length === 0 ? call : without(call, names)
  })
}

const isStatus = ({ call }: TimedCall) => call.name === 'shmctl.IPC_STAT'
const attaches = ({ call }: TimedCall) => call.name === 'shmat'

const overlap = (a: TimedCall, b: TimedCall): boolean =>
  a.actor !== b.actor && a.begin <= endOf(b) && b.begin <= endOf(a)

const endOf = ({ end }: TimedCall) => (end === 'never' ? Number.POSITIVE_INFINITY : end)

/** Whether somebody came by while the last one attached something, and nobody has used it since. */
function isLastUnclear(status: TimedCall, using: readonly TimedCall[]): boolean {
  const before = using.filter(({ begin }) => begin <= endOf(status))
  const isFollowed = (time: number) =>
    before.some((later) => later.begin > time && endOf(later) < status.begin)
  return before.some(
    (one) =>
      attaches(one) &&
      (overlap(one, status) ||
        before.some((other) => overlap(one, other) && !isFollowed(Math.max(endOf(one), endOf(other))))),
  )
}

function without(call: TimedCall, names: readonly string[]): TimedCall {
  const { seen } = call
  if (seen?.is !== 'returned' || seen.out === null) return call
  const { outputs } = formOf(call.call.name)
  const out = seen.out.map((value, at) => (names.includes(outputs[at]?.name ?? '') ? UNSEEN : value))
  return { ...call, seen: { ...seen, out } }
}
