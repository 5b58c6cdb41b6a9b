import { SEM_UNDO } from '../../../../model/vocabulary/names.ts'
import type { Act, Taken } from '../conduct.ts'
import { isBadTimeout, type Meaning } from './meaning.ts'
import { attempt, changedBy, forgotten, performed, type SemaphoreSet, wordsOf } from './set.ts'
import type { Verdict } from './verdict.ts'

/** What a semop or semtimedop comes to. */
export function takeArray(
  set: SemaphoreSet,
  act: Act,
  { operations, count, timeout }: Extract<Meaning, { is: 'array' }>,
  verdict: Verdict,
): Taken<SemaphoreSet> {
  const errno = act.result?.errno ?? ''
  if (errno === 'E2BIG')
    return count === 1
      ? verdict('never', 'semop.e2big', '0')
      : { ...verdict('open', '', ''), because: 'limits are not known' }
  if (errno === '') {
    if (count === 0) return verdict('never', 'semop.nsops-zero', '-1 EINVAL')
    if (set.removed === true) return verdict('no', 'semop.einval.id', '-1 EINVAL or EIDRM')
    if (operations === undefined)
      return {
        ...verdict('open', '', '', forgotten(set)),
        because: 'operations that the trace does not tell',
      }
  }
  if (errno === 'EIDRM' || (errno === 'EINVAL' && count !== 0 && !isBadTimeout(timeout))) {
    if (set.removed === undefined) return verdict('open', '', '')
    return set.removed
      ? verdict('yes', '', '')
      : verdict(
          'no',
          errno === 'EIDRM' ? 'sem.rmid' : 'semop.einval.id',
          '0, EAGAIN or sleep: the set exists',
        )
  }
  if (errno === 'EINVAL') return verdict('yes', '', '')
  if (operations === undefined)
    return { ...verdict('open', '', ''), because: 'operations that the trace does not tell' }
  const tried = attempt(set, operations)
  const expected = wordsOf(tried)
  switch (errno) {
    case '':
      if (tried.is === 'runs')
        return verdict(
          tried.sure ? 'yes' : 'open',
          '',
          '',
          changedBy(
            performed(set, act.process, operations, tried.values),
            new Set(operations.map(({ sem }) => sem)),
            act.pid,
          ),
        )
      if (tried.is === 'open') return verdict('open', '', '', forgotten(set))
      if (tried.is === 'outside') return verdict('never', 'semop.efbig', expected)
      return verdict('no', 'rule' in tried ? tried.rule : 'semop.erange.value', expected)
    case 'EAGAIN':
      if (tried.is === 'again') return verdict('yes', '', '')
      if (tried.is === 'open' || (tried.is === 'runs' && !tried.sure)) return verdict('open', '', '')
      if (tried.is === 'blocks' && typeof timeout === 'number') {
        const early = act.took !== null && act.took < timeout - 0.001
        return early ? verdict('no', 'semtimedop.expire', `sleep for ${timeout} s`) : verdict('yes', '', '')
      }
      return tried.is === 'blocks'
        ? verdict('no', timeout === undefined ? 'semtimedop.null' : tried.rule, 'sleep')
        : verdict('no', 'semop.return', expected)
    case 'EINTR':
      return tried.is === 'blocks'
        ? verdict('yes', '', '')
        : tried.is === 'open' || (tried.is === 'runs' && !tried.sure)
          ? verdict('open', '', '')
          : verdict('no', 'sem.eintr', expected)
    case 'EFBIG':
      return tried.is === 'outside'
        ? verdict('yes', '', '')
        : tried.is === 'open' || set.values === undefined
          ? verdict('open', '', '')
          : verdict('never', 'semop.efbig', expected)
    case 'ERANGE':
      return tried.is === 'range'
        ? verdict('yes', '', '')
        : operations.some(({ flags }) => (flags & SEM_UNDO) !== 0) ||
            tried.is === 'open' ||
            (tried.is === 'runs' && !tried.sure)
          ? verdict('open', '', '')
          : verdict('no', 'semop.erange.value', expected)
    default:
      return { ...verdict('open', '', ''), because: 'an error that depends on more than the trace tells' }
  }
}
