import { describe, expect, it } from 'vitest'
import { broken, FORK, judged, START } from '../judged.testing.ts'

const ESRCH = '-1 ESRCH (No such process)'
const EINVAL = '-1 EINVAL (Invalid argument)'
const THREAD = '10 clone(child_stack=0x2, flags=CLONE_VM|CLONE_SIGHAND|CLONE_THREAD) = 11\n'

describe('kill.signal.einval', () => {
  it.each([
    'kill(-999, 999)',
    'kill(999, 999)',
    'kill(999, -1)',
    'tgkill(10, 999, 65)',
  ])('%s may find nobody before it looks at the signal', (call) => {
    expect(broken(`${START}10 ${call} = ${ESRCH}\n`)).toEqual([])
    expect(broken(`${START}10 ${call} = ${EINVAL}\n`)).toEqual([])
    expect(broken(`${START}10 ${call} = 0\n`)).toEqual(['kill.signal.einval'])
  })

  it.each([
    'kill(10, 999)',
    'kill(0, -1)',
    'kill(11, 999)',
    'tgkill(10, 10, 65)',
  ])('%s finds somebody', (call) => {
    expect(broken(`${START}${FORK}10 ${call} = ${ESRCH}\n`)).toEqual(['kill.signal.einval'])
    expect(judged(`${START}${FORK}10 ${call} = ${EINVAL}\n`)).toMatchObject({ deviationCount: 0 })
  })
})

it('a signal to a thread that is in a call reaches it', () => {
  const text = (result: string) =>
    `${START}${THREAD}11 futex(0x1, FUTEX_WAIT, 2, NULL <unfinished ...>\n10 tgkill(10, 11, SIGRT_1) = ${result}\n`
  expect(judged(text('0')).byCall.tgkill).toEqual({ calls: 1, judged: 1 })
  expect(broken(text(ESRCH))).toEqual(['kill.nobody.esrch'])
})
